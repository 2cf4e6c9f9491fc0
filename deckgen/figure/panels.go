package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
)

// Panels is a grid of small plots that share their axes. The curves are labelled once, above the grid, after those of
// the first panel.
type Panels struct {
	Size    Size // Large by default
	X, Y    Axis
	Columns int // 0: as square as can be
	Panels  []Panel
}

// A Panel is one plot of a grid.
type Panel struct {
	Caption string // such as "σ = 0.54"
	Curves  []Curve
}

// Draw draws the figure.
func (p Panels) Draw(name, alt string) (Figure, error) {
	c := newCanvas(p.Size, Large)
	return c.figure(name, alt, p.draw(c))
}

func (p Panels) draw(c *canvas) error {
	if len(p.Panels) == 0 {
		return errEmpty
	}
	var all []Curve
	for _, q := range p.Panels {
		all = append(all, q.Curves...)
	}
	if err := checkCurves(all); err != nil {
		return err
	}
	x, y, err := fitCurves(p.X, p.Y, all)
	if err != nil {
		return err
	}
	top := c.h - margin - textSize/2
	c.text(y.Label, margin, top, left, black)
	c.legend(top, p.Panels[0].Curves)
	g := c.grid(len(p.Panels), p.Columns, x, y, lineStep)
	for i, q := range p.Panels {
		a := g.axes(c, i)
		a.grid()
		c.text(q.Caption, a.area.Min.X, a.area.Max.Y+captionRise, left, black)
		a.curves(q.Curves, panelW)
	}
	return nil
}

// legend writes the names of curves in their colours in one line, up to the right edge.
func (c *canvas) legend(y vg.Length, curves []Curve) {
	x := c.w - margin
	for i := len(curves) - 1; i >= 0; i-- {
		k := curves[i]
		if k.Label == "" {
			continue
		}
		col := k.Color.or(i)
		c.text(k.Label, x, y, right, col.text())
		x -= textWidth(k.Label) + 8
		style := line(curveW, col.line())
		if k.Dashed {
			style.Dashes = []vg.Length{5, 8}
		}
		c.setLine(style)
		c.Stroke(vg.Path{{Type: vg.MoveComp, Pos: vg.Point{X: x - 30, Y: y}}, {Type: vg.LineComp, Pos: vg.Point{X: x, Y: y}}})
		x -= 30 + 24
	}
}

// A grid is the places of small plots that share their axes.
type grid struct {
	x, y       Axis
	n, columns int
	first      vg.Rectangle // the data of the plot at the top left
	step       vg.Point     // from one plot to the next to the right and below
}

// grid divides what is below the legend among n plots with a caption of that height above each.
func (c *canvas) grid(n, columns int, x, y Axis, caption vg.Length) grid {
	if columns <= 0 {
		columns = int(math.Ceil(math.Sqrt(float64(n))))
	}
	columns = min(columns, n)
	rows := (n + columns - 1) / columns
	t := x.across(c.w / vg.Length(columns))
	between := max(24, labelWidth(t[:1])/2+lastWidth(t)/2+14)
	const below vg.Length = 8
	box := vg.Rectangle{Min: vg.Point{X: margin, Y: margin + lineStep}, Max: vg.Point{X: c.w - margin, Y: c.h - margin - lineStep}}
	if x.Label != "" {
		box.Min.Y += lineStep
	}
	high := (box.Size().Y-below*vg.Length(rows-1))/vg.Length(rows) - caption
	box.Min.X += labelWidth(y.up(high)) + 8
	wide := (box.Size().X - between*vg.Length(columns-1)) / vg.Length(columns)
	edge := lastWidth(x.across(wide)) / 2
	wide -= edge / vg.Length(columns)
	g := grid{x: x, y: y, n: n, columns: columns, step: vg.Point{X: wide + between, Y: high + caption + below}}
	g.first = vg.Rectangle{Min: vg.Point{X: box.Min.X, Y: box.Max.Y - caption - high}, Max: vg.Point{X: box.Min.X + wide, Y: box.Max.Y - caption}}
	if (wide < leastSide || high < leastSide/2) && c.err == nil {
		c.err = fmt.Errorf("%d plots in %d columns leave %.0f×%.0f px for each; show fewer or take a larger size", n, columns, wide, high)
	}
	middle := box.Min.X + (vg.Length(columns)*(wide+between)-between)/2
	c.text(x.Label, middle, margin+textSize/2, center, black)
	return g
}

// place is where the data of plot i go.
func (g grid) place(i int) vg.Rectangle {
	shift := vg.Point{X: g.step.X * vg.Length(i%g.columns), Y: -g.step.Y * vg.Length(i/g.columns)}
	return g.first.Add(shift)
}

// axes gives the axes of plot i and writes the numbers, only at the left and under the lowest of each column.
func (g grid) axes(c *canvas, i int) axes {
	a := c.over(g.place(i), g.x, g.y)
	if i%g.columns == 0 {
		a.yTicks(c)
	}
	if i+g.columns >= g.n {
		a.xTicks(c)
	}
	return a
}
