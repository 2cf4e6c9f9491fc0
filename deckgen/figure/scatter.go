package figure

import (
	"errors"

	"gonum.org/v1/plot/vg"
)

// Scatter shows points in a plane, coloured by a value, with a colour bar.
type Scatter struct {
	Size   Size // Normal by default
	Title  string
	X, Y   Axis
	Value  Axis // of the colour
	Points []Dot
	Rings  string // what a ring around a point means, such as "上位5回"
}

// A Dot is a point with a value.
type Dot struct {
	X, Y, Value float64
	Ring        bool
}

// Draw draws the figure.
func (s Scatter) Draw(name, alt string) (Figure, error) {
	c := newCanvas(s.Size, Normal)
	return c.figure(name, alt, s.draw(c))
}

func (s Scatter) draw(c *canvas) error {
	s, err := s.fit()
	if err != nil {
		return err
	}
	bar := max(colorBarWidth+12+labelWidth(s.Value.up(c.h*0.7)), textWidth(s.Value.Label)-margin)
	a := c.frame(s.Title, s.X, s.Y, bar+24)
	a.border()
	s.dots(a, false)
	s.dots(a, true)
	x := c.w - margin - bar
	r := vg.Rectangle{Min: vg.Point{X: x, Y: a.area.Min.Y}, Max: vg.Point{X: x + colorBarWidth, Y: a.area.Max.Y}}
	c.colorBar(r, s.Value, s.Value.up(r.Size().Y), viridis)
	c.text(s.Value.Label, c.w-margin, a.area.Max.Y+lineStep, right, black)
	s.legend(c, a)
	return nil
}

func (s Scatter) fit() (Scatter, error) {
	var x, y, v []float64
	for _, p := range s.Points {
		x, y, v = append(x, p.X), append(y, p.Y), append(v, p.Value)
	}
	var errX, errY, errV error
	s.X, errX = s.X.fit(false, x)
	s.Y, errY = s.Y.fit(false, y)
	s.Value, errV = s.Value.fit(false, v)
	return s, errors.Join(errX, errY, errV)
}

// dots draws the points with or those without a ring: the former last, so that they lie above.
func (s Scatter) dots(a axes, ringed bool) {
	for _, p := range s.Points {
		if p.Ring != ringed || !a.can(p.X, p.Y) || !finite(p.Value) {
			continue
		}
		at := a.at(p.X, p.Y)
		if !a.area.Contains(at) {
			continue
		}
		dot := vg.Path{{Type: vg.MoveComp, Pos: at}, {Type: vg.LineComp, Pos: at}}
		if ringed {
			a.halo(dot)
		} else {
			a.area.SetLineStyle(line(14, white))
			a.area.Stroke(dot)
		}
		a.area.SetLineStyle(line(12, viridis(s.Value.norm(p.Value))))
		a.area.Stroke(dot)
	}
}

// halo draws a ring with a white line inside it.
func (a axes) halo(dot vg.Path) {
	a.area.SetLineStyle(line(22, Vermilion.line()))
	a.area.Stroke(dot)
	a.area.SetLineStyle(line(16, white))
	a.area.Stroke(dot)
}

// legend says what a ring means.
func (s Scatter) legend(c *canvas, a axes) {
	if s.Rings == "" {
		return
	}
	width := textWidth(s.Rings) + 18
	end := vg.Point{X: min(a.area.Max.X, c.w-margin-textWidth(s.Value.Label)-16), Y: a.area.Max.Y + lineStep}
	if end.X-width < margin+textWidth(s.Y.Label)+24 { // no room between the names of the axes: beside that of the x axis
		end = vg.Point{X: c.w - margin, Y: margin + textSize/2}
	}
	at := vg.Point{X: end.X - width, Y: end.Y}
	a.halo(vg.Path{{Type: vg.MoveComp, Pos: at}, {Type: vg.LineComp, Pos: at}})
	c.text(s.Rings, end.X, end.Y, right, Vermilion.text())
}
