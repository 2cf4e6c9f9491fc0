package figure

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A canvas is a vg.Canvas that writes SVG. One unit of vg.Length is one pixel of the slide. Text becomes outlines, each
// glyph once. Coordinates keep one decimal, so that the last bits, in which processors differ, never show.
type canvas struct {
	w, h   vg.Length
	body   bytes.Buffer
	glyphs glyphSet
	style  string // CSS, for what moves
	state  state
	stack  []state
	layer  int          // of a film; 0: in all frames
	words  []word       // what was written and where, for the tests
	ink    vg.Rectangle // around all that was drawn, for the tests
	err    error        // the first thing that could not be drawn
}

type state struct {
	width vg.Length
	dash  []vg.Length
	color color.Color
	at    affine
}

// A word is a line of text on the canvas.
type word struct {
	text  string
	box   vg.Rectangle
	size  vg.Length
	col   color.Color
	layer int
}

// An affine maps x to at[0]x + at[2]y + at[4] and y to at[1]x + at[3]y + at[5].
type affine [6]float64

var _ vg.CanvasSizer = (*canvas)(nil)

func newCanvas(s, usual Size) *canvas {
	if s == (Size{}) {
		s = usual
	}
	c := &canvas{w: vg.Length(s.W), h: vg.Length(s.H)}
	c.state = state{width: 1, color: color.Black, at: affine{1, 0, 0, 1, 0, 0}}
	c.ink = vg.Rectangle{Min: vg.Point{X: c.w / 2, Y: c.h / 2}, Max: vg.Point{X: c.w / 2, Y: c.h / 2}}
	return c
}

// figure closes the canvas.
func (c *canvas) figure(name, alt string, err error) (Figure, error) {
	if err == nil {
		err = c.err
	}
	if err == nil && alt == "" {
		err = errors.New("it needs an alternative text")
	}
	if err != nil {
		return Figure{}, fmt.Errorf("figure %q: %w", name, err)
	}
	var b bytes.Buffer
	w, h := strconv.Itoa(int(c.w)), strconv.Itoa(int(c.h))
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img">`, w, h, w, h)
	fmt.Fprintf(&b, "\n<title>%s</title>\n", html.EscapeString(alt))
	if c.style != "" {
		fmt.Fprintf(&b, "<style>%s</style>\n", c.style)
	}
	b.WriteString("<defs>\n")
	c.glyphs.writeTo(&b)
	b.WriteString("</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<g stroke-linecap=\"round\" stroke-linejoin=\"round\">\n")
	b.Write(c.body.Bytes())
	b.WriteString("</g>\n</svg>\n")
	return Figure{Name: name, Alt: alt, SVG: b.Bytes()}, nil
}

// group draws what f draws inside a group with the given attributes.
func (c *canvas) group(attrs string, f func()) {
	fmt.Fprintf(&c.body, "<g %s>\n", attrs)
	f()
	c.body.WriteString("</g>\n")
}

func (c *canvas) Size() (w, h vg.Length)                 { return c.w, c.h }
func (c *canvas) SetLineWidth(w vg.Length)               { c.state.width = w }
func (c *canvas) SetColor(col color.Color)               { c.state.color = col }
func (c *canvas) Push()                                  { c.stack = append(c.stack, c.state) }
func (c *canvas) Translate(p vg.Point)                   { c.transform(affine{1, 0, 0, 1, float64(p.X), float64(p.Y)}) }
func (c *canvas) Scale(x, y float64)                     { c.transform(affine{x, 0, 0, y, 0, 0}) }
func (c *canvas) SetLineDash(d []vg.Length, _ vg.Length) { c.state.dash = d }

func (c *canvas) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	c.transform(affine{cos, sin, -sin, cos, 0, 0})
}

func (c *canvas) Pop() {
	last := len(c.stack) - 1
	c.state, c.stack = c.stack[last], c.stack[:last]
}

func (c *canvas) transform(m affine) {
	a := c.state.at
	c.state.at = affine{
		a[0]*m[0] + a[2]*m[1], a[1]*m[0] + a[3]*m[1],
		a[0]*m[2] + a[2]*m[3], a[1]*m[2] + a[3]*m[3],
		a[0]*m[4] + a[2]*m[5] + a[4], a[1]*m[4] + a[3]*m[5] + a[5],
	}
}

// place maps a point to pixels from the top left corner, as SVG has it.
func (c *canvas) place(p vg.Point) (x, y float64) {
	a, px, py := c.state.at, float64(p.X), float64(p.Y)
	return a[0]*px + a[2]*py + a[4], float64(c.h) - (a[1]*px + a[3]*py + a[5])
}

// mark widens the ink by a point in pixels from the top left with a margin around it.
func (c *canvas) mark(x, y, margin float64) {
	px, py, m := vg.Length(x), c.h-vg.Length(y), vg.Length(margin)
	c.ink.Min.X, c.ink.Min.Y = min(c.ink.Min.X, px-m), min(c.ink.Min.Y, py-m)
	c.ink.Max.X, c.ink.Max.Y = max(c.ink.Max.X, px+m), max(c.ink.Max.Y, py+m)
}

func (c *canvas) Stroke(p vg.Path) {
	if c.state.width <= 0 || len(p) == 0 {
		return
	}
	c.body.WriteString(`<path d="`)
	c.outline(p, float64(c.state.width)/2)
	fmt.Fprintf(&c.body, `" fill="none"%s stroke-width="%s"`, paint("stroke", c.state.color), decimal(float64(c.state.width), 2))
	for i, d := range c.state.dash {
		sep := " "
		if i == 0 {
			sep = ` stroke-dasharray="`
		}
		c.body.WriteString(sep + decimal(float64(d), 2))
	}
	if len(c.state.dash) > 0 {
		c.body.WriteByte('"')
	}
	c.body.WriteString("/>\n")
}

func (c *canvas) Fill(p vg.Path) {
	c.body.WriteString(`<path d="`)
	c.outline(p, 0)
	fmt.Fprintf(&c.body, "\"%s/>\n", paint("fill", c.state.color))
}

// facet fills a polygon and strokes its edges in the same colour, so that no seam shows to its neighbours.
func (c *canvas) facet(p vg.Path, col color.Color) {
	c.body.WriteString(`<path d="`)
	c.outline(p, 0.3)
	fmt.Fprintf(&c.body, "\"%s/>\n", paint("color", col))
}

// outline writes a path as SVG path data.
func (c *canvas) outline(path vg.Path, margin float64) {
	pen := pen{out: &c.body, digits: 1}
	for _, s := range path {
		switch s.Type {
		case vg.CloseComp:
			pen.close()
			continue
		case vg.ArcComp:
			c.arc(&pen, s, margin)
			continue
		}
		for _, q := range s.Control {
			c.mark2(q, margin)
		}
		c.mark2(s.Pos, margin)
		switch {
		case s.Type == vg.MoveComp:
			pen.move(c.place(s.Pos))
		case s.Type == vg.LineComp:
			pen.line(c.place(s.Pos))
		default:
			var xy []float64
			for _, q := range append(s.Control[:len(s.Control):len(s.Control)], s.Pos) {
				x, y := c.place(q)
				xy = append(xy, x, y)
			}
			pen.curve(xy...)
		}
	}
}

func (c *canvas) mark2(p vg.Point, margin float64) {
	x, y := c.place(p)
	c.mark(x, y, margin)
}

// arc draws an arc as cubic curves of an eighth of a turn at most.
func (c *canvas) arc(pen *pen, s vg.PathComp, margin float64) {
	n := max(1, int(math.Ceil(math.Abs(s.Angle)/(math.Pi/4))))
	step := s.Angle / float64(n)
	k := 4.0 / 3 * math.Tan(step/4)
	at := func(t, along float64) (x, y float64) { // on the circle, then along its tangent
		sin, cos := math.Sincos(t)
		r := float64(s.Radius)
		p := vg.Point{X: s.Pos.X + vg.Length(r*(cos-along*sin)), Y: s.Pos.Y + vg.Length(r*(sin+along*cos))}
		c.mark2(p, margin)
		return c.place(p)
	}
	x, y := at(s.Start, 0)
	if pen.started {
		pen.line(x, y)
	} else {
		pen.move(x, y)
	}
	for i := range n {
		t := s.Start + float64(i)*step
		x1, y1 := at(t, k)
		x2, y2 := at(t+step, -k)
		x3, y3 := at(t+step, 0)
		pen.curve(x1, y1, x2, y2, x3, y3)
	}
}

func (c *canvas) FillString(f font.Face, p vg.Point, text string) {
	size := float64(f.Font.Size)
	if size <= 0 || text == "" {
		return
	}
	x, y := c.place(p)
	a, scale := c.state.at, size/glyphSize
	if a[1] == 0 && a[2] == 0 && a[0] == 1 && a[3] == 1 {
		fmt.Fprintf(&c.body, `<g transform="translate(%s %s)`, decimal(x, 1), decimal(y, 1))
	} else {
		fmt.Fprintf(&c.body, `<g transform="matrix(%s %s %s %s %s %s)`, decimal(a[0], 4), decimal(-a[1], 4),
			decimal(-a[2], 4), decimal(a[3], 4), decimal(x, 1), decimal(y, 1))
	}
	if scale != 1 {
		fmt.Fprintf(&c.body, " scale(%s)", decimal(scale, 4))
	}
	fmt.Fprintf(&c.body, "\"%s>", paint("fill", c.state.color))
	width, err := c.glyphs.write(&c.body, f, text)
	if err != nil && c.err == nil {
		c.err = err
	}
	c.body.WriteString("</g>\n")
	box := vg.Rectangle{Min: vg.Point{X: p.X, Y: p.Y - 0.12*f.Font.Size}, Max: vg.Point{X: p.X + vg.Length(width*scale), Y: p.Y + 0.85*f.Font.Size}}
	c.mark2(box.Min, 0)
	c.mark2(box.Max, 0)
	c.words = append(c.words, word{text, box, f.Font.Size, c.state.color, c.layer})
}

// DrawImage draws each pixel of the image as a sharp rectangle.
func (c *canvas) DrawImage(r vg.Rectangle, img image.Image) {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.NoCompression} // compressed bytes may change with the version of Go
	if err := enc.Encode(&b, img); err != nil && c.err == nil {
		c.err = err
	}
	c.mark2(r.Min, 0)
	c.mark2(r.Max, 0)
	x, y := c.place(vg.Point{X: r.Min.X, Y: r.Max.Y})
	fmt.Fprintf(&c.body, `<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,%s"/>`+"\n",
		decimal(x, 1), decimal(y, 1), decimal(float64(r.Size().X), 1), decimal(float64(r.Size().Y), 1), base64.StdEncoding.EncodeToString(b.Bytes()))
}

// paint is the attribute for a colour and its opacity.
func paint(what string, col color.Color) string {
	if col == nil {
		col = color.Black
	}
	n := color.NRGBAModel.Convert(col).(color.NRGBA)
	s := fmt.Sprintf(` %s="#%02x%02x%02x"`, what, n.R, n.G, n.B)
	if n.A < 255 {
		s += fmt.Sprintf(` %s-opacity="%s"`, what, decimal(float64(n.A)/255, 2))
	}
	return s
}

// setLine sets the style of strokes.
func (c *canvas) setLine(s draw.LineStyle) {
	c.state.color, c.state.width, c.state.dash = s.Color, s.Width, s.Dashes
}
