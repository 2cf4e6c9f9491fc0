package deck

import (
	"bytes"
	"html"

	"github.com/yuin/goldmark/ast"

	"deckgen/deckgen/internal/lazy"
)

var commentOpener = lazy.Regexp(`^(?:<!-|<--|<\s+!--|[＜<][!！](?:--|[—–―]))`)

// shownComment finds a comment that shows, because it does not start as one.
func (b *builder) shownComment(n ast.Node) bool {
	lines := n.Lines()
	first := lines.At(0)
	last := lines.At(lines.Len() - 1)
	if !commentOpener().Match(b.lineOf(first.Start)) && string(bytes.TrimSpace(b.lineOf(last.Start))) != "-->" {
		return false
	}
	b.report(first.Start, "comment-shown", "this shows as text: a comment starts with <!-- and nothing else", "write <!-- in the line above it")
	return true
}

var (
	gluedItem    = lazy.Regexp(`^(?:[-+](?:\*\*|\[|\p{Han}|\p{Hiragana}|\p{Katakana}|\x{3000})|\d{1,2}[.)](?:\*\*|\[|\p{Han}|\p{Hiragana}|\p{Katakana}|\x{3000}))`)
	foreignItem  = lazy.Regexp(`^(?:(?:－|ー|−|–)[ \x{3000}]|[・•●◦▪■][ \t\x{3000}]*)\S`)
	properItem   = lazy.Regexp(`^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]`)
	foreignOrNot = lazy.Regexp(`^(?:[-+]|\d{1,2}[.)]|－|ー|−|–|[・•●◦▪■])`)
)

// itemFault says why a line is no item.
func itemFault(line []byte) string {
	start := string(foreignOrNot().Find(line))
	if gluedItem().Match(line) {
		return "a blank is missing after " + start
	}
	return "it starts with " + start
}

// shownItem finds an item of a list that shows as text. Its neighbours must be items too: else it may be text.
func (b *builder) shownItem(n ast.Node) bool {
	lines := n.Lines()
	for i := range lines.Len() {
		line := b.lineOf(lines.At(i).Start)
		if !gluedItem().Match(line) && !foreignItem().Match(line) {
			continue
		}
		next := i+1 < lines.Len() && properItem().Match(b.lineOf(lines.At(i+1).Start))
		list := i+1 == lines.Len() && n.NextSibling() != nil && n.NextSibling().Kind() == ast.KindList
		inItem := i > 0 && n.Parent().Kind() == ast.KindListItem
		if !next && !list && !inItem {
			continue
		}
		b.report(lines.At(i).Start, "list-shown", "this is no item of the list to Marp: "+itemFault(line),
			"write - and a blank, or 1. and a blank")
		return true
	}
	return false
}

// shownCode finds a backtick that has no partner.
func (b *builder) shownCode() {
	for _, s := range b.texts {
		for at := s.start; at < s.end; at++ {
			switch b.src[at] {
			case '\\':
				if at++; at < s.end && b.src[at] == '`' { // the rest of its run is meant to be read, too
					at += runLength(b.src[at:s.end]) - 1
				}
			case '`':
				if at > 0 && b.src[at-1] == ' ' && at+1 < len(b.src) && b.src[at+1] == ' ' { // the character itself
					continue
				}
				b.report(at, "code-shown", "the backtick shows: nothing ends the code that it starts", "close it with as many backticks")
				return
			}
		}
		if i := bytes.Index(b.src[s.start:s.end], []byte("｀｀｀")); i >= 0 {
			b.report(s.start+i, "code-shown", "this shows as text: code starts with ``` and no other character", "write ```")
			return
		}
	}
}

var (
	brokenTag  = lazy.Regexp(`</?[A-Za-z][A-Za-z0-9]*\s+[a-z-]+="[^"<>]*>|<[a-z][a-z0-9]*\s*\\>`)
	entityText = lazy.Regexp(`&[A-Za-z][A-Za-z0-9]{1,30};`)
)

// shownHTML finds a tag or the name of a character that shows as text.
func (b *builder) shownHTML() {
	for _, s := range b.texts {
		text := b.src[s.start:s.end]
		if m := brokenTag().FindIndex(text); m != nil {
			b.report(s.start+m[0], "html-shown", "this shows as text: it is no tag, because of its quotes or what stands before its >", "mend the tag")
			return
		}
		for _, m := range entityText().FindAllIndex(text, -1) {
			name := string(text[m[0]:m[1]])
			if html.UnescapeString(name) == name && (m[0] == 0 || text[m[0]-1] != '\\') {
				b.report(s.start+m[0], "html-shown", name+" shows as text: there is no character of that name", "write the character itself")
				return
			}
		}
	}
}

// lineOf is what stands from an offset to the end of its line.
func (b *builder) lineOf(at int) []byte { return b.src[at:nextLine(b.src, at)] }
