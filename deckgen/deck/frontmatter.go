package deck

import (
	"bytes"
	"slices"
	"strings"

	"deckgen/deckgen/internal/near"
)

// frontMatter finds the front matter by Marp's rule: the first byte is a dash,
// the first line starts with three dashes or more, and it ends with a line of
// at least as many, or with "...", or with the deck. text is what Marp reads as YAML. src has no byte order mark and no lone CR.
func frontMatter(src []byte) (end int, text span, closed bool) {
	dashes := len(src) - len(bytes.TrimLeft(src, "-"))
	if dashes < 3 {
		return 0, span{}, true
	}
	text.start = min(dashes+1, len(src))
	at := nextLine(src, 0)
	text.end = at
	for at < len(src) {
		stop := nextLine(src, at)
		line := bytes.TrimRight(src[at:stop], "\r\n")
		text.end = at
		if string(bytes.TrimLeft(line, " \t")) == "..." || closesFrontMatter(line, dashes) {
			return stop, textOf(text), true
		}
		at = stop
	}
	return len(src), textOf(text), false
}

// textOf keeps a span from being turned around: the opening line may be all.
func textOf(s span) span { return span{s.start, max(s.start, s.end)} }

func closesFrontMatter(line []byte, dashes int) bool {
	content := bytes.TrimLeft(line, " ")
	rest := bytes.TrimLeft(content, "-")
	return len(line)-len(content) < 4 && len(content)-len(rest) >= dashes && len(bytes.TrimLeft(rest, " \t")) == 0
}

// nextLine is the start of the line after the one at an offset.
func nextLine(src []byte, at int) int {
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(src)
}

// readFrontMatter finds the front matter, keeps its directives, and blanks it
// out for the Markdown parser.
func (b *builder) readFrontMatter(start int) {
	end, text, closed := frontMatter(b.src[start:])
	if end == 0 {
		b.lateFrontMatter(start)
		return
	}
	b.deck.FrontMatter = FrontMatter{start, start + end}
	fields, fault := scanYAML(text.in(b.src[start:]), true)
	from := start + text.start
	switch {
	case !closed:
		b.report(start, "front-matter-unclosed", "the front matter is never closed: Marp shows one empty slide",
			"add a line --- below the last directive")
	case fault != nil:
		b.report(from+fault.offset, fault.rule, fault.message+"; Marp drops the whole front matter", fault.hint)
	}
	b.direct(fields, from, true)
	blankOut(b.src[start : start+end])
}

// withoutMarp reports front matter that lacks marp: true though the rest shows that the deck is one for Marp.
func (b *builder) withoutMarp() {
	d := b.deck
	meant := slices.ContainsFunc(d.Refs, func(r Reference) bool { return r.Kind != Image })
	for _, v := range d.Directives {
		if near.Edits(strings.ToLower(v.Key), "marp") < 2 {
			return
		}
		meant = meant || !v.FrontMatter || loose(v.Key, false)
	}
	if d.FrontMatter.End == 0 || !meant || slices.ContainsFunc(d.Problems, func(p Problem) bool { return strings.HasPrefix(p.Rule, "front-matter") }) {
		return
	}
	b.report(d.FrontMatter.Start, "no-marp", "the front matter does not say marp: true: Marp for VS Code shows no slides of this deck", "add a line marp: true to the front matter")
	b.mend(nextLine(b.src, d.FrontMatter.Start), "no-marp", "marp: true"+d.newline(d.FrontMatter.Start), "put marp: true into the front matter")
}

// lateFrontMatter reports front matter that does not start with the first byte.
func (b *builder) lateFrontMatter(start int) {
	at := start + len(b.src[start:]) - len(bytes.TrimLeft(b.src[start:], " \t\r\n"))
	end, text, closed := frontMatter(b.src[at:])
	if at == start || end == 0 || !closed {
		return
	}
	fields, _ := scanYAML(text.in(b.src[at:]), true)
	if hasDirective(fields) || slices.ContainsFunc(fields, func(f field) bool { return f.key == "marp" }) {
		b.report(at, "front-matter-late", "Marp shows this front matter as text, because it does not start with the first line",
			"remove what stands above it")
		b.lateEnd = at + end
	}
}

// blankOut overwrites everything but line ends by blanks.
func blankOut(b []byte) {
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = ' '
		}
	}
}

// direct keeps directives and what they say about slides.
func (b *builder) direct(fields []field, from int, front bool) {
	for _, f := range fields {
		b.deck.Directives = append(b.deck.Directives, Directive{Key: f.key, Value: f.value, FrontMatter: front})
		b.directiveAt = append(b.directiveAt, from+f.offset)
		if f.key == "headingDivider" {
			b.setDivider(f)
		}
	}
}

// setDivider reads the value of headingDivider as Marp does: a level means all
// levels up to it, a list means exactly those, anything else changes nothing.
func (b *builder) setDivider(f field) {
	if f.list != nil {
		b.deck.HeadingDivider = nil
		for level := 1; level <= 6; level++ {
			for _, item := range f.list {
				if leadingInt(item) == level {
					b.deck.HeadingDivider = append(b.deck.HeadingDivider, level)
					break
				}
			}
		}
		return
	}
	if strings.TrimSpace(f.value) == "false" {
		b.deck.HeadingDivider = nil
		return
	}
	if n := leadingInt(f.value); 1 <= n && n <= 6 {
		b.deck.HeadingDivider = []int{1, 2, 3, 4, 5, 6}[:n]
	}
}

// leadingInt is the number that s starts with, 0 if there is none or it is
// longer than a digit.
func leadingInt(s string) int {
	s = strings.TrimPrefix(strings.TrimSpace(s), "+")
	if s == "" || !isDigit(s[0]) || len(s) > 1 && isDigit(s[1]) {
		return 0
	}
	return int(s[0] - '0')
}
