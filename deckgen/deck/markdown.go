package deck

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown parses as Marp does: CommonMark with tables, strikethrough and
// formulas. It holds no state between parses.
var markdown = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(tableHead{parser.NewParagraphParser()}, 50),
		util.Prioritized(beside{parser.NewSetextHeadingParser(), true}, 100),
		util.Prioritized(beside{parser.NewThematicBreakParser(), false}, 200),
		util.Prioritized(shallow{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(codeBelow{parser.NewCodeBlockParser()}, 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(fenceSpy{parser.NewFencedCodeBlockParser()}, 700),
		util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(mathBlockParser{}, 850),
		util.Prioritized(htmlParser{parser.NewHTMLBlockParser()}, 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(mathInlineParser{}, 150),
		util.Prioritized(linkSpy{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis{parser.NewEmphasisParser()}, 500),
		util.Prioritized(emphasis{strikethrough{}}, 500),
	),
	parser.WithParagraphTransformers(
		util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
		util.Prioritized(tables{}, 200),
	),
)

// A span is a range of bytes. The zero span is none: no node is empty and at 0.
type span struct{ start, end int }

func (s span) in(src []byte) string { return string(src[s.start:s.end]) }

// spans collects the positions that goldmark does not keep.
type spans struct {
	links  map[ast.Node]linkSpan
	fences map[ast.Node]span // the line that closes a fence, from its first byte

	paragraph  ast.Node          // whose emphasis is being parsed
	delimiters int               // in it
	crowded    map[ast.Node]bool // paragraphs with more of them than are looked at

	table searched
}

// A linkSpan says where the parts of a link or an image are.
type linkSpan struct {
	bracket int // the ] that ends the text
	end     int
	tail    linkTail // zero for a reference link
}

// A linkTail is a destination with its title.
type linkTail struct {
	dest  span // without angle brackets
	title span // with its quotes; empty, after the destination, where there is none
}

var spansKey = parser.NewContextKey()

// tree parses src and returns the document with its spans.
func tree(src []byte) (ast.Node, *spans) {
	s := &spans{links: map[ast.Node]linkSpan{}, fences: map[ast.Node]span{}, crowded: map[ast.Node]bool{}}
	pc := parser.NewContext()
	pc.Set(spansKey, s)
	return markdown.Parse(text.NewReader(src), parser.WithContext(pc)), s
}

// linkSpy notes where links and images end.
type linkSpy struct{ parser.InlineParser }

func (p linkSpy) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, bracket := block.PeekLine()
	closes := line[0] == ']'
	at, pos := block.Position()
	n := p.InlineParser.Parse(parent, withinReach(block, line), pc)
	if n == nil || !closes {
		return n
	}
	after, end := block.Position()
	s := linkSpan{bracket: bracket.Start, end: linkEnd(block.Source(), end.Start)}
	if reference(n) == nil {
		block.SetPosition(at, pos)
		block.Advance(len("]("))
		s.tail = scanTail(block)
		block.SetPosition(after, end)
	}
	pc.Get(spansKey).(*spans).links[n] = s
	return n
}

// CloseBlock forwards to the wrapped parser, which keeps state until then.
func (p linkSpy) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// linkEnd is just after the bracket that closes a link, given the position of
// the reader: it may already stand on the next line, behind a container's
// prefix, which never holds a closing bracket.
func linkEnd(src []byte, at int) int {
	return bytes.LastIndexAny(src[:at], ")]") + 1
}

// reference is how a link or an image names its definition, nil if it has a
// destination of its own.
func reference(n ast.Node) *ast.ReferenceLink {
	switch n := n.(type) {
	case *ast.Link:
		return n.Reference
	case *ast.Image:
		return n.Reference
	}
	return nil
}

// scanTail finds the destination and the title at the reader's position in a
// link that is known to be well formed.
func scanTail(r text.Reader) linkTail {
	r.SkipSpaces()
	dest := scanDestination(r)
	r.SkipSpaces()
	opener := r.Peek()
	if opener != '"' && opener != '\'' && opener != '(' {
		return linkTail{dest, span{}}
	}
	return linkTail{dest, scanTitle(r, opener)}
}

func scanDestination(r text.Reader) span {
	line, seg := r.PeekLine()
	n, angle := destinationLength(line)
	r.Advance(n)
	start := seg.Start - seg.Padding
	if angle {
		return span{start + 1, start + n - 1}
	}
	return span{start, start + n}
}

// destinationLength is how many bytes of line are a link destination; angle
// says that they are in angle brackets.
func destinationLength(line []byte) (n int, angle bool) {
	angle = len(line) > 0 && line[0] == '<'
	depth := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line) && util.IsPunct(line[i+1]):
			i++
		case angle && c == '>':
			return i + 1, true
		case angle:
		case c == '(':
			depth++
		case c == ')' && depth == 0, util.IsSpace(c):
			return i, false
		case c == ')':
			depth--
		}
	}
	return len(line), false
}

func scanTitle(r text.Reader, opener byte) span {
	closer := opener
	if opener == '(' {
		closer = ')'
	}
	_, seg := r.Position()
	r.Advance(1)
	segs, found := r.FindClosure(opener, closer, text.FindClosureOptions{Newline: true, Advance: true})
	if !found {
		return span{}
	}
	return span{seg.Start, segs.At(segs.Len()-1).Stop + 1}
}

// fenceSpy notes where fenced code is closed.
type fenceSpy struct{ parser.BlockParser }

func (p fenceSpy) Continue(n ast.Node, r text.Reader, pc parser.Context) parser.State {
	_, seg := r.PeekLine()
	state := p.BlockParser.Continue(n, r, pc)
	if state == parser.Close {
		pc.Get(spansKey).(*spans).fences[n] = span{seg.Start, seg.Stop}
	}
	return state
}
