package deck

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parsers in this file keep hostile decks from costing more than time in
// proportion to their size. Their limits are Marp's where Marp has one, and far
// beyond what a person writes where it has none.

// maxNesting is how deep Marp looks into quotes and lists.
const maxNesting = 20

// shallow refuses to open containers deeper than Marp would: what is in there
// is not shown, and following it would cost time that grows with the square of
// the depth.
type shallow struct{ parser.BlockParser }

func (p shallow) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth > maxNesting {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

// maxParentheses is how deep Marp follows them in a destination.
const maxParentheses = 32

// withinReach hides a destination that Marp would not accept, so that no time
// goes into finding its end. line starts with the bracket before it.
func withinReach(block text.Reader, line []byte) text.Reader {
	if len(line) < 3 || line[0] != ']' || line[1] != '(' {
		return block
	}
	if rest := line[2:]; rest[0] == '<' && unclosedAngle(rest[1:]) || deepParentheses(rest) {
		return noDestination{block}
	}
	return block
}

// unclosedAngle reports whether a < comes before the > that ends a destination.
func unclosedAngle(line []byte) bool {
	i := bytes.IndexAny(line, "<>")
	return i < 0 || line[i] == '<' && (i == 0 || line[i-1] != '\\')
}

func deepParentheses(line []byte) bool {
	depth := 0
	for i := 0; i < len(line) && !util.IsSpace(line[i]); i++ {
		switch line[i] {
		case '\\':
			i++
		case '(':
			if depth++; depth > maxParentheses {
				return true
			}
		case ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return false
}

// noDestination is a reader in which nothing follows a closing bracket.
type noDestination struct{ text.Reader }

func (noDestination) Peek() byte { return ' ' }

// maxDelimiters bounds the runs of *, _ and ~ in one paragraph: matching them
// costs time with the square of their number.
const maxDelimiters = 2000

// emphasis stops at so many delimiters.
type emphasis struct{ parser.InlineParser }

func (p emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := pc.Get(spansKey).(*spans)
	if s.paragraph != parent {
		s.paragraph, s.delimiters = parent, 0
	}
	if s.delimiters++; s.delimiters > maxDelimiters {
		s.crowded[parent] = true
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// maxDefinitions is how many lines of definitions are taken out of a paragraph
// at a time: each costs time with the number of lines.
const maxDefinitions = 500

// definitions takes them out of long paragraphs in portions.
type definitions struct{ parser.ParagraphTransformer }

func (t definitions) Transform(n *ast.Paragraph, r text.Reader, pc parser.Context) {
	for n.Lines().Len() > maxDefinitions {
		if !t.portion(n, r, pc) {
			return
		}
	}
	t.ParagraphTransformer.Transform(n, r, pc)
}

// portion takes the definitions out of the first lines of a paragraph. It
// returns false when other text is left of them.
func (t definitions) portion(n *ast.Paragraph, r text.Reader, pc parser.Context) bool {
	lines := n.Lines()
	first := ast.NewParagraph()
	for i := range maxDefinitions {
		first.Lines().Append(lines.At(i))
	}
	n.Parent().InsertBefore(n.Parent(), n, first)
	t.ParagraphTransformer.Transform(first, r, pc)
	rest := lines.Sliced(maxDefinitions, lines.Len())
	consumed := first.Parent() == nil
	if !consumed {
		first.Parent().RemoveChild(first.Parent(), first)
		rest = append(first.Lines().Sliced(0, first.Lines().Len()), rest...)
	}
	kept := text.NewSegments()
	kept.AppendAll(rest)
	n.SetLines(kept)
	return consumed
}
