package deck

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"deckgen/deckgen/internal/lazy"
)

// walk visits the whole document in order.
func (b *builder) walk() {
	b.byLabel = map[string]*definition{}
	root, s := tree(b.src)
	b.spans = s
	b.reserve()
	b.blocks(root, 0)
	b.resolve()
	b.katexLinks()
}

// reserve makes room for the references that there may be, so that those of a long deck are not copied again and again.
func (b *builder) reserve() {
	const shortest = 30 // bytes that a reference takes, about
	n := min(bytes.Count(b.src, []byte("](")), len(b.src)/shortest)
	b.deck.Refs, b.deck.Links = slices.Grow(b.deck.Refs, n), slices.Grow(b.deck.Links, n)
}

// blocks visits the children of a block; depth 0 is the document.
func (b *builder) blocks(parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n, depth)
	}
}

func (b *builder) block(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.ThematicBreak:
		if depth == 0 {
			b.mathSuspect = 0
			b.ruler(n)
			return
		}
		b.innerRuler(n)
	case *ast.Heading:
		b.heading(n, b.shown())
		b.setextTrap(n)
	case *ast.HTMLBlock:
		b.html(n)
		return
	case *ast.LinkReferenceDefinition:
		b.define(n)
		return
	case *ast.CodeBlock:
		b.mark(CodeBlock, n.Lines().At(0).Start)
		b.keepCode(n, "")
		b.indented(n)
	case *ast.FencedCodeBlock:
		b.markFence(n)
		b.keepCode(n, string(n.Language(b.src)))
		b.fence(n)
	case *mathBlock:
		b.markFormula(n.body.start, n.tex(b.src))
		b.formula(n)
	case *east.Table:
		b.table(n, depth)
		return
	case *ast.Paragraph, *ast.TextBlock:
		b.shownDefinition(n)
	}
	b.show(n)
	if inner := n.FirstChild(); inner != nil && inner.Type() == ast.TypeInline {
		b.lines(n)
	} else {
		b.blocks(n, depth+1)
	}
}

// lines visits the text of a block.
func (b *builder) lines(n ast.Node) {
	_, inHeading := n.(*ast.Heading)
	b.texts = b.texts[:0]
	b.inlines(n, inline{heading: inHeading})
	b.shownMarkup(n)
	b.shownConflict(n)
}

// shown reports whether something visible came so far.
func (b *builder) shown() bool {
	if len(b.visible) > 0 {
		return true
	}
	return len(b.breaks) > 0 && b.breaks[0].level == 0
}

// show notes that a block makes its slide not blank.
func (b *builder) show(n ast.Node) {
	at := n.Pos()
	if at < 0 && n.Lines() != nil && n.Lines().Len() > 0 {
		at = n.Lines().At(0).Start
	}
	if k := len(b.visible); at >= 0 && (k == 0 || b.visible[k-1] < at) {
		b.visible = append(b.visible, at)
	}
}

// html looks for a comment; an HTML block that is no comment and no style is
// visible.
func (b *builder) html(n *ast.HTMLBlock) {
	lines := n.Lines()
	in := span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	if n.HasClosure() {
		in.end = n.ClosureLine.Stop
	}
	switch {
	case n.HTMLBlockType == ast.HTMLBlockType2:
		b.commentBlock(in)
	case isStyle(b.src[in.start:in.end]):
		b.styleSheet(in)
	default:
		b.show(n)
		b.htmlImages(in)
		b.keepTags(in)
	}
}

func (b *builder) commentBlock(in span) {
	if bytes.Contains(b.src[in.start:in.end], []byte("-->")) {
		in.start += bytes.IndexByte(b.src[in.start:in.end], '<')
		b.comment(in, false)
		b.runawayComment(in)
		b.lostText(in)
		return
	}
	at := in.start + bytes.IndexByte(b.src[in.start:in.end], '<')
	b.deck.Comments = append(b.deck.Comments, Comment{Kind: Note, Start: at, End: in.end}) // to Marp, an empty note
	b.report(at, "comment-unclosed", "the comment is never closed: everything below it is lost", "close it with -->")
}

// inline is what the walk through a line of text has to know.
type inline struct {
	cell, heading, alt, link bool
}

func (b *builder) inlines(parent ast.Node, in inline) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Link:
			b.link(n, in)
			b.target(n, n.Destination, Target{})
			b.inlines(n, inline{cell: in.cell, heading: in.heading, alt: in.alt, link: true})
			continue
		case *ast.Image:
			b.image(n, in)
			b.target(n, n.Destination, Target{Image: true, Alt: b.plainText(n)})
			b.inlines(n, inline{cell: in.cell, heading: in.heading, alt: true, link: in.link})
			continue
		case *mathInline:
			if !in.alt {
				b.markFormula(n.body.start-1, n.body)
			}
			b.hrefs(n.body, in.cell)
		case *ast.RawHTML:
			b.rawHTML(n, in)
		case *ast.CodeSpan:
			b.keepCodeSpan(n)
			continue
		case *ast.Text:
			b.text(n.Segment, in)
		}
		if n.HasChildren() {
			b.inlines(n, in)
		}
	}
}

// rawHTML keeps a comment in a line of text; in an alt text it is nothing.
func (b *builder) rawHTML(n *ast.RawHTML, in inline) {
	segs := n.Segments
	s := span{segs.At(0).Start, segs.At(segs.Len() - 1).Stop}
	if bytes.HasPrefix(b.src[s.start:s.end], []byte("<!--")) {
		if !in.alt {
			b.comment(s, in.heading)
		}
	} else {
		b.htmlImages(s)
		b.keepTags(s)
	}
}

// hrefs keeps the references in a formula.
func (b *builder) hrefs(body span, cell bool) {
	for _, h := range hrefs(b.src, body) {
		r := Reference{Kind: Link, Math: true, Text: plainTeX(h.body.in(b.src))}
		r.place = place{whole: h.whole, label: h.body, text: h.body, tail: linkTail{dest: h.dest}, context: inMath}
		if cell {
			r.place.context |= inCell
		}
		b.addLink(r)
	}
}

var blankLine = lazy.Regexp(`\n[ \t\r]*\n`)

// formula keeps the references in a $$ block and reports one that is not
// closed. Once one is not, the formulas after it are upside down.
func (b *builder) formula(n *mathBlock) {
	b.hrefs(n.body, false)
	if n.closed && n.ruler == 0 && blankLine().Match(b.src[n.body.start:n.body.end]) {
		b.mathSuspect = n.body.start + 1
	}
	if b.mathFault || n.closed && n.ruler == 0 {
		return
	}
	b.mathFault = true
	message := "the formula is never closed: it takes up everything below it"
	if n.closed {
		message = "the formula runs over a break between slides: it takes up everything to the next $$"
	}
	at := n.body.start
	if b.mathSuspect > 0 { // it took the dollars that were to open the next one
		at = b.mathSuspect - 1
	}
	hint := "close it with a line $$"
	if line := b.lineOf(at); bytes.Contains(line[min(2, len(line)):], []byte("$$")) {
		hint = "nothing may follow the $$ that closes it: start a new line there"
	}
	b.report(at, "math-unclosed", message, hint)
}

// table visits the cells, which are generated if a definition stands above.
func (b *builder) table(n *east.Table, depth int) {
	b.show(n)
	b.mark(TableBlock, n.FirstChild().Pos())
	b.oddRows(n)
	if d := b.definitionAbove(n); d != nil {
		b.addTable(d, n)
		return
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			b.texts = b.texts[:0]
			b.inlines(cell, inline{cell: true})
			b.shownInline(cell)
		}
	}
}

// plainText is the text of a node without markup.
func (b *builder) plainText(n ast.Node) string {
	var out strings.Builder
	b.writeText(&out, n)
	return strings.TrimSpace(out.String())
}

func (b *builder) writeText(out *strings.Builder, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.writeSegment(out, n)
		case *ast.AutoLink:
			out.Write(n.Label(b.src))
		case *mathInline:
			out.WriteString(plainTeX(n.body.in(b.src)))
		default:
			b.writeText(out, n)
		}
	}
}

func (b *builder) writeSegment(out *strings.Builder, n *ast.Text) {
	value := n.Segment.Value(b.src)
	switch {
	case !n.IsRaw():
		out.WriteString(unescape(value))
	case bytes.Contains(value, escapedPipe) && inTable(n):
		out.Write(bytes.ReplaceAll(value, escapedPipe, escapedPipe[1:]))
	default:
		out.Write(bytes.TrimRight(value, "\r\n"))
	}
	if n.SoftLineBreak() || n.HardLineBreak() || n.IsRaw() && bytes.HasSuffix(value, []byte("\n")) {
		out.WriteByte(' ')
	}
}

// escapedPipe is how code in a table cell writes a pipe.
var escapedPipe = []byte(`\|`)

func inTable(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == east.KindTableCell {
			return true
		}
	}
	return false
}
