package figure

import (
	"bytes"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		axis Axis
		n    int
		want string
	}{
		{Axis{Min: 0, Max: 2.4}, 5, "0 0.5 1.0 1.5 2.0"},
		{Axis{Min: -10, Max: 10}, 6, "−10 −5 0 5 10"},
		{Axis{Min: 0, Max: 2000}, 5, "0 500 1000 1500 2000"},
		{Axis{Min: 0, Max: 1, Percent: true}, 5, "0% 20% 40% 60% 80% 100%"},
		{Axis{Min: -0.004, Max: 0.004}, 5, "−0.004 −0.002 0 0.002 0.004"},
		{Axis{Min: 0.97, Max: 1, Percent: true}, 3, "97% 98% 99% 100%"},
		{Axis{Min: 1e-6, Max: 1e-2, Log: true}, 6, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻²"},
		{Axis{Min: 1e-8, Max: 1e-1, Log: true}, 4, "10⁻⁷ 10⁻⁵ 10⁻³ 10⁻¹"},
		{Axis{Min: 0.5, Max: 20, Log: true}, 6, "0.5 1 2 5 10 20"},
		{Axis{Min: 0.02, Max: 3, Log: true}, 5, "0.03 0.1 0.3 1 3"},
	} {
		var got []string
		for _, tick := range tt.axis.ticks(tt.n) {
			if tick.label != "" {
				got = append(got, tick.label)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%+v: ticks %s, want %s", tt.axis, s, tt.want)
		}
	}
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		axis   Axis
		tight  bool
		data   []float64
		lo, hi float64
	}{
		{Axis{}, false, []float64{0.05, 2.31}, 0, 2.5},
		{Axis{}, true, []float64{1, 1995}, 0, 2000},
		{Axis{}, false, []float64{math.NaN(), 3, math.Inf(1)}, 0, 5},
		{Axis{Log: true}, false, []float64{1e-6, 1e-6}, 1e-7, 1e-5},
		{Axis{Log: true}, false, []float64{0.002, -1, 0, 30}, 1e-3, 100},
		{Axis{Min: 2, Max: 3}, false, []float64{9}, 2, 3},
	} {
		a, err := tt.axis.fit(tt.tight, tt.data)
		if err != nil || math.Abs(a.Min-tt.lo) > 1e-12 || math.Abs(a.Max-tt.hi) > 1e-9 {
			t.Errorf("%v gives %g to %g (%v), want %g to %g", tt.data, a.Min, a.Max, err, tt.lo, tt.hi)
		}
	}
}

func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Float64Range(-50, 450), 1, 8).Draw(t, "want")
		slices.Sort(want)
		in := make([]vg.Length, len(want))
		for i, w := range want {
			in[i] = vg.Length(w)
		}
		out := spread(in, 24, 0, 400)
		for i, y := range out {
			if y < -1e-9 || y > 400+1e-9 {
				t.Fatalf("%v is outside: %v", y, out)
			}
			if i > 0 && y-out[i-1] < 24-1e-9 {
				t.Fatalf("%v and %v are too close", out[i-1], y)
			}
		}
	})
	if got := spread([]vg.Length{10, 100, 104, 300}, 24, 0, 400); !slices.Equal(got, []vg.Length{10, 90, 114, 300}) {
		t.Errorf("only those that collide move, and by the same amount: %v", got)
	}
}

// TestIsolines draws circles and looks whether each point lies on its circle and each circle is closed.
func TestIsolines(t *testing.T) {
	plane := Axis{Min: -1, Max: 1}
	s, err := sample(func(x, y float64) float64 { return x*x + y*y }, plane, plane, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range []float64{0.04, 0.25, 0.81} { // values that grid points have
		lines := s.isolines(level)
		if len(lines) != 1 || lines[0][0] != lines[0][len(lines[0])-1] {
			t.Fatalf("level %g: %d lines, want one closed", level, len(lines))
		}
		for _, p := range lines[0] {
			if r := math.Hypot(p.X, p.Y); math.Abs(r-math.Sqrt(level)) > 1e-3 {
				t.Errorf("level %g: a point at a radius of %g", level, r)
			}
		}
	}
	if lines := s.isolines(1.5); len(lines) != 4 {
		t.Errorf("%d lines, want one in each corner", len(lines))
	}
	saddle, err := sample(func(x, y float64) float64 { return x * y }, plane, plane, 9)
	if err != nil {
		t.Fatal(err)
	}
	lines := saddle.isolines(0)
	if len(lines) != 2 {
		t.Fatalf("%d lines at the saddle, want 2", len(lines))
	}
	for _, l := range lines { // xy = ε > 0 lies in the first and the third quadrant
		for _, p := range l {
			if p.X*l[0].X <= 0 || p.Y*l[0].Y <= 0 {
				t.Errorf("a line at the saddle leaves its quadrant at %v", p)
			}
		}
	}
}

// TestIsolinesTies gives grid points the very value of the contour, and then the next numbers below and above, as another
// processor might: the lines must be the same.
func TestIsolinesTies(t *testing.T) {
	plane := Axis{Min: -8, Max: 8}
	count := func(off float64) (n int) {
		s, err := sample(func(x, y float64) float64 { return math.Nextafter(x*x+y*y, off) }, plane, plane, 16)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range s.isolines(25) {
			n += len(l)
		}
		return n
	}
	if a, b := count(-1e9), count(1e9); a != b {
		t.Errorf("%d points or %d", a, b)
	}
}

func TestRuns(t *testing.T) {
	const pattern = "xx.x..xxx."
	got := runs(len(pattern), func(i int) bool { return pattern[i] == 'x' })
	if want := []span{{0, 2}, {3, 4}, {6, 9}}; !slices.Equal(got, want) {
		t.Errorf("runs of %s: %v, want %v", pattern, got, want)
	}
}

func TestSimplify(t *testing.T) {
	var pts []vg.Point
	for i := range 1000 {
		x := float64(i) / 2
		pts = append(pts, vg.Point{X: vg.Length(x), Y: vg.Length(100 * math.Sin(x/40))})
	}
	got := simplify(pts)
	if len(got) > 150 || got[0] != pts[0] || got[len(got)-1] != pts[999] {
		t.Errorf("%d points are left of a smooth curve", len(got))
	}
	for _, p := range pts {
		near := math.Inf(1)
		for i := range got[1:] {
			near = min(near, distance(p, got[i], got[i+1]))
		}
		if near > tolerance+1e-6 {
			t.Errorf("%v is %v px away", p, near)
		}
	}
}

func TestGapInCurve(t *testing.T) {
	l := fakeLosses()
	l.Curves = l.Curves[:1]
	l.Curves[0].Lo, l.Curves[0].Hi = nil, nil
	before := strings.Count(curveOf(t, l), "M")
	l.Curves[0].Mean[200] = math.NaN()
	if after := strings.Count(curveOf(t, l), "M"); before != 1 || after != 2 {
		t.Errorf("the curve has %d pieces, then %d; want 1, then 2", before, after)
	}
}

// curveOf is the path of the first thick blue line.
func curveOf(t *testing.T, l Lines) string {
	f, err := l.Draw("fig", "alt")
	if err != nil {
		t.Fatal(err)
	}
	for s := range strings.Lines(string(f.SVG)) {
		if strings.Contains(s, `stroke="#0072b2" stroke-width="3"`) {
			return s
		}
	}
	t.Fatal("there is no blue curve")
	return ""
}

func TestPen(t *testing.T) {
	var b bytes.Buffer
	p := pen{out: &b, digits: 1}
	p.move(1, 2)
	p.line(1.04, 2.04) // too short to be seen, but a dot at the beginning
	p.line(1.52, 2)
	p.line(1.54, 2.01)
	p.line(1, 1.5)
	p.curve(1, 2, 3, 4)
	p.close()
	p.line(2, 2)
	if got, want := b.String(), "M1 2h0 .5l-.5-.5q0 .5 2 2.5zh1"; got != want {
		t.Errorf("the pen wrote %s, want %s", got, want)
	}
}

// TestQuantize checks that a number halfway goes the same way whatever its last bits.
func TestQuantize(t *testing.T) {
	for _, x := range []float64{12.25, -12.25, 0.05, 639.95} {
		up, down := math.Nextafter(x, 1e9), math.Nextafter(x, -1e9)
		if quantize(up, 1) != quantize(down, 1) {
			t.Errorf("%g is %d or %d", x, quantize(up, 1), quantize(down, 1))
		}
	}
	for _, tt := range []struct {
		x      float64
		digits int
		want   string
	}{{0, 2, "0"}, {-0.001, 2, "0"}, {-0.5, 1, "-.5"}, {10, 1, "10"}, {1.05, 2, "1.05"}, {3.5, 0, "4"}} {
		if got := decimal(tt.x, tt.digits); got != tt.want {
			t.Errorf("%g is written %s, want %s", tt.x, got, tt.want)
		}
	}
}

func TestPalette(t *testing.T) {
	for c := Blue; c <= Gray; c++ {
		if r := contrast(c.text()); r < 4.5 {
			t.Errorf("the text of colour %d has a contrast of %.2f", c, r)
		}
	}
	if viridis(0) != viridisStops[0] || viridis(1) != viridisStops[9] || viridis(-1) != viridis(0) || viridis(2) != viridis(1) {
		t.Error("viridis does not begin and end where it should")
	}
	if diverging(0) != white || diverging(-1) != Blue.line() || diverging(1) != Vermilion.line() {
		t.Error("the diverging colours do not run from blue over white to vermilion")
	}
}

func TestTileColors(t *testing.T) {
	tiles := Tiles{Width: 4}
	img := tiles.image([]float64{-2, 0, 1, math.NaN()}, 1)
	for x, want := range []color.Color{Blue.line(), white, Vermilion.line(), axisColor} {
		if got := img.At(x, 0); got != want {
			t.Errorf("pixel %d is %v, want %v", x, got, want)
		}
	}
}

// TestRotatedText checks the parts of vg.Canvas that no kind uses.
func TestRotatedText(t *testing.T) {
	c := newCanvas(Size{}, Square)
	c.Push()
	c.Translate(vg.Point{X: 100, Y: 200})
	c.Rotate(math.Pi / 2)
	c.SetColor(black)
	c.FillString(face(10), vg.Point{}, "x")
	c.Pop()
	if got, want := c.body.String(), `<g transform="matrix(0 -1 1 0 100 280) scale(.5)" fill="#222222"><use href="#u78"/></g>`+"\n"; got != want {
		t.Errorf("it wrote %s, want %s", got, want)
	}
	if c.state.at != (affine{1, 0, 0, 1, 0, 0}) {
		t.Error("Pop did not bring the state back")
	}
}

// TestGapLabel looks whether the label of a gap keeps clear of the curves, with and without room between them.
func TestGapLabel(t *testing.T) {
	for _, size := range []Size{Normal, Square, {420, 480}} {
		l := fakeGap()
		c := newCanvas(size, Normal)
		if err := l.draw(c); err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(c.words, func(w word) bool { return w.text == l.Gap.Label })
		box := c.words[i].box
		x, y, err := fitCurves(l.X, l.Y, l.Curves)
		if err != nil {
			t.Fatal(err)
		}
		a := newCanvas(size, Normal).frame(l.Title, x, y, tagRoom("テストデータ"))
		for _, k := range l.Curves {
			for j := range k.X {
				if p := a.at(k.X[j], k.Mean[j]); p.X > box.Min.X && p.X < box.Max.X && p.Y > box.Min.Y && p.Y < box.Max.Y {
					t.Fatalf("%v: the label at %v covers the curve %s at %v", size, box, k.Label, p)
				}
			}
		}
	}
}

func TestHeightsOfBrokenBars(t *testing.T) {
	for _, tt := range []struct {
		counts []float64
		want   string
	}{
		{[]float64{0.1, 0.1, 0.6, 0.1, 0.1, 0}, "60%"},
		{[]float64{0, 0, 0.4, 0.6, 0, 0}, "40% 60%"},
		{[]float64{0.5, 0, 0, 0, 0, 0.45}, "50% 45%"},
		{[]float64{0.3, 0.7, 0, 0, 0, 0}, "70%"}, // no room to the left
		{[]float64{0.2, 0.2, 0.2, 0.2, 0.2, 0}, ""},
	} {
		c := newCanvas(Size{400, 300}, Wide)
		h := Histograms{X: Axis{Min: 0, Max: 1}, Y: Axis{Max: 0.2, Percent: true}, Panels: []Histogram{{Counts: tt.counts}}}
		if err := h.draw(c); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range c.words {
			if w.col == black {
				got = append(got, w.text)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%v: the picture says %q, want %q", tt.counts, s, tt.want)
		}
	}
}
