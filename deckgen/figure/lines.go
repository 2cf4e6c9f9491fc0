package figure

import "errors"

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

var errTODO = errors.New("figure: not drawn yet")

// Draw draws the figure.
func (l Lines) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
