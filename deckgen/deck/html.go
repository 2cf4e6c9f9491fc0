package deck

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// htmlParser also opens a block at a line that is only a closing tag such as
// </style>, as Marp does.
type htmlParser struct{ parser.BlockParser }

func (p htmlParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, r, pc)
	if n != nil || ast.IsParagraph(pc.LastOpenedBlock().Node) {
		return n, state
	}
	line, seg := r.PeekLine()
	if !rawTextEnd(line) {
		return nil, parser.NoChildren
	}
	block := ast.NewHTMLBlock(ast.HTMLBlockType7)
	block.Lines().Append(seg)
	r.AdvanceToEOL()
	return block, parser.NoChildren
}

// Continue ends a style sheet only at its own end tag, as Marp does.
func (p htmlParser) Continue(n ast.Node, r text.Reader, pc parser.Context) parser.State {
	block := n.(*ast.HTMLBlock)
	first := block.Lines().At(0)
	if !isStyle(first.Value(r.Source())) {
		return p.BlockParser.Continue(n, r, pc)
	}
	if block.Lines().Len() == 1 && endsStyle(first.Value(r.Source())) {
		return parser.Close
	}
	line, seg := r.PeekLine()
	r.AdvanceToEOL()
	if endsStyle(line) {
		block.ClosureLine = seg
		return parser.Close
	}
	block.Lines().Append(seg)
	return parser.Continue | parser.NoChildren
}

func isStyle(html []byte) bool {
	html = bytes.TrimLeft(html, " ")
	return len(html) > 6 && bytes.EqualFold(html[:6], []byte("<style")) && bytes.IndexByte([]byte(" \t\r\n>"), html[6]) >= 0
}

func endsStyle(line []byte) bool {
	return bytes.Contains(line, []byte("</")) && bytes.Contains(bytes.ToLower(line), []byte("</style>"))
}

// rawTextEnd reports whether a line is the end tag of an element whose content
// is raw text, and nothing else.
func rawTextEnd(line []byte) bool {
	line = bytes.TrimSpace(line)
	if !bytes.HasPrefix(line, []byte("</")) || line[len(line)-1] != '>' {
		return false
	}
	switch name := bytes.ToLower(bytes.TrimSpace(line[2 : len(line)-1])); string(name) {
	case "script", "pre", "style", "textarea":
		return true
	}
	return false
}
