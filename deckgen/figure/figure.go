// Package figure is the look of every picture: one size, one font, one palette and a few kinds of plot. It is the only
// package that knows gonum/plot.
//
// Each kind is a plain struct of data with a method Draw:
//
//	Lines       curves with the band of several runs: losses, accuracies, the gap between two of them
//	Panels      a grid of small Lines that share their axes
//	Contour     the contours of a function of two variables, with the paths of optimizers or the gradient field
//	Contours    several of them side by side
//	Surface     a function of two variables in space
//	Histograms  a row of distributions, one per layer
//	Film        Histograms that change as something goes from one value to another
//	Scatter     points in a plane, coloured by a value
//	Tiles       rows of small images: the weights of units, digits
//	Networks    a net drawn several times, with other units left out
//
// Draw is a pure function: the same data gives the same bytes on every machine. It returns an error for data that
// cannot be drawn: none at all, no finite number in it, columns of different lengths. Points that are infinite or no
// number leave a gap, since a training can diverge.
package figure

// A Figure is a finished picture.
type Figure struct {
	Name string // the file name without .svg
	Alt  string // what the picture shows, in a sentence, from the values
	SVG  []byte // the whole file; text is drawn as outlines, so that it needs no font and looks the same everywhere
}

// A Size is the natural size of a figure in pixels of a slide of 1280×720. Type is 20 px high whatever the size, so
// that it reads at the back of a room as long as the figure stands at its natural size.
type Size struct{ W, H float64 }

// The sizes that fit a slide. The zero Size is the default of the kind.
var (
	Normal = Size{640, 480}  // beside text, or alone
	Square = Size{480, 480}  // beside text
	Wide   = Size{1120, 400} // a row under a few lines of text
	Large  = Size{1120, 560} // a slide by itself
)

// An Axis says what is measured and over which range.
type Axis struct {
	Label    string
	Min, Max float64 // the range; both 0: that of the data, widened to what is round
	Log      bool    // logarithmic; what is not positive is then left out
	Percent  bool    // ticks as percentages: 0.5 is written 50%
}

// A Color is one of the palette of Okabe and Ito, which colour-blind readers can tell apart. Use one colour for one
// thing, such as an optimizer, throughout a deck.
type Color int

// The colours. Auto is the one by position: the first curve is blue, the second vermilion, and so on.
const (
	Auto Color = iota
	Blue
	Vermilion
	Green
	Purple
	Orange
	Sky
	Gray
)

// A Point is a place in the plane.
type Point struct{ X, Y float64 }
