package figure

// Panels is a grid of small plots that share their axes. The curves are labelled once, above the grid, after those of
// the first panel.
type Panels struct {
	Size    Size // Large by default
	X, Y    Axis
	Columns int // 0: as square as can be
	Panels  []Panel
}

// A Panel is one plot of a grid.
type Panel struct {
	Caption string // such as "σ = 0.54"
	Curves  []Curve
}

// Draw draws the figure.
func (p Panels) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
