package figure

// Tiles shows rows of small images of numbers around zero, such as the weights of units: blue below, white at zero,
// vermilion above.
type Tiles struct {
	Size  Size // Wide by default
	Width int  // of an image in numbers: 28 for digits
	Rows  []TileRow
	Scale string // the label of the colour bar; empty: none
}

// A TileRow is a row of images under a common scale of colours.
type TileRow struct {
	Label  string
	Images [][]float64 // each row by row, Width numbers wide
	Limit  float64     // the number that has the full colour; 0: the largest of the row
}

// Draw draws the figure.
func (t Tiles) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
