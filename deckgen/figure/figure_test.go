package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write what is drawn to testdata")

// TestGolden compares each kind with the picture that was looked at.
func TestGolden(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			f, err := k.figure.Draw(k.name, "the figure "+k.name)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", k.name+".svg")
			if *update {
				if err := os.WriteFile(path, f.SVG, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(f.SVG, want) {
				t.Errorf("%s differs from %s; look at it, then run go test -update", k.name, path)
			}
		})
	}
}

// TestLayout looks for what must not be in any picture: something cut off, text over text, text too small to read or
// too pale, a file too large.
func TestLayout(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			c := newCanvas(k.size, k.size)
			if err := errors.Join(k.figure.draw(c), c.err); err != nil {
				t.Fatal(err)
			}
			if c.ink.Min.X < 0 || c.ink.Min.Y < 0 || c.ink.Max.X > c.w || c.ink.Max.Y > c.h {
				t.Errorf("ink from %v to %v on a canvas of %v×%v", c.ink.Min, c.ink.Max, c.w, c.h)
			}
			if len(c.words) == 0 {
				t.Error("no text was drawn")
			}
			for i, w := range c.words {
				if w.size < 20 {
					t.Errorf("%q is %v px high", w.text, w.size)
				}
				if r := contrast(w.col); r < 4.5 {
					t.Errorf("%q has a contrast of %.2f", w.text, r)
				}
				for _, v := range c.words[:i] {
					if overlap(v, w) {
						t.Errorf("%q at %v overlaps %q at %v", v.text, v.box, w.text, w.box)
					}
				}
			}
			f, err := c.figure(k.name, "alt", nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(f.SVG) > 200_000 {
				t.Errorf("%d bytes", len(f.SVG))
			}
		})
	}
}

func overlap(v, w word) bool {
	together := v.layer == w.layer || v.layer == 0 || w.layer == 0
	return together && v.box.Min.X < w.box.Max.X && w.box.Min.X < v.box.Max.X && v.box.Min.Y < w.box.Max.Y && w.box.Min.Y < v.box.Max.Y
}

// contrast is that of a colour against white, as WCAG defines it.
func contrast(c interface{ RGBA() (r, g, b, a uint32) }) float64 {
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 1.05 / (0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b) + 0.05)
}

// TestSVG checks that the files are well-formed, use only what they define, and need nothing from outside.
func TestSVG(t *testing.T) {
	for _, k := range kinds {
		f, err := k.figure.Draw(k.name, `a < b & "c"`)
		if err != nil {
			t.Fatal(err)
		}
		defined, used, title := map[string]bool{}, map[string]bool{}, ""
		dec := xml.NewDecoder(bytes.NewReader(f.SVG))
		for {
			tok, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", k.name, err)
			}
			e, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			switch e.Name.Local {
			case "text", "script":
				t.Errorf("%s: it has <%s>", k.name, e.Name.Local)
			case "title":
				if err := dec.DecodeElement(&title, &e); err != nil {
					t.Fatal(err)
				}
			}
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					defined[a.Value] = true
				}
				if id, ok := strings.CutPrefix(a.Value, "#"); ok && a.Name.Local == "href" {
					used[id] = true
				} else if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "data:image/png;base64,") {
					t.Errorf("%s: it refers to %s", k.name, a.Value)
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("%s: %s=%q", k.name, a.Name.Local, a.Value)
				}
			}
		}
		if title != `a < b & "c"` {
			t.Errorf("%s: the title is %q", k.name, title)
		}
		for id := range used {
			if !defined[id] {
				t.Errorf("%s: %s is used but not defined", k.name, id)
			}
		}
		if len(used) == 0 || len(used) != len(defined) {
			t.Errorf("%s: %d outlines are defined, %d used", k.name, len(defined), len(used))
		}
	}
}

// TestSideBySide draws every kind many times at once: the same bytes each time.
func TestSideBySide(t *testing.T) {
	var wg sync.WaitGroup
	for _, k := range kinds {
		first, err := k.figure.Draw(k.name, "alt")
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			wg.Go(func() {
				if again, err := k.figure.Draw(k.name, "alt"); err != nil || !bytes.Equal(first.SVG, again.SVG) {
					t.Errorf("%s came out differently (%v)", k.name, err)
				}
			})
		}
	}
	wg.Wait()
}

func TestErrors(t *testing.T) {
	nan := []float64{math.NaN(), math.Inf(1)}
	plane := Contour{X: Axis{Min: -1, Max: 1}, Y: Axis{Min: -1, Max: 1}, F: bowl}
	void := plane
	void.F = func(x, y float64) float64 { return math.NaN() }
	lost := plane
	lost.Paths = []Path{{Label: "SGD"}}
	histogram := Histograms{X: Axis{Max: 1}, Panels: []Histogram{{Caption: "第1層", Counts: []float64{1}, Marked: []int{1}}}}
	line := Curve{Label: "訓練", X: []float64{1, 2}, Mean: []float64{1, 2}}
	for _, tt := range []struct {
		name   string
		figure interface {
			Draw(name, alt string) (Figure, error)
		}
		want string
	}{
		{"no curve", Lines{}, "no finite number"},
		{"nothing finite", Lines{Curves: []Curve{{X: []float64{1, 2}, Mean: nan}}}, "no finite number"},
		{"lengths", Lines{Curves: []Curve{{Label: "訓練", X: []float64{1, 2}, Mean: nan[:1]}}}, `curve "訓練": 1 values for 2 places`},
		{"band length", Lines{Curves: []Curve{{X: []float64{1, 2}, Mean: nan, Lo: nan[:1], Hi: nan}}}, "a band of 1 and 2 values for 2 places"},
		{"half a band", Lines{Curves: []Curve{{X: []float64{1, 2}, Mean: nan, Lo: nan}}}, "both Lo and Hi"},
		{"log from zero", Lines{Y: Axis{Label: "損失", Log: true, Max: 1}, Curves: []Curve{line}}, `axis "損失": a logarithmic axis cannot begin at 0`},
		{"log of negatives", Lines{Y: Axis{Log: true}, Curves: []Curve{{X: []float64{1}, Mean: []float64{-1}}}}, "no finite number"},
		{"range", Lines{X: Axis{Min: 2, Max: 1}, Curves: []Curve{line}}, "the range from 2 to 1 is none"},
		{"gap", Lines{Curves: []Curve{line}, Gap: &Gap{Lower: 1}}, "there are only 1"},
		{"glyph", Lines{Title: "\U0001F600", Curves: []Curve{line}}, "the font has no"},
		{"labels too long", Lines{Curves: []Curve{{Label: strings.Repeat("長", 30), X: line.X, Mean: line.Mean}}}, "shorten them"},
		{"no panel", Panels{}, "no finite number"},
		{"too many panels", Panels{Panels: make100(Panel{Curves: []Curve{line}})}, "show fewer"},
		{"no function", Contour{}, "no function"},
		{"no plane", Contour{F: bowl}, "linear axes with a range"},
		{"no value", void, "no finite number"},
		{"no step", lost, `path "SGD"`},
		{"no contour", Contours{}, "no finite number"},
		{"bad contour", Contours{Each: []Contour{plane, lost}}, `path "SGD"`},
		{"no surface", Surface{}, "no function"},
		{"no floor", Surface{F: bowl}, "range on both axes"},
		{"void surface", Surface{X: plane.X, Y: plane.Y, F: void.F}, "no finite number"},
		{"no histogram", Histograms{}, "no finite number"},
		{"no bar", Histograms{X: Axis{Max: 1}, Panels: []Histogram{{Caption: "第1層"}}}, `histogram "第1層"`},
		{"marked", histogram, "bar 1 is marked, of 1"},
		{"no frame", Film{}, "no finite number"},
		{"captions", Film{Frames: []Histograms{histogram}}, "0 captions for 1 frames"},
		{"no point", Scatter{}, "no finite number"},
		{"no tile", Tiles{Width: 28}, "no finite number"},
		{"no image", Tiles{Width: 2, Rows: []TileRow{{Label: "零"}}}, `row "零"`},
		{"tile width", Tiles{Width: 2, Rows: []TileRow{{Images: [][]float64{{1, 2, 3}}}}}, "3 numbers does not go with a width of 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.figure.Draw("fig", "alt")
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), `figure "fig"`) {
				t.Errorf("the error is %v, want one with %q", err, tt.want)
			}
		})
	}
	if _, err := fakeLosses().Draw("fig", ""); err == nil || !strings.Contains(err.Error(), "alternative text") {
		t.Errorf("without an alternative text the error is %v", err)
	}
}

func make100(p Panel) (out []Panel) {
	for range 100 {
		out = append(out, p)
	}
	return out
}

func TestStill(t *testing.T) {
	for _, k := range kinds {
		f, err := k.figure.Draw(k.name, "alt")
		if err != nil {
			t.Fatal(err)
		}
		moves := k.name == "race" || k.name == "film"
		if got := bytes.Contains(f.SVG, []byte("@keyframes")); got != moves {
			t.Errorf("%s moves: %t", k.name, got)
		}
		still := Still(f.SVG)
		if bytes.Contains(still, []byte("keyframes")) || bytes.Contains(still, []byte("<style")) {
			t.Errorf("%s: what should stand still moves", k.name)
		}
		if !moves && !bytes.Equal(still, f.SVG) {
			t.Errorf("%s stands still already, and was changed", k.name)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, k := range kinds {
		b.Run(k.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := k.figure.Draw(k.name, "alt"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
