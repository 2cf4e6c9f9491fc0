package deck

import (
	"bytes"
	"strings"

	"deckgen/deckgen/internal/lazy"
)

var (
	commentPattern = lazy.Regexp(`<!--+\s*([\s\S]*?)\s*--+>`)
	magicPattern   = lazy.Regexp(`^(?:prettier-ignore(?:-(?:start|end))?|markdownlint-(?:(?:disable|enable).*|capture|restore)|lint (?:disable|enable|ignore).*)$`)
)

// comment keeps the first comment in a range of bytes; inHeading says that it
// stands in one, where "fit" is no note but a size.
func (b *builder) comment(in span, inHeading bool) {
	m := commentPattern().FindSubmatchIndex(b.src[in.start:in.end])
	if m == nil {
		return
	}
	body := span{in.start + m[2], in.start + m[3]}
	text := body.in(b.src)
	c := Comment{Text: text, Kind: Note, Start: in.start + m[0], End: in.start + m[1]}
	fields, _ := scanYAML(text, false)
	switch {
	case magicPattern().MatchString(text), inHeading && text == "fit":
		c.Kind = Magic
	case hasDirective(fields):
		c.Kind = DirectiveComment
		b.direct(fields, body.start, false)
	default:
		b.noteLinks(body)
		b.noteProse(body)
	}
	b.deck.Comments = append(b.deck.Comments, c)
}

func hasDirective(fields []field) bool {
	for _, f := range fields {
		if KnownDirective(f.key) {
			return true
		}
	}
	return false
}

var (
	pointerMark  = []byte(".json#/")
	fragmentMark = []byte(".json#")
)

// noteLinks finds the references in a presenter note, which Marp shows as
// plain text: only links into JSON files, on one line each.
func (b *builder) noteLinks(note span) {
	for at := note.start; ; {
		i := bytes.Index(b.src[at:note.end], fragmentMark)
		if i < 0 {
			return
		}
		mark := at + i
		at = b.noteLink(span{at, note.end}, mark)
	}
}

var noteLinkPattern = lazy.Regexp(`\[[^\[\]\n]*\]\([^()\n]*\)`)

// noteProse keeps what a presenter reads between the links of a note.
func (b *builder) noteProse(note span) {
	at := note.start
	for _, m := range noteLinkPattern().FindAllIndex(b.src[note.start:note.end], -1) {
		b.prose = append(b.prose, span{at, note.start + m[0]})
		at = note.start + m[1]
	}
	b.prose = append(b.prose, span{at, note.end})
}

// noteLink keeps the link around a mark in its destination and returns where
// to go on.
func (b *builder) noteLink(in span, mark int) int {
	next := mark + len(fragmentMark)
	bracket := bytes.LastIndex(b.src[in.start:mark], []byte("]("))
	if bracket < 0 {
		return next
	}
	bracket += in.start
	open := openingBracket(b.src[in.start:bracket])
	tail, end := noteTail(b.src, span{bracket + 2, in.end})
	if open < 0 || end < 0 || tail.dest.end < next {
		return next
	}
	whole := span{in.start + open, end}
	label := span{whole.start + 1, bracket}
	if bytes.IndexByte(b.src[whole.start:whole.end], '\n') >= 0 {
		return next
	}
	b.addLink(Reference{
		Kind: Link, Note: true, Text: oneLine(unescape(b.src[label.start:label.end])),
		place: place{whole: whole, label: label, text: label, tail: tail, context: inNote},
	})
	return end
}

// openingBracket is the index of the [ that opens the link text which ends with
// b, -1 if there is none.
func openingBracket(b []byte) int {
	depth := 0
	for i := len(b) - 1; i >= 0; i-- {
		if i > 0 && b[i-1] == '\\' {
			continue
		}
		switch b[i] {
		case ']':
			depth++
		case '[':
			if depth == 0 {
				return i
			}
			depth--
		case '\n':
			return -1
		}
	}
	return -1
}

// noteTail reads a destination and a title up to the closing parenthesis; end
// is -1 if the link is not well formed.
func noteTail(src []byte, in span) (tail linkTail, end int) {
	line := src[in.start:min(in.end, in.start+maxArgument)]
	n, angle := destinationLength(line)
	tail.dest = span{in.start, in.start + n}
	if angle {
		tail.dest = span{in.start + 1, in.start + n - 1}
	}
	at := n + len(line[n:]) - len(bytes.TrimLeft(line[n:], " \t"))
	if at < len(line) && strings.IndexByte(`"'`, line[at]) >= 0 {
		size := unescaped(line[at+1:], line[at])
		if size < 0 {
			return tail, -1
		}
		tail.title = span{in.start + at, in.start + at + size + 2}
		at += size + 2
	}
	rest := bytes.TrimLeft(line[at:], " \t")
	if len(rest) == 0 || rest[0] != ')' {
		return tail, -1
	}
	return tail, in.start + len(line) - len(rest) + 1
}
