package deck

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"deckgen/deckgen/internal/lazy"
)

// What stands in this file looks for lines that were meant to start a new slide and do not.

var (
	breakOfOthers = lazy.Regexp(`^(?:--|-{2,}[.,:;]|={3,}|\+{3,}|\\-{2,}|[‐‑‒–—―−─━ーｰ－]+|[\x{a0}\x{200b}\x{3000}\x{feff}]+-{3,}|-{3,}[\x{a0}\x{200b}\x{3000}\x{feff}]+)$`)
	breakAndText  = lazy.Regexp(`^-{3,}[ \t]*[^-\s|:+].*`)
)

// shownBreak finds a line that shows as text and was meant as a break between slides.
func (b *builder) shownBreak(n ast.Node) bool {
	lines := n.Lines()
	first := lines.At(0)
	line := bytes.TrimSpace(first.Value(b.src))
	switch {
	case lines.Len() == 1 && n.NextSibling() != nil && breakOfOthers().Match(line):
		b.report(first.Start, "no-break", "this line shows as text: no new slide starts here", "write --- (three hyphens) for a new slide")
	case n.PreviousSibling() != nil && n.Parent().Kind() == ast.KindDocument && breakAndText().Match(line):
		b.report(first.Start, "no-break", "this line shows as text: no new slide starts here, because something stands beside ---",
			"write --- on a line of its own")
	default:
		return false
	}
	return true
}

// innerRuler finds a line of hyphens inside a list or a quote.
func (b *builder) innerRuler(n ast.Node) {
	at := n.Pos()
	if at < 0 || b.src[at] != '-' || !slideRuler(b.src[at:nextLine(b.src, at)]) {
		return
	}
	in := "a list"
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindBlockquote {
			in = "a quote"
		}
	}
	b.report(at, "no-break", "no new slide starts here, because --- belongs to "+in, "start --- at the margin, with an empty line above it")
}

// indented finds what four blanks turned into code: a break, a heading, a fence or a definition.
func (b *builder) indented(n *ast.CodeBlock) {
	first := n.Lines().At(0)
	line := bytes.TrimRight(first.Value(b.src), " \t\r\n")
	const hint = "start it at the margin"
	switch one := n.Lines().Len() == 1; {
	case one && slideRuler(line):
		b.report(first.Start, "no-break", "this line shows as code, because it is indented: no new slide starts here", hint)
	case one && atxLine().Match(line):
		b.report(first.Start, "heading-shown", "this heading shows as code, because it is indented by four blanks", hint)
	case definitionLine().Match(line):
		b.report(first.Start, "definition-shown", "this definition shows as code, because it is indented by four blanks", hint)
	case bytes.HasPrefix(line, []byte("```")):
		b.report(first.Start, "code-shown", "this fence shows as code, because it is indented by four blanks", hint)
	}
}

var atxLine = lazy.Regexp(`^#{1,6} \S`)
