package deck

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A mathInline is a formula in a line of text, between single dollars.
type mathInline struct {
	ast.BaseInline
	body span // without the dollars
}

var kindMathInline = ast.NewNodeKind("MathInline")

func (*mathInline) Kind() ast.NodeKind           { return kindMathInline }
func (n *mathInline) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// mathInlineParser finds $…$ by Marp's rules: no blank after the opening
// dollar, none before the closing one, no digit after it, backslash escapes.
type mathInlineParser struct{}

func (mathInlineParser) Trigger() []byte { return []byte{'$'} }

func (mathInlineParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, first := block.PeekLine()
	if len(line) > 1 && blank(line[1]) {
		return nil
	}
	if len(line) > 1 && line[1] == '$' { // an empty formula is text
		block.Advance(2)
		return ast.NewTextSegment(first.WithStop(first.Start + 2))
	}
	block.Advance(1)
	end, ok := closingDollar(block)
	if !ok {
		return nil
	}
	return &mathInline{body: span{first.Start + 1, end}}
}

// closingDollar moves the reader behind the dollar that closes a formula and
// returns its offset. It is not ok if the next dollar cannot close one.
func closingDollar(block text.Reader) (offset int, ok bool) {
	for prev := byte('$'); ; prev = '\n' {
		line, seg := block.PeekLine()
		if line == nil {
			return 0, false
		}
		i := unescaped(line, '$')
		if i < 0 {
			block.AdvanceLine()
			continue
		}
		if i > 0 {
			prev = line[i-1]
		}
		if blank(prev) || i+1 < len(line) && isDigit(line[i+1]) {
			return 0, false
		}
		block.Advance(i + 1)
		return seg.Start - seg.Padding + i, true
	}
}

// unescaped is the index of the first c in line that has an even number of
// backslashes before it, -1 if there is none.
func unescaped(line []byte, c byte) int {
	backslashes := 0
	for i, b := range line {
		switch {
		case b == '\\':
			backslashes++
			continue
		case b == c && backslashes%2 == 0:
			return i
		}
		backslashes = 0
	}
	return -1
}

func blank(c byte) bool   { return c == ' ' || c == '\t' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// A mathBlock is a formula of its own, between lines that start and end with
// double dollars.
type mathBlock struct {
	ast.BaseBlock
	body   span // from the opening dollars to the end of the last line
	closed bool
	ruler  int // offset of the first slide ruler inside, 0 if there is none
}

// tex is the formula without its dollars, empty if it does not end where it should.
func (n *mathBlock) tex(src []byte) span {
	in := span{n.body.start + 2, n.body.start + len(bytes.TrimRight(src[n.body.start:n.body.end], " \t\r\n")) - 2}
	if !n.closed || n.ruler > 0 || in.end < in.start {
		return span{in.start, in.start}
	}
	return in
}

var kindMathBlock = ast.NewNodeKind("MathBlock")

func (*mathBlock) Kind() ast.NodeKind           { return kindMathBlock }
func (*mathBlock) IsRaw() bool                  { return true }
func (n *mathBlock) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// mathBlockParser finds $$ blocks by Marp's rules: from a line that starts with
// two dollars to the end of the first line that ends with two.
type mathBlockParser struct{}

var doubleDollar = []byte("$$")

func (mathBlockParser) Trigger() []byte             { return []byte{'$'} }
func (mathBlockParser) CanInterruptParagraph() bool { return true }
func (mathBlockParser) CanAcceptIndentedLine() bool { return false }

func (mathBlockParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], doubleDollar) {
		return nil, parser.NoChildren
	}
	rest := bytes.TrimSpace(line[at+2:])
	n := &mathBlock{body: span{seg.Start - seg.Padding + at, seg.Stop}, closed: bytes.HasSuffix(rest, doubleDollar)}
	r.AdvanceToEOL()
	return n, parser.NoChildren
}

func (mathBlockParser) Continue(node ast.Node, r text.Reader, _ parser.Context) parser.State {
	n := node.(*mathBlock)
	if n.closed {
		return parser.Close
	}
	line, seg := r.PeekLine()
	n.body.end = seg.Stop
	if n.ruler == 0 && slideRuler(line) {
		n.ruler = seg.Start
	}
	n.closed = bytes.HasSuffix(bytes.TrimSpace(line), doubleDollar)
	r.AdvanceToEOL()
	if n.closed {
		return parser.Close
	}
	return parser.Continue | parser.NoChildren
}

func (mathBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

// slideRuler reports whether a line looks like the usual break between slides.
func slideRuler(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\n")
	return len(line) >= 3 && len(bytes.Trim(line, "-")) == 0
}

// An href is a link in a formula: \href{destination}{body}.
type href struct {
	whole, dest, body span
}

var hrefOpen = []byte(`\href{`)

// hrefs finds the links in a formula, offsets from the start of src.
func hrefs(src []byte, in span) []href {
	var found []href
	for at := in.start; ; {
		i := bytes.Index(src[at:in.end], hrefOpen)
		if i < 0 {
			return found
		}
		start := at + i
		at = start + len(hrefOpen)
		dest := span{at, closingBrace(src[:in.end], at)}
		if dest.end < 0 || dest.end+1 >= in.end || src[dest.end+1] != '{' {
			continue
		}
		body := span{dest.end + 2, closingBrace(src[:in.end], dest.end+2)}
		if body.end < 0 {
			continue
		}
		found = append(found, href{span{start, body.end + 1}, dest, body})
		at = body.end + 1
	}
}

// maxArgument bounds the search for the end of an argument or a destination.
const maxArgument = 4096

// closingBrace is the offset of the brace that closes the group whose content
// starts at the offset given, -1 if there is none.
func closingBrace(src []byte, at int) int {
	depth := 0
	for i := at; i < len(src) && i < at+maxArgument; i++ {
		switch src[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}
