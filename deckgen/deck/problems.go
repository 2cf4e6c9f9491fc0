package deck

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"deckgen/deckgen/internal/lazy"
)

// A Problem is what is wrong with a deck, where, and what to do.
type Problem struct {
	Path      string
	Line, Col int    // 1-based; Col counts characters
	Slide     int    // 1-based
	Rule      string // the name of one
	Severity  Severity
	Message   string
	Hint      string
}

// setextTrap reports text or an image directly above a line of dashes: a
// heading for Marp, where a break between slides was meant.
func (b *builder) setextTrap(n *ast.Heading) {
	lines := n.Lines()
	if n.Level != 2 || lines.Len() == 0 || b.isATX(lines.At(0).Start) {
		return
	}
	last := lines.At(lines.Len() - 1)
	underline := nextLine(b.src, max(last.Start, last.Stop-1))
	line := b.src[underline:nextLine(b.src, underline)]
	if short := bytes.TrimSpace(line); len(short) < 3 {
		b.report(underline, "setext-trap", "the line above "+string(short)+" makes a heading of it", "put an empty line above it, or write - and a blank and a text")
		return
	}
	if !slideRuler(bytes.TrimLeft(line, " >\t")) {
		return
	}
	at := underline + bytes.IndexByte(line, '-')
	if at < b.lateEnd || b.headlessFrontMatter(n) || lines.Len() == 1 && underlines(bytes.TrimSpace(line), last.Value(b.src)) {
		return
	}
	b.report(at, "setext-trap",
		"the line above --- makes a heading of it: no new slide starts here", "put an empty line above ---")
}

// underlines reports whether dashes were drawn below a text, as long as it is, to make a heading of it.
func underlines(dashes, text []byte) bool {
	cells := 0
	for _, r := range string(bytes.TrimSpace(text)) {
		cells++
		if r >= 0x2e80 { // the wide writings
			cells++
		}
	}
	return len(dashes) > 3 && len(dashes)-cells <= 2 && cells-len(dashes) <= 2
}

// headlessFrontMatter reports front matter whose first line is lost, or stands below something else: to Marp the rest of
// it is a heading.
func (b *builder) headlessFrontMatter(n *ast.Heading) bool {
	lines := n.Lines()
	in := span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	text := in.in(b.src)
	if first, rest, _ := strings.Cut(text, "\n"); !strings.Contains(first, ": ") { // dashes, but not three
		text = rest
	}
	fields, _ := scanYAML(text, true)
	if len(b.breaks) > 2 || len(fields) == 0 || !hasDirective(fields) || b.deck.FrontMatter.End > 0 {
		return false
	}
	b.report(in.start, "front-matter-late", "Marp shows this front matter as text, because the first line of the file is not ---",
		"write --- (three hyphens) into the first line, with nothing before them")
	b.lateEnd = in.end
	return true
}

// isATX reports whether a heading, whose text is at an offset, starts with #.
func (b *builder) isATX(text int) bool {
	before := bytes.TrimRight(b.src[b.lineStart(text):text], " \t")
	return bytes.HasSuffix(before, []byte("#"))
}

var definitionLine = lazy.Regexp(`(?m)^[ >\t]*(\[[^\]\n]+\]:[ \t]*<?[^\s#]+\.json#/)`)

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
	for _, m := range definitionLine().FindAllSubmatchIndex(b.src[in.start:in.end], -1) {
		b.report(in.start+m[2], "definition-shown",
			"this definition shows on the slide, because a line of text stands directly above it",
			"put an empty line above it")
		if at := in.start + m[2]; b.lineStart(at) == at {
			b.mend(at, "definition-shown", b.deck.newline(at), "put an empty line above the definition")
		}
	}
}

// suspectFence looks for a fence that is closed only by a later one: a break
// between slides is inside, and a line that would have opened another fence.
func (b *builder) suspectFence(n *ast.FencedCodeBlock) {
	ruler, opener := false, false
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := b.src[seg.Start:seg.Stop]
		ruler = ruler || slideRuler(line)
		opener = opener || opensFence(line, b.src[n.Pos():])
	}
	switch language := string(n.Language(b.src)); {
	case showsMarkdown(language):
	case opener:
		b.reportFence(n.Pos())
	case !ruler:
	case language != "":
		b.suspects = append(b.suspects, n.Pos())
	}
}

// opensFence reports whether a line would open a fence at least as long as one,
// with an info string, so that it cannot close it.
func opensFence(line, fence []byte) bool {
	line = bytes.TrimLeft(line, " ")
	if len(line) == 0 || line[0] != fence[0] {
		return false
	}
	n := runLength(line)
	info := bytes.TrimSpace(line[n:])
	return n >= 3 && n >= runLength(fence) && len(info) > 0 && bytes.IndexByte(info, fence[0]) < 0
}

// showsMarkdown reports whether lines of dashes are at home in a language.
func showsMarkdown(language string) bool {
	switch strings.ToLower(language) {
	case "md", "markdown", "marp", "yaml", "yml", "text", "txt", "html", "diff", "sh", "bash", "console":
		return true
	}
	return false
}

// fenceUnclosed reports fenced code that takes up the rest of its container.
// The fence without an end is then often an earlier one, which ended where the
// next was meant to start.
func (b *builder) fenceUnclosed(n ast.Node) {
	at := n.Pos()
	if len(b.suspects) > 0 {
		at = b.suspects[0]
	}
	b.reportFence(at)
}

func (b *builder) reportFence(at int) {
	run := string(b.src[at : at+runLength(b.src[at:])])
	b.report(at, "fence-unclosed", "the fenced code is never closed: it takes up what comes below it",
		"close it with a line "+run)
}

// runawayComment reports a comment that goes over a break between slides and
// ends only where another one does.
func (b *builder) runawayComment(in span) {
	text := b.src[in.start:in.end]
	again := bytes.Index(text[1:], []byte("<!--"))
	ruler := rulerLine().FindIndex(text)
	if again < 0 || ruler == nil || ruler[0] > again {
		return
	}
	b.report(in.start, "comment-runaway", "the comment goes on to the end of the next one, over a break between slides",
		"close it with -->")
}

// katexLinks reports the first reference in a formula of a deck that asks for
// KaTeX, which shows no links.
func (b *builder) katexLinks() {
	math := ""
	for _, c := range b.deck.Directives {
		if c.Key == "math" {
			math = c.Value
		}
	}
	if math != "katex" {
		return
	}
	for _, r := range b.deck.Refs {
		if r.Math {
			b.report(r.place.whole.start, "katex-link", `KaTeX shows \href in red instead of the number, until the deck is rendered`,
				"remove math: katex: MathJax shows the number alone")
			return
		}
	}
}

var rulerLine = lazy.Regexp(`(?m)^ {0,3}-{3,}[ \t\r]*$`)
