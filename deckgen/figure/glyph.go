package figure

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

//go:embed font/mplus-1p-regular.ttf
var mplus []byte

// typeface is the font of all text. It is parsed when the first text is drawn, not when a program starts.
var typeface = sync.OnceValue(func() *opentype.Font {
	f, err := opentype.Parse(mplus)
	if err != nil {
		panic(err) // it is embedded, and the tests draw with it
	}
	return f
})

// face is the font in a size.
func face(size vg.Length) font.Face {
	return font.Face{Font: font.Font{Typeface: "M+ 1p", Size: size}, Face: typeface()}
}

// glyphSize is the size in which outlines are kept: that of nearly all text, which then needs no scale. drawing.go
// of the package browser knows it, and their names.
const glyphSize = 20

// A glyphSet holds the outlines of the glyphs of a picture, in the order of their first use.
type glyphSet struct {
	seen     map[rune]bool
	outlines bytes.Buffer
	buf      sfnt.Buffer
}

// write writes a line of text as uses of outlines and returns its width at glyphSize.
func (g *glyphSet) write(out *bytes.Buffer, f font.Face, text string) (width float64, err error) {
	em := fixed.Int26_6(f.Face.UnitsPerEm())
	unit := glyphSize / float64(em)
	units := 0
	for _, r := range text {
		i, err := f.Face.GlyphIndex(&g.buf, r)
		if err == nil && i == 0 {
			err = fmt.Errorf("the font has no %q, which is in %q", r, text)
		}
		if err != nil {
			return 0, err
		}
		if err := g.add(r, i, f.Face, unit); err != nil {
			return 0, err
		}
		if r != ' ' && r != '　' {
			fmt.Fprintf(out, `<use href="#u%x"`, r)
			if units > 0 {
				fmt.Fprintf(out, ` x="%s"`, decimal(float64(units)*unit, 1))
			}
			out.WriteString("/>")
		}
		advance, err := f.Face.GlyphAdvance(&g.buf, i, em, 0)
		if err != nil {
			return 0, err
		}
		units += int(advance)
	}
	return float64(units) * unit, nil
}

func (g *glyphSet) add(r rune, i sfnt.GlyphIndex, f *opentype.Font, unit float64) error {
	if g.seen[r] {
		return nil
	}
	if g.seen == nil {
		g.seen = map[rune]bool{}
	}
	g.seen[r] = true
	segments, err := f.LoadGlyph(&g.buf, i, fixed.Int26_6(f.UnitsPerEm()), nil)
	if err != nil || len(segments) == 0 {
		return err
	}
	fmt.Fprintf(&g.outlines, `<path id="u%x" d="`, r)
	pen := pen{out: &g.outlines, digits: 2}
	for _, s := range segments {
		var xy []float64
		for _, a := range s.Args {
			xy = append(xy, float64(a.X)*unit, float64(a.Y)*unit)
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			pen.move(xy[0], xy[1])
		case sfnt.SegmentOpLineTo:
			pen.line(xy[0], xy[1])
		case sfnt.SegmentOpQuadTo:
			pen.curve(xy[:4]...)
		case sfnt.SegmentOpCubeTo:
			pen.curve(xy...)
		}
	}
	g.outlines.WriteString("\"/>\n")
	return nil
}

func (g *glyphSet) writeTo(b *bytes.Buffer) { b.Write(g.outlines.Bytes()) }
