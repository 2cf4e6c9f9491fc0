package figure

// Histograms is a row of distributions that share their axes, such as the activations of each layer.
type Histograms struct {
	Size   Size // Wide by default
	X, Y   Axis // X with a range; bars above Y.Max are broken off, and say so
	Panels []Histogram
}

// A Histogram is a distribution over the range of the x axis in bars of equal width.
type Histogram struct {
	Caption string    // such as "第1層"
	Counts  []float64 // one for each bar, from X.Min to X.Max
	Marked  []int     // bars that the picture is about, such as the saturated ends: vermilion
	Note    string    // what they are and how many, such as "飽和 72%"
}

// Film is a row of Histograms that changes from frame to frame, over and over; in print it stands at the last frame.
type Film struct {
	Frames   []Histograms // with the same axes, panels and bars
	Captions []string     // one for each frame, such as "σ = 0.1"
}

// Draw draws the figure.
func (h Histograms) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }

// Draw draws the figure.
func (f Film) Draw(name, alt string) (Figure, error) { return Figure{}, errTODO }
