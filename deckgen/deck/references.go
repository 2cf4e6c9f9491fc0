package deck

import (
	"bytes"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"deckgen/deckgen/internal/lazy"
)

// A place is where a reference stands in the bytes of its deck.
type place struct {
	whole   span // of the Markdown node
	label   span // what stands between the brackets
	text    span // what SetText replaces: the label, or what is inside its emphasis
	tail    linkTail
	context context
	named   ast.ReferenceLinkType
	uses    *definition // of a reference link, else nil
	fence   *fencePlace
	table   *tablePlace
}

// context says how text has to be escaped.
type context uint8

const (
	inCell    context = 1 << iota // of a table
	inMath                        // TeX
	inCode                        // a code span
	inNote                        // plain text of a comment
	inAlt                         // alt text of an image
	mixed                         // a reference may be inside
	shorthand                     // the label is the name of the definition too
)

// A definition is a link reference definition.
type definition struct {
	node  *ast.LinkReferenceDefinition
	whole span
	tail  linkTail
	used  bool
}

// A pendingLink is a reference whose destination stands in a definition.
type pendingLink struct {
	ref   Reference
	label string
}

// link keeps a link if it leads into a JSON file.
func (b *builder) link(n *ast.Link, in inline) {
	if n.Reference != nil {
		b.use(n.Reference)
	}
	if !bytes.Contains(n.Destination, []byte(".json")) {
		return
	}
	r := b.fromNode(n, in)
	r.Kind = Link
	b.add(r, n.Reference)
}

// image keeps an image with a relative path.
func (b *builder) image(n *ast.Image, in inline) {
	if n.Reference != nil {
		b.use(n.Reference)
	}
	if _, _, ok := splitDestination(unescape(n.Destination)); !ok {
		return
	}
	r := b.fromNode(n, in)
	r.Kind = Image
	b.add(r, n.Reference)
}

// holdsLink reports whether a text has a link or an image in it, which may be a
// reference itself.
func holdsLink(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindLink || c.Kind() == ast.KindImage || holdsLink(c) {
			return true
		}
	}
	return false
}

func (b *builder) add(r Reference, named *ast.ReferenceLink) {
	if named == nil {
		b.addLink(r)
		return
	}
	r.place.named = named.Type
	if named.Type != ast.ReferenceLinkFull {
		r.place.context |= shorthand
	}
	b.pending = append(b.pending, pendingLink{r, util.ToLinkReference(named.Value)})
}

// fromNode is a reference with the text and the place of a link or an image.
func (b *builder) fromNode(n ast.Node, in inline) Reference {
	s := b.spans.links[n]
	start := n.Pos()
	label := span{start + 1, s.bracket}
	if n.Kind() == ast.KindImage {
		label.start++
	}
	r := Reference{Text: b.plainText(n)}
	r.place = place{whole: span{start, s.end}, label: label, text: label, tail: s.tail}
	if in.cell {
		r.place.context |= inCell
	}
	if in.alt {
		r.place.context |= inAlt
	}
	if holdsLink(n) {
		r.place.context |= mixed
	}
	b.narrow(&r.place, n)
	return r
}

// narrow moves the text of a link inside the emphasis, code span or formula
// that is all of it, so that new text keeps that look.
func (b *builder) narrow(p *place, n ast.Node) {
	for c := n.FirstChild(); c != nil && c.NextSibling() == nil; c = c.FirstChild() {
		switch c := c.(type) {
		case *mathInline:
			p.text = c.body
			p.context |= inMath
			return
		case *ast.CodeSpan:
			p.text = textSpan(c)
			p.context |= inCode
			return
		case *ast.Emphasis, *east.Strikethrough:
			if s := textSpan(c); s.end > s.start {
				p.text = s
			}
		default:
			return
		}
	}
}

// textSpan covers the text directly in a node; it is empty if something else
// is in there too.
func textSpan(n ast.Node) span {
	first, ok1 := n.FirstChild().(*ast.Text)
	last, ok2 := n.LastChild().(*ast.Text)
	if !ok1 || !ok2 {
		return span{}
	}
	return span{first.Segment.Start, last.Segment.Stop}
}

// addLink keeps a link or an image, once its destination is known to count.
func (b *builder) addLink(r Reference) {
	dest := r.place.tail.dest.in(b.src)
	if !r.Math {
		dest = unescape([]byte(dest))
	}
	file, fragment, ok := splitDestination(dest)
	if !ok || r.Kind == Link && !b.pointer(r.place.whole.start, file, fragment) {
		return
	}
	r.Target, r.Fragment = file, fragment
	if t := r.place.tail.title; t.end > t.start {
		r.Title, r.HasTitle = oneLine(unescape(b.src[t.start+1:t.end-1])), true
	}
	b.deck.Refs = append(b.deck.Refs, r)
}

// pointer reports whether a file and a fragment lead into a JSON file, and what
// was meant to. Only in a record, which people do not link otherwise.
func (b *builder) pointer(at int, file, fragment string) bool {
	if isPointer(file, fragment) {
		return true
	}
	if fragment != "" && path.Base(file) == "result.json" {
		b.report(at, "no-reference", "#"+fragment+" is no JSON Pointer: nothing comes from the record", "write #/"+fragment)
	}
	return false
}

// define keeps a definition for the links that name it.
func (b *builder) define(n *ast.LinkReferenceDefinition) {
	lines := n.Lines()
	d := &definition{node: n, whole: span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}}
	r := text.NewBlockReader(b.src, lines)
	r.Advance(1 + bytes.IndexByte(b.src[d.whole.start:d.whole.end], '['))
	if _, found := r.FindClosure('[', ']', text.FindClosureOptions{Newline: true, Advance: true}); found {
		r.Advance(1)
		d.tail = scanTail(r)
	}
	b.definitions = append(b.definitions, d)
	if label := util.ToLinkReference(n.Label); b.byLabel[label] == nil {
		b.byLabel[label] = d
	}
}

// use remembers that a definition has a link. The definition may come later.
func (b *builder) use(named *ast.ReferenceLink) {
	if b.used == nil {
		b.used = map[string]bool{}
	}
	b.used[util.ToLinkReference(named.Value)] = true
}

// resolve gives reference links their destinations, and makes tables of the
// definitions that no link uses and no table follows yet.
func (b *builder) resolve() {
	for _, p := range b.pending {
		d := b.byLabel[p.label]
		if d == nil {
			continue
		}
		p.ref.place.tail, p.ref.place.uses = d.tail, d
		b.addLink(p.ref)
	}
	for _, d := range b.definitions {
		if !d.used && !b.used[util.ToLinkReference(d.node.Label)] {
			b.addTable(d, nil)
		}
	}
}

// definitionAbove is the definition of a table, nil if none stands above.
func (b *builder) definitionAbove(n ast.Node) *definition {
	if len(b.definitions) == 0 || n.PreviousSibling() == nil {
		return nil
	}
	d := b.definitions[len(b.definitions)-1]
	if n.PreviousSibling() != ast.Node(d.node) {
		return nil
	}
	if file, fragment, ok := splitDestination(unescape(d.node.Destination)); !ok || !isPointer(file, fragment) {
		return nil
	}
	return d
}

// addTable keeps a definition that leads into a JSON file, with the table
// below it if there is one.
func (b *builder) addTable(d *definition, n *east.Table) {
	file, fragment, ok := splitDestination(unescape(d.node.Destination))
	if !ok || !b.pointer(d.whole.start, file, fragment) {
		return
	}
	d.used = true
	r := Reference{Kind: Table, Target: file, Fragment: fragment}
	r.place = place{whole: d.whole, tail: d.tail}
	r.place.table = &tablePlace{prefix: containerPrefix(b.src, d.whole.start), body: b.belowDefinition(d)}
	if n != nil {
		r.Grid = b.grid(n)
		r.Body = b.tableBody(n, r.place.table)
	}
	b.deck.Refs = append(b.deck.Refs, r)
}

// containerPrefix is what a new line has to start with to stand in the same
// quotes and list items as the node at an offset.
func containerPrefix(src []byte, at int) string {
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	return strings.Map(func(r rune) rune {
		if r == '>' || r == '\t' {
			return r
		}
		return ' '
	}, string(src[start:at]))
}

// A fencePlace is where the parts of fenced code are.
type fencePlace struct {
	open, close span // the runs of fence characters
	body        span // whole lines
	prefix      string
}

// fence keeps fenced code that names a file, and reports a fence that is not
// closed.
func (b *builder) fence(n *ast.FencedCodeBlock) {
	closing, closed := b.spans.fences[n]
	if !closed {
		b.fenceUnclosed(n)
		return
	}
	b.suspectFence(n)
	if n.Info == nil {
		return
	}
	info := unescape(n.Info.Segment.Value(b.src))
	file, symbol, ok := sourceOf(info)
	if !ok {
		if word := almostSource().FindString(info); word != "" {
			b.report(b.fenceRun(n.Info.Segment.Start).start, "no-reference", word+" names no source: the listing stays as it is",
				"write file=path#symbol, without blanks")
		}
		return
	}
	open := b.fenceRun(n.Info.Segment.Start)
	f := &fencePlace{open: open, prefix: containerPrefix(b.src, open.start)}
	f.close.start = closing.start + bytes.IndexByte(b.src[closing.start:closing.end], b.src[open.start])
	f.close.end = f.close.start + runLength(b.src[f.close.start:])
	f.body = span{nextLine(b.src, open.start), b.lineStart(closing.start)}
	r := Reference{Kind: Code, Target: file, Fragment: symbol, Body: b.body(n)}
	r.place = place{whole: span{open.start, f.close.end}, fence: f}
	b.deck.Refs = append(b.deck.Refs, r)
}

// almostSource matches what was meant to name a source file: a path with a symbol, or file= with something wrong.
var almostSource = lazy.Regexp(`(?i)\bfile=(?:\s|["']|$)|\S*/\S+\.\w+[#:][A-Za-z_]\S*|\b(?:f[a-z]{2,4}|files|src|source|path)\s*[=:]\s*["']?[^\s"'#]+\.\w+#\w+`)

// fenceRun is the run of fence characters before an info string.
func (b *builder) fenceRun(info int) span {
	end := len(bytes.TrimRight(b.src[:info], " \t"))
	c := b.src[end-1]
	start := end
	for start > 0 && b.src[start-1] == c {
		start--
	}
	return span{start, end}
}

// BodyLine is the line of the deck in which a line of a listing or a table stands, both counted from 1; 0 for no line.
func (d *Deck) BodyLine(r Reference, row int) int {
	at := -1
	switch {
	case row == 0:
	case r.place.fence != nil:
		at = r.place.fence.body.start
	case r.place.table != nil && r.place.table.exists:
		at = r.place.table.body.start
	}
	if at < 0 {
		return 0
	}
	return d.lineOf(at) + row
}

// InAlt reports whether a reference is in the alternative text of an image.
func (r Reference) InAlt() bool { return r.place.context&inAlt != 0 }

// Beside is what stands directly before and behind a reference on its line.
func (d *Deck) Beside(r Reference) (before, after string) {
	const few = 20
	in := r.place.whole
	start, end := in.start, in.end
	for start > 0 && in.start-start < few && d.Src[start-1] != '\n' {
		start--
	}
	for end < len(d.Src) && end-in.end < few && d.Src[end] != '\n' {
		end++
	}
	return string(d.Src[start:in.start]), string(d.Src[in.end:end])
}

// LineBefore is the line of a reference up to where it starts.
func (d *Deck) LineBefore(r Reference) []byte {
	at := r.place.whole.start
	return d.Src[d.lines[d.lineOf(at)]:at]
}

// runLength is how often the first byte of b is repeated.
func runLength(b []byte) int { return len(b) - len(bytes.TrimLeft(b, string(b[:1]))) }

// body is the content of fenced code, with LF line ends.
func (b *builder) body(n *ast.FencedCodeBlock) string {
	var out strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		out.WriteString(normaliseLine(string(seg.Value(b.src))))
	}
	return out.String()
}

// sourceOf finds file=path#symbol among the words of an info string.
func sourceOf(info string) (file, symbol string, ok bool) {
	for word := range strings.FieldsSeq(info) {
		if dest, found := strings.CutPrefix(word, "file="); found {
			file, symbol, _ = strings.Cut(strings.Trim(dest, `"'`), "#")
			return percentDecode(file), percentDecode(symbol), file != "" && strings.Count(dest, `"`) != 1
		}
	}
	return "", "", false
}
