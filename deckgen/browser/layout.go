package browser

// A Layout is what a page came out as.
type Layout struct {
	Slides  []Slide
	Missing []string // files that the page asked for and that are not there
	Remote  []string // addresses elsewhere, which were not looked at
}

// A Slide is what was measured on one slide. Lengths are pixels of the slide.
type Slide struct {
	Width, Height float64
	Cut           Sides // what is off the slide
	Over          Sides // what is past its margins
	From          *Item // the first item that is cut
	Fit           *Fit  // nil if no picture can mend it
	Moving        bool  // it changes for ever; all this is of one moment
	Clipped       []Clip
	Images        []Image
	Texts         []Text
	Boxes         []Boxes
}

// Sides are distances beyond the four sides of a rectangle; where they are not positive nothing is.
type Sides struct{ Top, Right, Bottom, Left float64 }

// Most is the largest of them.
func (s Sides) Most() float64 { return max(s.Top, s.Right, s.Bottom, s.Left) }

// An Item is a line of text or a picture.
type Item struct {
	Place
	Text string // how it begins; "" for a picture
}

// A Place says which element of its sort on the slide an element is.
type Place struct {
	Tag       string // img, table, pre, formula, …
	Index, Of int    // from 0, and how many there are
}

// A Fit is the height with which everything would be on the slide.
type Fit struct {
	Place
	Src    string
	Height float64
}

// A Clip is an element that hides a part of what is in it.
type Clip struct {
	Place
	Sides Sides
	From  Item // the first item that is hidden
}

// An Image is a picture in the text of a slide.
type Image struct {
	Index         int    // from 0
	Src           string // its path, or a whole address
	Broken        bool   // nothing shows
	Width, Height float64
	Text          float64 // the size of its smallest text as it shows; 0 if unknown
}

// A Text is a piece of text in one style.
type Text struct {
	Text      string // how it begins
	Size      float64
	Bold      bool
	Furniture bool // in a header or a footer
	Raised    bool // or lowered, or in a formula: smaller than the text around it by nature
	Ink, Back [3]float64
	Solid     bool       // Back is all that is behind it; else it is one of the worst colours there
	Plain     bool       // no shadow, outline or pattern that would help or hinder
	Box       [4]float64 // left, top, right, bottom
}

// Boxes is a piece of text with characters that no font has.
type Boxes struct{ Chars, Text string }
