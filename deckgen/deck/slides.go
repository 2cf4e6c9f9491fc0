package deck

import (
	"bytes"
	"slices"
	"sort"

	"github.com/yuin/goldmark/ast"
)

// A slideBreak is a place where a slide may start: a ruler, or a heading of a
// level that headingDivider may name.
type slideBreak struct {
	offset  int // of the start of its line
	level   int // of the heading, 0 for a ruler
	visible bool
	heading ast.Node
}

// ruler notes a thematic break at the top level.
func (b *builder) ruler(n ast.Node) {
	b.breaks = append(b.breaks, slideBreak{offset: b.lineStart(n.Pos())})
}

// heading notes a heading at any level, and whether something shows before it.
func (b *builder) heading(n *ast.Heading, shown bool) {
	at := n.Pos()
	if n.Lines().Len() > 0 {
		at = n.Lines().At(0).Start
	}
	b.breaks = append(b.breaks, slideBreak{b.lineStart(at), n.Level, shown, n})
}

func (b *builder) lineStart(at int) int {
	return bytes.LastIndexByte(b.src[:max(at, 0)], '\n') + 1
}

// divide makes the slides: one, and one more for each ruler, and for each
// heading of a level in headingDivider that has something visible before it.
func (b *builder) divide() {
	d := b.deck
	first := d.FrontMatter.End
	d.Slides = []Slide{{Start: first, from: first}}
	for _, br := range b.breaks {
		last := &d.Slides[len(d.Slides)-1]
		switch {
		case br.level == 0:
			last.End = br.offset
			d.Slides = append(d.Slides, Slide{Start: nextLine(b.src, br.offset), from: br.offset})
		case slices.Contains(d.HeadingDivider, br.level) && br.visible:
			last.End = br.offset
			d.Slides = append(d.Slides, Slide{Start: br.offset, from: br.offset})
		}
	}
	d.Slides[len(d.Slides)-1].End = len(d.Src)
	b.describeSlides()
}

// describeSlides adds what is on each slide.
func (b *builder) describeSlides() {
	d := b.deck
	next := 0
	for i := range d.Slides {
		s := &d.Slides[i]
		s.Line = d.lineOf(s.Start) + 1
		for ; next < len(b.breaks) && b.breaks[next].offset < s.End; next++ {
			if br := b.breaks[next]; br.offset >= s.Start && br.heading != nil && s.Heading == "" {
				s.Heading, s.HeadingLine = b.plainText(br.heading), d.lineOf(br.offset)+1
			}
		}
		v := sort.SearchInts(b.visible, s.Start)
		s.Blank = v == len(b.visible) || b.visible[v] >= s.End
	}
}
