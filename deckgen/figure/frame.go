package figure

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
)

// frame lays out a single plot and draws all but the data: the title, the name of the y axis above it, where it can be
// read without turning the head, the grid and the numbers. On the right it leaves room.
func (c *canvas) frame(title string, x, y Axis, room vg.Length) axes {
	a := c.over(c.layout(title, x, y, room), x, y)
	a.grid()
	a.names(c, x, y)
	return a
}

const leastSide vg.Length = 60 // of the data

// layout writes the title and returns what is left for the data, with room for numbers and names around it.
func (c *canvas) layout(title string, x, y Axis, room vg.Length) vg.Rectangle {
	top := c.h - margin
	if title != "" {
		c.sized(title, margin, top-titleSize/2, left, black, titleSize)
		top -= lineStep + 6
	}
	if y.Label != "" {
		top -= lineStep
	}
	r := vg.Rectangle{Min: vg.Point{X: margin, Y: margin + lineStep}, Max: vg.Point{X: c.w - margin, Y: top - textSize/2}}
	if x.Label != "" {
		r.Min.Y += lineStep
	}
	r.Min.X += labelWidth(y.up(r.Size().Y)) + 8
	r.Max.X -= max(room, lastWidth(x.across(r.Size().X))/2)
	if size := r.Size(); (size.X < leastSide || size.Y < leastSide) && c.err == nil {
		c.err = fmt.Errorf("the labels leave %.0f×%.0f px for the data; shorten them or take a larger size", size.X, size.Y)
	}
	return r
}

// names writes the numbers at the ticks and the names of the axes.
func (a axes) names(c *canvas, x, y Axis) {
	a.xTicks(c)
	a.yTicks(c)
	c.text(x.Label, a.area.Center().X, a.area.Min.Y-tickDrop-24, center, black)
	c.text(y.Label, a.area.Min.X-8-labelWidth(a.y.marks), a.area.Max.Y+lineStep, left, black)
}

// lastWidth is the width of the number at the last tick.
func lastWidth(t []tick) vg.Length {
	if len(t) == 0 {
		return 0
	}
	return textWidth(t[len(t)-1].label)
}

// A tag is a label in the margin at the right that belongs to a point, such as the end of a curve.
type tag struct {
	text  string
	point vg.Point
	color color.NRGBA // of the text
	line  color.NRGBA // of what it names
}

const tagGap vg.Length = 18 // from the axes to the tags

// tagRoom is the margin that tags need.
func tagRoom(texts ...string) (w vg.Length) {
	for _, t := range texts {
		if t != "" {
			w = max(w, textWidth(t)+tagGap)
		}
	}
	return w
}

// tags writes labels in the right margin, each at the height of its point or as near as the others let it, with a thin
// line to the point where that is elsewhere.
func (c *canvas) tags(a axes, tags []tag) {
	tags = slices.DeleteFunc(tags, func(t tag) bool { return t.text == "" })
	slices.SortStableFunc(tags, func(s, t tag) int {
		return quantize(float64(s.point.Y), 1) - quantize(float64(t.point.Y), 1)
	})
	var want []vg.Length
	for _, t := range tags {
		want = append(want, t.point.Y)
	}
	x := a.area.Max.X + tagGap
	for i, y := range spread(want, lineStep-2, a.area.Min.Y+4, a.area.Max.Y) {
		t := tags[i]
		if d := t.point.Y - y; d > 5 || d < -5 || t.point.X < a.area.Max.X-8 {
			a.area.StrokeLine2(line(1.25, t.line), t.point.X+3, t.point.Y, x-3, y)
		}
		c.text(t.text, x, y, left, t.color)
	}
}

// arrow draws an arrow with a filled head.
func (a axes) arrow(from, to vg.Point, w vg.Length, col color.Color) {
	d := to.Sub(from)
	length := hypot(d)
	if length < 1 {
		return
	}
	u := d.Scale(1 / length)
	head := min(4*w+2, length*0.6)
	neck := to.Sub(u.Scale(head))
	side := vg.Point{X: -u.Y, Y: u.X}.Scale(head * 0.42)
	a.area.StrokeLine2(line(w, col), from.X, from.Y, neck.X, neck.Y)
	a.area.FillPolygon(col, []vg.Point{to, neck.Add(side), neck.Sub(side)})
}
