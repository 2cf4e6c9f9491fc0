package figure

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
	Minimum *Point // marked by a star
	Equal   bool   // one unit is as long on both axes, so that right angles are right
	Moving  bool   // the paths draw themselves, over and over; in print they stand complete
}

// A Path is a sequence of places, each step a dot.
type Path struct {
	Label  string
	Points []Point
	Color  Color
}

// Contours shows several Contour side by side with shared axes: the axes, ranges and F of the first hold for all.
type Contours struct {
	Size    Size // Large by default
	Columns int  // 0: as square as can be
	Each    []Contour
}

// Draw draws the figure.
func (c Contour) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }

// Draw draws the figure.
func (c Contours) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
