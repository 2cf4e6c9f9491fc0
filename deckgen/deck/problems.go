package deck

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// A Severity says whether a problem fails a check.
type Severity int

// The severities.
const (
	Error Severity = iota
	Warning
)

// String returns the severity in lower case.
func (s Severity) String() string { return [...]string{"error", "warning"}[s] }

// A Problem is what is wrong with a deck, where, and what to do.
type Problem struct {
	Path      string
	Line, Col int // 1-based; Col counts characters
	Slide     int // 1-based
	Rule      string
	Severity  Severity
	Message   string
	Hint      string
}

// setextTrap reports text or an image directly above a line of dashes: a
// heading for Marp, where a break between slides was meant.
func (b *builder) setextTrap(n *ast.Heading) {
	lines := n.Lines()
	if n.Level != 2 || lines.Len() == 0 {
		return
	}
	last := lines.At(lines.Len() - 1)
	first := b.src[n.Lines().At(0).Start]
	underline := nextLine(b.src, max(last.Start, last.Stop-1))
	rest := b.src[underline:nextLine(b.src, underline)]
	if first == '#' || !slideRuler(bytes.TrimLeft(rest, " >\t")) {
		return
	}
	b.report(underline, "setext-trap", Warning,
		"the line above --- makes a heading of it: no new slide starts here", "put an empty line above ---")
}

var definitionLine = regexp.MustCompile(`(?m)^[ >\t]*(\[[^\]\n]+\]:[ \t]*<?[^\s#]+\.json#/)`)

// shownDefinition reports a definition of ours that is none, because it
// follows a line of text.
func (b *builder) shownDefinition(n ast.Node) {
	lines := n.Lines()
	if lines.Len() < 2 {
		return
	}
	in := span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	if !bytes.Contains(b.src[in.start:in.end], pointerMark) {
		return
	}
	for _, m := range definitionLine.FindAllSubmatchIndex(b.src[in.start:in.end], -1) {
		b.report(in.start+m[2], "definition-shown", Error,
			"this definition shows on the slide, because a line of text stands directly above it",
			"put an empty line above it")
	}
}

// fenceUnclosed reports fenced code that takes up the rest of its container.
func (b *builder) fenceUnclosed(n ast.Node) {
	b.report(n.Pos(), "fence-unclosed", Error, "the fenced code is never closed: it takes up everything below it",
		"close it with a line of as many "+string(b.src[n.Pos():n.Pos()+1]))
}
