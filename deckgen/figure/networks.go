package figure

import (
	"fmt"

	"gonum.org/v1/plot/vg"
)

// Networks shows the same net several times side by side, with other units left out each time.
type Networks struct {
	Size Size // Wide by default
	Nets []Network
}

// A Network is the units of a net layer by layer, from left to right.
type Network struct {
	Caption string
	Layers  [][]bool // whether each unit takes part
}

// Draw draws the figure.
func (n Networks) Draw(name, alt string) (Figure, error) {
	c := newCanvas(n.Size, Wide)
	return c.figure(name, alt, n.draw(c))
}

func (n Networks) draw(c *canvas) error {
	if len(n.Nets) == 0 {
		return errEmpty
	}
	const between = 40
	wide := (c.w - 2*margin - between*vg.Length(len(n.Nets)-1)) / vg.Length(len(n.Nets))
	for i, net := range n.Nets {
		if err := net.check(); err != nil {
			return fmt.Errorf("net %q: %w", net.Caption, err)
		}
		x := margin + (wide+between)*vg.Length(i)
		c.text(net.Caption, x+wide/2, c.h-margin-textSize/2, center, black)
		net.draw(c, vg.Rectangle{Min: vg.Point{X: x, Y: margin}, Max: vg.Point{X: x + wide, Y: c.h - margin - lineStep - 8}})
	}
	return nil
}

func (n Network) check() error {
	if len(n.Layers) < 2 {
		return errEmpty
	}
	for _, l := range n.Layers {
		if len(l) == 0 {
			return errEmpty
		}
	}
	return nil
}

// draw draws the lines between units that take part, then the units.
func (n Network) draw(c *canvas, r vg.Rectangle) {
	most := 0
	for _, l := range n.Layers {
		most = max(most, len(l))
	}
	size := min(34, r.Size().Y/vg.Length(most)*0.7)
	at := func(layer, unit int) vg.Point {
		inner := r.Size().X - size - 4
		y := (r.Min.Y+r.Max.Y)/2 - (vg.Length(unit)-vg.Length(len(n.Layers[layer])-1)/2)*r.Size().Y/vg.Length(most)
		return vg.Point{X: r.Min.X + size/2 + 2 + inner*vg.Length(layer)/vg.Length(len(n.Layers)-1), Y: y}
	}
	c.setLine(line(1.25, axisColor))
	c.Stroke(n.connections(at))
	for l, units := range n.Layers {
		for u, on := range units {
			c.unit(at(l, u), size, on)
		}
	}
}

func (n Network) connections(at func(layer, unit int) vg.Point) (path vg.Path) {
	for l := range n.Layers[1:] {
		for i, from := range n.Layers[l] {
			for j, to := range n.Layers[l+1] {
				if from && to {
					path.Move(at(l, i))
					path.Line(at(l+1, j))
				}
			}
		}
	}
	return path
}

// unit draws a disc, or for a unit that is left out a pale one that is crossed out.
func (c *canvas) unit(at vg.Point, size vg.Length, on bool) {
	dot := vg.Path{{Type: vg.MoveComp, Pos: at}, {Type: vg.LineComp, Pos: at}}
	edge, fill := Blue.line(), tint(Blue.line(), 0.35)
	if !on {
		edge, fill = axisColor, white
	}
	c.setLine(line(size, edge))
	c.Stroke(dot)
	c.setLine(line(size-5, fill))
	c.Stroke(dot)
	if on {
		return
	}
	var cross vg.Path
	d := size * 0.3
	cross.Move(at.Add(vg.Point{X: -d, Y: -d}))
	cross.Line(at.Add(vg.Point{X: d, Y: d}))
	cross.Move(at.Add(vg.Point{X: -d, Y: d}))
	cross.Line(at.Add(vg.Point{X: d, Y: -d}))
	c.setLine(line(4, Vermilion.line()))
	c.Stroke(cross)
}
