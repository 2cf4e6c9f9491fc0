package figure

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strconv"
	"sync"

	"gonum.org/v1/plot/vg"
)

var sizeRE = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"`)
})

// Draft writes across a figure that it is a draft, so that nobody takes it for the real one.
func Draft(f Figure) (Figure, error) {
	m := sizeRE().FindSubmatch(f.SVG)
	end := bytes.LastIndex(f.SVG, []byte("</svg>"))
	if m == nil || end < 0 {
		return Figure{}, fmt.Errorf("figure %q: it is no SVG with a width and a height", f.Name)
	}
	w, _ := strconv.ParseFloat(string(m[1]), 64)
	h, _ := strconv.ParseFloat(string(m[2]), 64)
	stamp, err := stamp(w, h)
	if err != nil {
		return Figure{}, err
	}
	f.SVG = append(append(f.SVG[:end:end], stamp...), f.SVG[end:]...)
	return f, nil
}

// stamp is the word along the diagonal, as the inside of an SVG. Its glyphs have names of their own.
func stamp(w, h float64) ([]byte, error) {
	const word = "DRAFT 下書き"
	c := newCanvas(Size{w, h}, Normal)
	size := vg.Length(0.55 * math.Hypot(w, h) / float64(textWidth(word)/textSize))
	c.Translate(vg.Point{X: c.w / 2, Y: c.h / 2})
	c.Rotate(math.Atan2(h, w))
	c.sized(word, 0, 0, center, color.NRGBA{0x44, 0x44, 0x44, 0xff}, size)
	if c.err != nil {
		return nil, c.err
	}
	var b bytes.Buffer
	b.WriteString("<g opacity=\"0.3\"><defs>\n")
	c.glyphs.writeTo(&b)
	b.WriteString("</defs>\n")
	b.Write(c.body.Bytes())
	b.WriteString("</g>\n")
	own := bytes.ReplaceAll(b.Bytes(), []byte(`"#u`), []byte(`"#draft-u`))
	return bytes.ReplaceAll(own, []byte(`id="u`), []byte(`id="draft-u`)), nil
}
