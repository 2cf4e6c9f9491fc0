package deck

// Parse finds the slides, references and problems of a deck. It never fails:
// what is wrong is in Problems. src must not change afterwards.
func Parse(path string, src []byte) *Deck {
	return &Deck{Path: path, Src: src, Slides: []Slide{{End: len(src), Line: 1}}}
}

// Position returns the line and the column, both 1-based, of a byte offset.
// Columns count characters.
func (d *Deck) Position(offset int) (line, col int) { return 1, offset + 1 }

// LineText returns the line with the given number, without its line end.
func (d *Deck) LineText(line int) string { return "" }
