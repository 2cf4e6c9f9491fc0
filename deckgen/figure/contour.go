package figure

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Contour shows a function of two variables by its contour lines, and what happens on it: the paths of optimizers, or
// the steepest descent at each place.
type Contour struct {
	Size    Size // Normal by default
	Title   string
	X, Y    Axis // with a range
	F       func(x, y float64) float64
	Levels  []float64 // of the contours; nil: some that suit the range
	Arrows  bool      // draw −∇F on a grid
	Paths   []Path
	Minimum *Point // marked by a cross
	Equal   bool   // one unit is as long on both axes, so that right angles are right
	Moving  bool   // the paths draw themselves, over and over; in print they stand complete
}

// A Path is a sequence of places, each step a dot.
type Path struct {
	Label  string
	Points []Point
	Color  Color
}

// Contours shows several Contour side by side with shared axes: the axes, F and levels of the first
// hold for all.
type Contours struct {
	Size    Size // Large by default
	Columns int  // 0: as square as can be
	Each    []Contour
}

// Draw draws the figure.
func (k Contour) Draw(name, alt string) (Figure, error) {
	c := newCanvas(k.Size, Normal)
	return c.figure(name, alt, k.draw(c))
}

func (k Contour) draw(c *canvas) error {
	lines, err := k.prepare()
	if err != nil {
		return err
	}
	var legend []Curve
	for _, p := range k.Paths {
		legend = append(legend, Curve{Label: p.Label, Color: p.Color})
	}
	top := k.Y
	if top.Label == "" && len(legend) > 0 {
		top.Label = " " // the legend stands in its line
	}
	r := c.layout(k.Title, k.X, top, 0)
	c.legend(r.Max.Y+lineStep, legend)
	if k.Equal {
		r = square(r, (k.X.Max-k.X.Min)/(k.Y.Max-k.Y.Min))
	}
	a := c.over(r, k.X, k.Y)
	k.content(c, a, lines)
	a.names(c, k.X, k.Y)
	c.move(k.Moving, k.steps())
	return nil
}

// Draw draws the figure.
func (k Contours) Draw(name, alt string) (Figure, error) {
	c := newCanvas(k.Size, Large)
	return c.figure(name, alt, k.draw(c))
}

func (k Contours) draw(c *canvas) error {
	if len(k.Each) == 0 {
		return errEmpty
	}
	first := k.Each[0]
	c.text(first.Y.Label, margin, c.h-margin-textSize/2, left, black)
	g := c.grid(len(k.Each), k.Columns, first.X, first.Y, lineStep)
	lines, err := first.prepare()
	if err != nil {
		return err
	}
	steps := 0
	for i, one := range k.Each {
		one.X, one.Y, one.F, one.Moving = first.X, first.Y, first.F, first.Moving
		if err := one.check(); err != nil {
			return fmt.Errorf("%s: %w", one.Title, err)
		}
		a := g.axes(c, i)
		one.content(c, a, lines)
		title := black
		if len(one.Paths) == 1 {
			title = one.Paths[0].Color.or(0).text()
		}
		c.text(one.Title, a.area.Min.X, a.area.Max.Y+captionRise, left, title)
		steps = max(steps, one.steps())
	}
	c.move(first.Moving, steps)
	return nil
}

// square shrinks a rectangle to a ratio of width to height, about its middle.
func square(r vg.Rectangle, ratio float64) vg.Rectangle {
	w, h := r.Size().X, r.Size().Y
	dx, dy := max(0, w-h*vg.Length(ratio))/2, max(0, h-w/vg.Length(ratio))/2
	return vg.Rectangle{Min: r.Min.Add(vg.Point{X: dx, Y: dy}), Max: r.Max.Sub(vg.Point{X: dx, Y: dy})}
}

func (k Contour) check() error {
	if k.F == nil {
		return errors.New("there is no function to draw")
	}
	if k.X.Log || k.Y.Log || k.X.Min >= k.X.Max || k.Y.Min >= k.Y.Max {
		return errors.New("the plane of a function needs linear axes with a range")
	}
	for _, p := range k.Paths {
		if len(p.Points) == 0 {
			return fmt.Errorf("path %q: %w", p.Label, errEmpty)
		}
	}
	return nil
}

// prepare checks the data and computes the contours, one list of lines for each level.
func (k Contour) prepare() (lines [][][]Point, err error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	s, err := sample(k.F, k.X, k.Y, 120)
	if err != nil {
		return nil, err
	}
	levels := k.Levels
	if levels == nil {
		levels = s.levels(11)
	}
	for _, l := range levels {
		lines = append(lines, s.isolines(l))
	}
	return lines, nil
}

// content draws what is in the plane.
func (k Contour) content(c *canvas, a axes, lines [][][]Point) {
	for i, level := range lines {
		t := float64(i) / float64(max(1, len(lines)-1))
		a.polylines(level, line(1.75, tint(viridis(t*0.8), 0.7))) // without the yellow end, which white paper swallows
	}
	a.border()
	if k.Arrows {
		k.arrows(a)
	}
	for i, p := range k.Paths {
		p.draw(c, a, p.Color.or(i), k.Moving)
	}
	for i, p := range k.Paths {
		col := p.Color.or(i)
		if len(k.Paths) > 1 {
			col = Gray // they may all start at one place
		}
		a.ring(p.Points[0], col)
	}
	if k.Minimum != nil && a.can(k.Minimum.X, k.Minimum.Y) {
		a.cross(a.at(k.Minimum.X, k.Minimum.Y), 9)
	}
}

func (a axes) polylines(lines [][]Point, style draw.LineStyle) {
	var path vg.Path
	for _, l := range lines {
		pts := make([]vg.Point, len(l))
		for i, p := range l {
			pts[i] = a.at(p.X, p.Y)
		}
		addPolyline(&path, simplify(pts))
	}
	a.area.SetLineStyle(style)
	a.area.Stroke(path)
}

func (a axes) border() {
	r := a.area.Rectangle
	a.area.SetLineStyle(line(1.5, axisColor))
	a.area.Stroke(r.Path())
}

// cross marks a place without hiding what is there.
func (a axes) cross(at vg.Point, size vg.Length) {
	var path vg.Path
	for _, d := range []vg.Point{{X: size}, {Y: size}} {
		path.Move(at.Sub(d))
		path.Line(at.Add(d))
	}
	a.area.SetLineStyle(line(6, white))
	a.area.Stroke(path)
	a.area.SetLineStyle(line(2.5, black))
	a.area.Stroke(path)
}

// arrows draws the steepest descent on a grid. Lengths grow with the square root of the slope: in a long valley the
// arrows along it could not be seen otherwise.
func (k Contour) arrows(a axes) {
	const spacing = 40
	nx, ny := int(a.area.Size().X/spacing), int(a.area.Size().Y/spacing)
	nx, ny = nx-1+nx%2, ny-1+ny%2 // odd: a row through the middle
	hx, hy := (k.X.Max-k.X.Min)/float64(nx), (k.Y.Max-k.Y.Min)/float64(ny)
	type slope struct{ at, down vg.Point }
	var all []slope
	steepest := vg.Length(0)
	for j := range ny {
		for i := range nx {
			x, y := k.X.Min+(float64(i)+0.5)*hx, k.Y.Min+(float64(j)+0.5)*hy
			const d = 1e-4
			gx := (k.F(x+d*hx, y) - k.F(x-d*hx, y)) / (2 * d * hx)
			gy := (k.F(x, y+d*hy) - k.F(x, y-d*hy)) / (2 * d * hy)
			if !finite(gx) || !finite(gy) {
				continue
			}
			down := vg.Point{X: vg.Length(-gx/hx) * a.area.Size().X / vg.Length(nx), Y: vg.Length(-gy/hy) * a.area.Size().Y / vg.Length(ny)}
			all = append(all, slope{a.at(x, y), down})
			steepest = max(steepest, hypot(down))
		}
	}
	for _, s := range all {
		size := hypot(s.down) / steepest
		if size < 1e-9 {
			continue
		}
		half := s.down.Scale(spacing * 0.46 / hypot(s.down) * vg.Length(math.Sqrt(float64(size))))
		a.arrow(s.at.Sub(half), s.at.Add(half), 1.75, Blue.line())
	}
}

// steps is the number of points of the longest path.
func (k Contour) steps() (n int) {
	for _, p := range k.Paths {
		n = max(n, len(p.Points))
	}
	return n
}

// draw draws the path with a dot for each step.
func (p Path) draw(c *canvas, a axes, col Color, moving bool) {
	var way []vg.Point
	for _, q := range p.Points {
		if a.can(q.X, q.Y) {
			way = append(way, a.at(q.X, q.Y))
		}
	}
	if moving {
		p.film(c, a, way, col)
		return
	}
	for _, l := range a.area.ClipLinesXY(way) {
		a.area.StrokeLines(line(2.25, fade(col.line(), 0.75)), l)
	}
	var dots vg.Path
	for _, q := range way {
		if a.area.Contains(q) {
			dots.Move(q)
			dots.Line(q)
		}
	}
	a.dots(dots, a.dotSize(), col)
}

// dotSize is the width of a dot, smaller in a small plot.
func (a axes) dotSize() vg.Length { return min(8, max(6, a.area.Size().X/60)) }

// dots draws a dot at each point of a path, with a thin white edge.
func (a axes) dots(path vg.Path, size vg.Length, col Color) {
	a.area.SetLineStyle(line(size+2, white))
	a.area.Stroke(path)
	a.area.SetLineStyle(line(size, col.line()))
	a.area.Stroke(path)
}

// ring marks where a path starts.
func (a axes) ring(start Point, col Color) {
	if !a.can(start.X, start.Y) {
		return
	}
	at := a.at(start.X, start.Y)
	if !a.area.Contains(at) {
		return
	}
	dot := vg.Path{{Type: vg.MoveComp, Pos: at}, {Type: vg.LineComp, Pos: at}}
	a.dots(dot, 15, col)
	a.area.SetLineStyle(line(7, white))
	a.area.Stroke(dot)
}
