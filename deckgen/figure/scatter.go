package figure

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
func (s Scatter) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
