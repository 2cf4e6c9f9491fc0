package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

const colorBarWidth vg.Length = 18

// colorBar draws the colours of a linear axis from its least value at the bottom to its greatest, with the
// ticks to its right.
func (c *canvas) colorBar(r vg.Rectangle, a Axis, ticks []tick, colors func(t float64) color.NRGBA) {
	const steps = 48
	step := r.Size().Y / steps
	for i := range steps {
		y := r.Min.Y + vg.Length(i)*step
		strip := vg.Rectangle{Min: vg.Point{X: r.Min.X, Y: y}, Max: vg.Point{X: r.Max.X, Y: min(r.Max.Y, y+step+0.5)}}
		c.SetColor(colors((float64(i) + 0.5) / steps))
		c.Fill(strip.Path())
	}
	for _, t := range ticks {
		y := r.Min.Y + vg.Length(a.norm(t.value))*r.Size().Y
		c.setLine(line(1.5, axisColor))
		c.Stroke(vg.Path{{Type: vg.MoveComp, Pos: vg.Point{X: r.Max.X, Y: y}}, {Type: vg.LineComp, Pos: vg.Point{X: r.Max.X + 5, Y: y}}})
		c.text(t.label, r.Max.X+10, y, left, gray)
	}
}
