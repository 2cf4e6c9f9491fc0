package browser

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"deckgen/deckgen/figure"
)

// measure lays out slides as Marp writes them.
func measure(t *testing.T, files fstest.MapFS, slides ...string) *Layout {
	t.Helper()
	chromium := Find(os.Getenv)
	if chromium == "" {
		t.Fatal("there is no Chromium: make chromium")
	}
	b, err := Open(t.Context(), chromium)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var html strings.Builder
	html.WriteString("<!DOCTYPE html><style>body { margin: 0 } section { width: 1280px; height: 720px; box-sizing: border-box; padding: 60px; overflow: hidden; background: #fff; font: 30px/40px sans-serif } p { margin: 0 }</style>")
	for i, s := range slides {
		fmt.Fprintf(&html, `<svg data-marpit-svg viewBox="0 0 1280 720"><foreignObject width="1280" height="720"><section id="%d">%s</section></foreignObject></svg>`, i+1, s)
	}
	l, err := b.Measure(Page{Path: "slides/a.md", HTML: []byte(html.String()), Files: files})
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Slides) != len(slides) {
		t.Fatalf("%d slides were measured of %d", len(l.Slides), len(slides))
	}
	return l
}

func near(got, want float64) bool { return math.Abs(got-want) < 0.5 }

func TestMeasure(t *testing.T) {
	fig, err := figure.Lines{X: figure.Axis{Label: "x"}, Y: figure.Axis{Label: "y"}, Size: figure.Size{W: 640, H: 480},
		Curves: []figure.Curve{{Label: "a", X: []float64{0, 1}, Mean: []float64{0, 1}}}}.Draw("fig", "a line")
	if err != nil {
		t.Fatal(err)
	}
	l := measure(t, fstest.MapFS{"assets/fig.svg": {Data: fig.SVG}},
		`<img src="../assets/fig.svg" style="width:320px"><p style="font-size:20px">small</p>`,
		`<img src="../assets/fig.svg" style="height:700px">`,
		`<img src="http://example.com/a.png"><img src="none.png">`,
		`<p style="position:absolute;left:-50px">left</p>`)
	if s := l.Slides[0]; !near(s.Images[0].Text, 10) || s.Images[0].Broken || s.Texts[0].Size != 20 || s.Cut.Most() > 0 {
		t.Errorf("half a figure, and small text: %+v", s)
	}
	if s := l.Slides[1]; !near(s.Cut.Bottom, 40) || s.Fit == nil || s.Fit.Height > 600 || s.Fit.Height < 580 || s.Fit.Src != "assets/fig.svg" {
		t.Errorf("a tall figure: %+v, %+v", s, s.Fit)
	}
	if s := l.Slides[2]; !s.Images[0].Broken || !s.Images[1].Broken {
		t.Errorf("pictures that are not there: %+v", s.Images)
	}
	if fmt.Sprint(l.Missing, l.Remote) != "[slides/none.png] [http://example.com/a.png]" {
		t.Errorf("missing %v, remote %v", l.Missing, l.Remote)
	}
	if s := l.Slides[3]; !near(s.Cut.Left, 50) || s.From == nil || s.From.Text != "left" {
		t.Errorf("text off the left edge: %+v, %+v", s.Cut, s.From)
	}
}

// Pages that never come to rest are measured all the same.
func TestMoving(t *testing.T) {
	l := measure(t, nil,
		`<style>@keyframes grow { from { height: 0 } to { height: 90000px } }</style><p style="animation: grow 100s linear infinite">more and more</p>`,
		`<p>still</p>`,
		`<p id="log"></p><script>setInterval(() => { document.getElementById('log').innerHTML += 'more<br>' }, 20)</script>`,
		`<style>@keyframes turn { to { transform: rotate(1turn) } }</style><p style="animation: turn 1s linear infinite">round and round</p>`)
	for i, want := range []bool{true, false, true, false} {
		if got := l.Slides[i].Moving; got != want {
			t.Errorf("slide %d: moving is %v", i+1, got)
		}
	}
}

// Nothing is left behind, also when the browser is stopped from outside.
func TestClose(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	b, err := Open(ctx, Find(os.Getenv))
	if err != nil {
		t.Fatal(err)
	}
	stop()
	b.Close()
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Not “context canceled”, which nobody did.
func TestKilled(t *testing.T) {
	b, err := Open(t.Context(), Find(os.Getenv))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := chromedp.FromContext(b.ctx).Browser.Process().Kill(); err != nil {
		t.Fatal(err)
	}
	<-b.ctx.Done()
	if _, err := b.Measure(Page{}); err == nil || !strings.HasPrefix(err.Error(), "Chromium ended") {
		t.Errorf("Measure says %v", err)
	}
}

func TestContrast(t *testing.T) {
	black, white := [3]float64{}, [3]float64{255, 255, 255}
	for _, test := range []struct {
		a, b [3]float64
		want float64
	}{{black, white, 21}, {white, white, 1}, {[3]float64{0x77, 0x77, 0x77}, white, 4.48}} {
		if got := Contrast(test.a, test.b); math.Abs(got-test.want) > 0.005 {
			t.Errorf("%v on %v: %.3f, want %.2f", test.a, test.b, got, test.want)
		}
	}
	half := image.NewNRGBA(image.Rect(0, 0, 100, 100)) // left black, right white
	for i := range 10_000 {
		half.Set(i%100, i/100, color.Gray{uint8(i % 100 / 50 * 255)})
	}
	if got := behind(half, image.Rect(0, 0, 100, 100), black); got != black {
		t.Errorf("behind black text on half black: %v", got)
	}
	if got := behind(half, image.Rect(60, 0, 100, 100), black); got != white {
		t.Errorf("behind black text on white: %v", got)
	}
}
