package deck

import (
	"sort"

	"github.com/yuin/goldmark/ast"
)

// A Block is something that takes up room on a slide by itself.
type Block struct {
	Kind      BlockKind
	Slide     int
	Line, Col int // 1-based; Col counts characters

	Language string // of fenced code, as its first word says
	TeX      string // of a formula, without its dollars; empty if it does not end where it should
	At       int    // offset of the TeX
}

// A BlockKind is what a Block is.
type BlockKind int

// The kinds of blocks.
const (
	TableBlock BlockKind = iota
	CodeBlock            // fenced or indented
	Formula              // between $$, or $ in a line of text
)

// mark notes a block at an offset, each behind the last.
func (b *builder) mark(kind BlockKind, at int) {
	b.blockAt = append(b.blockAt, at)
	b.deck.Blocks = append(b.deck.Blocks, Block{Kind: kind})
}

// markFence notes fenced code.
func (b *builder) markFence(n *ast.FencedCodeBlock) {
	b.mark(CodeBlock, n.Pos())
	b.deck.Blocks[len(b.deck.Blocks)-1].Language = string(n.Language(b.src))
}

// markFormula notes a formula at an offset.
func (b *builder) markFormula(at int, tex span) {
	b.mark(Formula, at)
	k := &b.deck.Blocks[len(b.deck.Blocks)-1]
	k.TeX, k.At = tex.in(b.src), tex.start
}

func (b *builder) placeBlocks() {
	p := b.pen()
	for i, at := range b.blockAt {
		k := &b.deck.Blocks[i]
		k.Slide, k.Line, k.Col = p.move(at)
	}
}

// BlocksOn are the blocks of a kind on a slide, 1-based, in order.
func (d *Deck) BlocksOn(slide int, kind BlockKind) (found []Block) {
	first := sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Slide >= slide })
	for _, k := range d.Blocks[first:] {
		if k.Slide != slide {
			break
		}
		if k.Kind == kind {
			found = append(found, k)
		}
	}
	return found
}
