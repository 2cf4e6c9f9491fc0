package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Histograms is a row of distributions that share their axes, such as the activations of each layer.
type Histograms struct {
	Size   Size // Wide by default
	X, Y   Axis // X with a range; bars above Y.Max are broken off, and say so
	Panels []Histogram
}

// A Histogram is a distribution over the range of the x axis in bars of equal width.
type Histogram struct {
	Caption string    // such as "第1層"
	Counts  []float64 // one for each bar, from X.Min to X.Max
	Marked  []int     // bars that the picture is about, such as the saturated ends: vermilion
	Note    string    // what they are and how many, such as "飽和 72%"; gray where they hold next to nothing
}

// Draw draws the figure.
func (h Histograms) Draw(name, alt string) (Figure, error) {
	c := newCanvas(h.Size, Wide)
	return c.figure(name, alt, h.draw(c))
}

func (h Histograms) draw(c *canvas) error {
	h, err := h.fit()
	if err != nil {
		return err
	}
	h.rows(c, h.places(c))
	return nil
}

// fit checks the data and gives the y axis its range.
func (h Histograms) fit() (Histograms, error) {
	if len(h.Panels) == 0 {
		return h, errEmpty
	}
	if h.X.Log || h.X.Min >= h.X.Max {
		return h, fmt.Errorf("axis %q: a histogram needs a linear axis with a range", h.X.Label)
	}
	var counts [][]float64
	for _, p := range h.Panels {
		if len(p.Counts) == 0 {
			return h, fmt.Errorf("histogram %q: %w", p.Caption, errEmpty)
		}
		for _, m := range p.Marked {
			if m < 0 || m >= len(p.Counts) {
				return h, fmt.Errorf("histogram %q: bar %d is marked, of %d", p.Caption, m, len(p.Counts))
			}
		}
		counts = append(counts, p.Counts)
	}
	var err error
	h.Y, err = h.Y.fit(false, append(counts, []float64{0})...)
	return h, err
}

// places lays out the row, with a second line above the plots where one has a note.
func (h Histograms) places(c *canvas) grid {
	caption := lineStep
	if slices.ContainsFunc(h.Panels, func(p Histogram) bool { return p.Note != "" }) {
		caption += lineStep
	}
	c.text(h.Y.Label, margin, c.h-margin-textSize/2, left, black)
	return c.grid(len(h.Panels), len(h.Panels), h.X, h.Y, caption)
}

// rows draws the plots in their places.
func (h Histograms) rows(c *canvas, g grid) {
	for i, p := range h.Panels {
		a := g.axes(c, i)
		a.grid()
		p.content(c, a, h.Y)
	}
}

func (p Histogram) content(c *canvas, a axes, y Axis) {
	c.text(p.Note, a.area.Min.X, a.area.Max.Y+captionRise, left, p.noteColor())
	c.text(p.Caption, a.area.Min.X, a.caption(c), left, black)
	a.bars(p)
	p.heights(c, a, y)
}

func (p Histogram) noteColor() color.Color {
	marked, all := 0.0, 0.0
	for i, n := range p.Counts {
		all += n
		if slices.Contains(p.Marked, i) {
			marked += n
		}
	}
	if marked < all/100 {
		return gray
	}
	return Vermilion.text()
}

// heights writes how tall the bars are that are broken off: beside a bar alone, on both sides of two together, and of
// more only the outer ones. At the left edge there is room for one number alone.
func (p Histogram) heights(c *canvas, a axes, y Axis) {
	tall := func(i int) bool { return i >= 0 && i < len(p.Counts) && p.Counts[i] > y.Max }
	write := func(n float64, x vg.Length, at anchor) {
		c.text(y.number(n, y.digits()), x, a.area.Max.Y-textSize/2, at, black)
	}
	for from := range p.Counts {
		if !tall(from) || tall(from-1) {
			continue
		}
		to := from
		for tall(to + 1) {
			to++
		}
		l, r := p.bar(a, from).Min.X-5, p.bar(a, to).Max.X+5
		roomy := l-textWidth(y.number(1, y.digits())) > a.area.Min.X
		switch {
		case !roomy:
			write(slices.Max(p.Counts[from:to+1]), r, left)
		case from < to:
			write(p.Counts[from], l, right)
			write(p.Counts[to], r, left)
		case to > len(p.Counts)*2/3:
			write(p.Counts[to], l, right)
		default:
			write(p.Counts[to], r, left)
		}
	}
}

// caption is the height of the line under the name of the y axis.
func (a axes) caption(c *canvas) vg.Length { return c.h - margin - lineStep - textSize/2 }

// bars draws the bars of a histogram.
func (a axes) bars(p Histogram) {
	var plain, marked, broken vg.Path
	for i, n := range p.Counts {
		if !finite(n) || n <= 0 {
			continue
		}
		path := &plain
		if slices.Contains(p.Marked, i) {
			path = &marked
		}
		r := p.bar(a, i)
		addPolyline(path, []vg.Point{r.Min, {X: r.Min.X, Y: r.Max.Y}, r.Max, {X: r.Max.X, Y: r.Min.Y}})
		path.Close()
		if n > a.y.Max {
			cut(&broken, r)
		}
	}
	for _, fill := range []struct {
		path  vg.Path
		color Color
	}{{plain, Blue}, {marked, Vermilion}} {
		if len(fill.path) > 0 {
			a.area.SetColor(fill.color.line())
			a.area.Fill(fill.path)
		}
	}
	a.area.SetLineStyle(line(2.5, white))
	a.area.Stroke(broken)
}

// bar is the rectangle of a bar: at least a pixel high, so that no value vanishes, and with a thin gap to the next.
func (p Histogram) bar(a axes, i int) vg.Rectangle {
	x := func(i int) float64 {
		return a.x.Min + (a.x.Max-a.x.Min)*float64(i)/float64(len(p.Counts))
	}
	lo, hi := a.at(x(i), a.y.Min), a.at(x(i+1), math.Min(p.Counts[i], a.y.Max))
	gap := min(1, (hi.X-lo.X)/8)
	return vg.Rectangle{Min: vg.Point{X: lo.X + gap/2, Y: lo.Y}, Max: vg.Point{X: hi.X - gap/2, Y: max(hi.Y, lo.Y+1)}}
}

// cut adds the two slanting strokes of a bar that is taller than the axis.
func cut(path *vg.Path, r vg.Rectangle) {
	for _, down := range []vg.Length{12, 18} {
		path.Move(vg.Point{X: r.Min.X - 2, Y: r.Max.Y - down - 3})
		path.Line(vg.Point{X: r.Max.X + 2, Y: r.Max.Y - down + 3})
	}
}
