package figure

// Surface shows a function of two variables in space, with its contours on the floor.
type Surface struct {
	Size    Size // Normal by default
	X, Y, Z Axis // X and Y with a range
	F       func(x, y float64) float64
	Levels  []float64 // of the contours; nil: some that suit the range
}

// Draw draws the figure.
func (s Surface) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
