package browser

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"deckgen/deckgen/internal/lazy"
)

// A drawing is what can be known of an SVG picture without a browser.
type drawing struct {
	Type          float64 `json:"type"`  // the size of the smallest outlined text, in units of the drawing; 0 for none
	Width         float64 `json:"width"` // of the whole, in the same units
	Text          bool    `json:"text"`  // there is other text, the size of which only a browser knows
	Blank         bool    `json:"blank"` // the page got a stand-in
	width, height int     // that it asks for on a page, in pixels; 0 where only a browser knows
}

// standIn is a picture of the same size with nothing on it, with which a page is laid out in the same way and sooner: of
// an SVG picture a browser makes a document. It is nil if there is none.
func (dr *drawing) standIn() []byte {
	if dr.width == 0 || dr.height == 0 {
		return nil
	}
	var b bytes.Buffer
	dot := image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Transparent})
	screen := image.Config{ColorModel: dot.Palette, Width: dr.width, Height: dr.height}
	if gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{dot}, Delay: []int{0}, Config: screen}) != nil {
		return nil
	}
	return b.Bytes()
}

// read looks through the source of an SVG picture. Of one that a browser might not show, only a browser knows anything.
func read(svg []byte) *drawing {
	r := reading{decoder: xml.NewDecoder(bytes.NewReader(svg))}
	err := r.next()
	for ; err == nil; err = r.next() {
	}
	if err != io.EOF || !bytes.HasPrefix(svg, []byte("<")) || r.Width == 0 {
		return &drawing{Text: true}
	}
	return &r.drawing
}

type reading struct {
	drawing
	decoder *xml.Decoder
	areas   []float64 // that a unit square has inside of each open element
	style   bool      // the innermost is a style sheet
}

// deepest is how deep elements may lie in each other; Chromium takes somewhat more.
const deepest = 1000

var errBroken = errors.New("no browser shows it")

func (r *reading) next() error {
	at := r.decoder.InputOffset()
	token, err := r.decoder.Token()
	switch t := token.(type) {
	case xml.ProcInst:
		if t.Target == "xml" && at > 0 { // which must be the first there is
			return errBroken
		}
	case xml.StartElement:
		if !known(t) || len(r.areas) > deepest || len(r.areas) == 0 && r.Width > 0 { // a second root
			return errBroken
		}
		r.start(t)
	case xml.EndElement:
		r.areas, r.style = r.areas[:len(r.areas)-1], false
	case xml.CharData:
		if len(r.areas) == 0 && len(bytes.TrimSpace(t)) > 0 {
			return errBroken
		}
		if r.style && sizing().Match(t) {
			r.width = 0
		}
	}
	return err
}

// known looks for what encoding/xml passes over and a browser does not: attributes that are there twice, and prefixes that
// nothing explains.
func known(t xml.StartElement) bool {
	names := map[xml.Name]bool{}
	for _, a := range t.Attr {
		if s := a.Name.Space; names[a.Name] || s == "xmlns" && a.Value == "" || s != "" && s != "xmlns" && !strings.Contains(s, ":") {
			return false
		}
		names[a.Name] = true
	}
	return t.Name.Space == "" || strings.Contains(t.Name.Space, ":")
}

// The text in figures of the package figure is outlines, named by code point and kept in one size.
const outlineSize = 20

var outline = lazy.Regexp(`^#u[0-9a-f]+$`)

func (r *reading) start(t xml.StartElement) {
	around := 1.0
	if n := len(r.areas); n > 0 {
		around = r.areas[n-1]
	} else if t.Name == (xml.Name{Space: "http://www.w3.org/2000/svg", Local: "svg"}) {
		r.root(t)
	}
	r.areas = append(r.areas, around*area(attr(t, "transform")))
	r.style = t.Name.Local == "style"
	if sizing().MatchString(attr(t, "attributeName")) { // an animation
		r.width = 0
	}
	switch t.Name.Local {
	case "text", "tspan":
		r.Text = true
	case "use":
		size := outlineSize * math.Sqrt(r.areas[len(r.areas)-1])
		if outline().MatchString(attr(t, "href")) && size > 0 && (r.Type == 0 || size < r.Type) {
			r.Type = size
		}
	}
}

// largest is the side of the largest stand-in; Chromium shows no much larger picture made of pixels.
const largest = 10_000

// root notes the size of the whole.
func (r *reading) root(t xml.StartElement) {
	width := pixels(attr(t, "width"))
	r.Width = width
	if box := strings.FieldsFunc(attr(t, "viewBox"), separates); len(box) == 4 {
		r.Width, _ = strconv.ParseFloat(box[2], 64)
	}
	height := pixels(attr(t, "height"))
	whole := width == math.Trunc(width) && height == math.Trunc(height) && max(width, height) <= largest
	if whole && attr(t, "style")+attr(t, "class")+attr(t, "preserveAspectRatio") == "" {
		r.width, r.height = int(width), int(height)
	}
}

// sizing finds style sheets that may size the whole.
var sizing = lazy.Regexp(`(?i)width|height|size|aspect|zoom|contain|display`)

// area is that of a unit square after a list of transformations.
func area(transform string) float64 {
	area := 1.0
	for _, m := range transformation().FindAllStringSubmatch(transform, -1) {
		var v []float64
		for _, number := range strings.FieldsFunc(m[2], separates) {
			f, _ := strconv.ParseFloat(number, 64)
			v = append(v, f)
		}
		switch {
		case m[1] == "scale" && len(v) == 1:
			area *= v[0] * v[0]
		case m[1] == "scale" && len(v) == 2:
			area *= v[0] * v[1]
		case m[1] == "matrix" && len(v) == 6:
			area *= v[0]*v[3] - v[1]*v[2]
		}
	}
	return math.Abs(area)
}

var transformation = lazy.Regexp(`(\w+)\s*\(([^)]*)\)`)

func separates(r rune) bool { return r == ',' || unicode.IsSpace(r) }

// perUnit are the pixels of CSS in the units of SVG.
var perUnit = map[string]float64{"": 1, "px": 1, "pt": 4.0 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}

// pixels turns a length into pixels; 0 if only a browser can.
func pixels(length string) float64 {
	number := strings.TrimRight(length, "abcdefghijklmnopqrstuvwxyz%")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n > 0) {
		return 0
	}
	return n * perUnit[length[len(number):]]
}

func attr(t xml.StartElement, name string) string {
	i := slices.IndexFunc(t.Attr, func(a xml.Attr) bool { return a.Name == xml.Name{Local: name} })
	if i < 0 {
		return ""
	}
	return t.Attr[i].Value
}
