package figure

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Lines shows curves over a common axis, each labelled at its end.
type Lines struct {
	Size   Size // Normal by default
	Title  string
	X, Y   Axis
	Curves []Curve
	Rules  []Rule
	Gap    *Gap
}

// A Curve is a line, with a band around it where Lo and Hi are given: the lowest and the highest of several runs.
type Curve struct {
	Label        string
	X, Mean      []float64 // the same length
	Lo, Hi       []float64 // that length, or nil
	Color        Color
	Dashed, Thin bool
	Dots         bool // at each point: where few were measured
}

// A Rule is a line across the whole figure, such as a threshold.
type Rule struct {
	Label    string
	At       float64
	Vertical bool
}

// A Gap shades what lies between two curves, such as accuracy on training and on test data, and measures it at the end.
type Gap struct {
	Upper, Lower int // which of the curves
	Label        string
}

// Draw draws the figure.
func (l Lines) Draw(name, alt string) (Figure, error) {
	c := newCanvas(l.Size, Normal)
	return c.figure(name, alt, l.draw(c))
}

func (l Lines) draw(c *canvas) error {
	if err := checkCurves(l.Curves); err != nil {
		return err
	}
	x, y, err := fitCurves(l.X, l.Y, l.Curves)
	if err != nil {
		return err
	}
	top := y
	if top.Label == "" && slices.ContainsFunc(l.Rules, func(r Rule) bool { return r.Vertical && r.Label != "" }) {
		top.Label = " " // their names stand in its line
	}
	var names []string
	for _, k := range l.Curves {
		names = append(names, k.Label)
	}
	for _, r := range l.Rules {
		if !r.Vertical {
			names = append(names, r.Label)
		}
	}
	a := c.frame(l.Title, x, top, tagRoom(names...))
	if l.Gap != nil {
		if err := l.shade(a); err != nil {
			return err
		}
	}
	tags := l.rules(c, a)
	a.curves(l.Curves, curveW)
	if l.Gap != nil {
		l.measure(c, a)
	}
	c.tags(a, append(tags, a.ends(l.Curves)...))
	return nil
}

func checkCurves(curves []Curve) error {
	for _, k := range curves {
		what := fmt.Sprintf("curve %q", k.Label)
		if (k.Lo == nil) != (k.Hi == nil) {
			return fmt.Errorf("%s: a band needs both Lo and Hi", what)
		}
		if len(k.Mean) != len(k.X) {
			return fmt.Errorf("%s: %d values for %d places", what, len(k.Mean), len(k.X))
		}
		if k.Lo != nil && (len(k.Lo) != len(k.X) || len(k.Hi) != len(k.X)) {
			return fmt.Errorf("%s: a band of %d and %d values for %d places", what, len(k.Lo), len(k.Hi), len(k.X))
		}
	}
	return nil
}

func fitCurves(x, y Axis, curves []Curve) (Axis, Axis, error) {
	var xs, ys [][]float64
	for _, k := range curves {
		xs, ys = append(xs, k.X), append(ys, k.Mean, k.Lo, k.Hi)
	}
	x, err := x.fit(true, xs...)
	if err != nil {
		return x, y, err
	}
	y, err = y.fit(false, ys...)
	return x, y, err
}

// curves draws all bands, then all lines, so that no band covers a line.
func (a axes) curves(curves []Curve, width vg.Length) {
	for i, k := range curves {
		if k.Lo != nil {
			a.band(band{k.X, k.Lo, k.Hi, fade(k.Color.or(i).line(), 0.2)})
		}
	}
	for i, k := range curves {
		style := line(width, k.Color.or(i).line())
		if k.Thin {
			style.Width = min(width, thinW)
		}
		if k.Dashed {
			style.Dashes = []vg.Length{5, 8}
		}
		a.stroke(stroke{k.X, k.Mean, style})
		if k.Dots {
			a.dots(a.points(k.X, k.Mean), 9, k.Color.or(i))
		}
	}
}

// points are the places that can be seen, as a path of dots.
func (a axes) points(x, y []float64) (path vg.Path) {
	for i := range x {
		if !a.can(x[i], y[i]) {
			continue
		}
		if p := a.at(x[i], y[i]); a.area.Contains(p) {
			path.Move(p)
			path.Line(p)
		}
	}
	return path
}

// ends gives the tags of the curves.
func (a axes) ends(curves []Curve) (tags []tag) {
	for i, k := range curves {
		if p, ok := a.last(k.X, k.Mean); ok {
			tags = append(tags, tag{k.Label, p, k.Color.or(i).text(), k.Color.or(i).line()})
		}
	}
	return tags
}

// last is the last point of a curve that can be seen, or where it would be if none can.
func (a axes) last(x, y []float64) (at vg.Point, ok bool) {
	for i := len(x) - 1; i >= 0; i-- {
		if !a.can(x[i], y[i]) {
			continue
		}
		p := a.at(x[i], y[i])
		if a.area.Contains(p) {
			return p, true
		}
		if !ok {
			at, ok = vg.Point{X: a.area.Max.X, Y: min(max(p.Y, a.area.Min.Y), a.area.Max.Y)}, true
		}
	}
	return at, ok
}

// rules draws the rules, writes the names of the vertical ones above the plot, and returns the tags of the others.
func (l Lines) rules(c *canvas, a axes) (tags []tag) {
	style := line(1.5, gray)
	style.Dashes = []vg.Length{1, 6}
	free := margin + textWidth(l.Y.Label) + 16 // from where on the line above the plot is free
	for _, r := range l.Rules {
		if r.Vertical && a.x.has(r.At) {
			x := a.acrossTo(r.At)
			a.area.StrokeLine2(style, x, a.area.Min.Y, x, a.area.Max.Y)
			free = max(free, x-textWidth(r.Label)/2)
			free = min(free, c.w-margin-textWidth(r.Label))
			c.text(r.Label, free, a.area.Max.Y+lineStep, left, gray)
			free += textWidth(r.Label) + 12
		}
		if !r.Vertical && a.y.has(r.At) {
			y := a.upTo(r.At)
			a.area.StrokeLine2(style, a.area.Min.X, y, a.area.Max.X, y)
			tags = append(tags, tag{r.Label, vg.Point{X: a.area.Max.X, Y: y}, gray, gray})
		}
	}
	return tags
}

func (l Lines) shade(a axes) error {
	g := l.Gap
	if g.Upper < 0 || g.Lower < 0 || g.Upper >= len(l.Curves) || g.Lower >= len(l.Curves) {
		return fmt.Errorf("gap between curves %d and %d: there are only %d", g.Upper, g.Lower, len(l.Curves))
	}
	u, d := l.Curves[g.Upper], l.Curves[g.Lower]
	if len(u.X) != len(d.X) {
		return errors.New("the curves around a gap must have the same places on the x axis")
	}
	a.band(band{u.X, d.Mean, u.Mean, fade(Orange.line(), 0.22)})
	return nil
}

// measure draws the arrow across the gap near the end, with its label beside it or, where the gap is too narrow for that,
// under the lower curve.
func (l Lines) measure(c *canvas, a axes) {
	u, d := l.Curves[l.Gap.Upper], l.Curves[l.Gap.Lower]
	for i := len(u.X) * 9 / 10; i >= 0 && i < len(u.X); i-- {
		if !a.can(u.X[i], u.Mean[i]) || !a.can(d.X[i], d.Mean[i]) {
			continue
		}
		top, bottom := a.at(u.X[i], u.Mean[i]), a.at(d.X[i], d.Mean[i])
		mid := vg.Point{X: top.X, Y: (top.Y + bottom.Y) / 2}
		if top.Y-bottom.Y > 16 {
			a.arrow(mid, top.Sub(vg.Point{Y: curveW}), 2, Orange.text())
			a.arrow(mid, bottom.Add(vg.Point{Y: curveW}), 2, Orange.text())
		}
		x, width := mid.X-12, textWidth(l.Gap.Label)
		_, ceiling := a.extent(u, x-width-8, x)
		floor, low := a.extent(d, x-width-8, x)
		if ceiling-mid.Y < textSize*0.7 || mid.Y-floor < textSize*0.7 {
			mid.Y = max(low-textSize, a.area.Min.Y+textSize)
		}
		c.text(l.Gap.Label, x, mid.Y, right, Orange.text())
		return
	}
}

// extent is how high and how low a curve runs between two places on the canvas.
func (a axes) extent(k Curve, from, to vg.Length) (high, low vg.Length) {
	high, low = a.area.Min.Y, a.area.Max.Y
	for i := range k.X {
		if !a.can(k.X[i], k.Mean[i]) {
			continue
		}
		if p := a.at(k.X[i], k.Mean[i]); p.X >= from && p.X <= to {
			high, low = max(high, p.Y), min(low, p.Y)
		}
	}
	return high, low
}
