// Package figure is the look of every picture: one size, one font, one palette and a few kinds of plot. It is the only
// package that knows gonum/plot.
package figure

// A Figure is a finished picture.
type Figure struct {
	Name string // the file name without .svg
	Alt  string // what the picture shows, in a sentence, from the values
	SVG  []byte // the whole file; text is drawn as outlines, so that it needs no font and looks the same everywhere
}
