package figure

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// tolerance is how far a simplified line may stray from the true one: less than can be seen.
const tolerance = 0.35

// A stroke is a line through points, broken where one has no place.
type stroke struct {
	x, y  []float64
	style draw.LineStyle
}

func (a axes) stroke(s stroke) {
	var path vg.Path
	for _, run := range runs(len(s.x), func(i int) bool { return a.can(s.x[i], s.y[i]) }) {
		pts := make([]vg.Point, 0, run.end-run.begin)
		for i := run.begin; i < run.end; i++ {
			pts = append(pts, a.at(s.x[i], s.y[i]))
		}
		if len(pts) == 1 && a.area.Contains(pts[0]) {
			pts = append(pts, pts[0])
		}
		for _, l := range a.area.ClipLinesXY(pts) {
			addPolyline(&path, simplify(l))
		}
	}
	a.area.SetLineStyle(s.style)
	a.area.Stroke(path)
}

func addPolyline(path *vg.Path, pts []vg.Point) {
	for i, pt := range pts {
		if i == 0 {
			path.Move(pt)
		} else {
			path.Line(pt)
		}
	}
}

// A band is the area between two lines.
type band struct {
	x, lo, hi []float64
	color     color.Color
}

func (a axes) band(b band) {
	ok := func(i int) bool { return a.can(b.x[i], b.lo[i]) && a.can(b.x[i], b.hi[i]) }
	var path vg.Path
	for _, run := range runs(len(b.x), ok) {
		var upper, lower []vg.Point
		for i := run.begin; i < run.end; i++ {
			upper, lower = append(upper, a.at(b.x[i], b.hi[i])), append(lower, a.at(b.x[i], b.lo[i]))
		}
		upper, lower = simplify(upper), simplify(lower)
		for i := len(lower) - 1; i >= 0; i-- {
			upper = append(upper, lower[i])
		}
		if around := a.area.ClipPolygonXY(upper); len(around) > 2 {
			addPolyline(&path, around)
			path.Close()
		}
	}
	if len(path) > 0 {
		a.area.SetColor(b.color)
		a.area.Fill(path)
	}
}

type span struct{ begin, end int }

// runs gives the longest stretches of 0…n-1 in which ok holds.
func runs(n int, ok func(int) bool) (out []span) {
	for i := 0; i < n; i++ {
		begin := i
		for i < n && ok(i) {
			i++
		}
		if i > begin {
			out = append(out, span{begin, i})
		}
	}
	return out
}

// simplify leaves out the points that a line does not need (Ramer, Douglas and Peucker).
func simplify(pts []vg.Point) []vg.Point {
	if len(pts) < 3 {
		return pts
	}
	keep := make([]bool, len(pts))
	keep[0], keep[len(pts)-1] = true, true
	stack := []span{{0, len(pts) - 1}}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		far, at := tolerance, 0
		for i := s.begin + 1; i < s.end; i++ {
			if d := distance(pts[i], pts[s.begin], pts[s.end]); d > far+1e-6 {
				far, at = d, i
			}
		}
		if at > 0 {
			keep[at] = true
			stack = append(stack, span{s.begin, at}, span{at, s.end})
		}
	}
	out := make([]vg.Point, 0, len(pts)/4)
	for i, k := range keep {
		if k {
			out = append(out, pts[i])
		}
	}
	return out
}

// distance is that of a point from the segment between two others.
func distance(p, a, b vg.Point) float64 {
	ab, ap := b.Sub(a), p.Sub(a)
	t := 0.0
	if l := float64(ab.Dot(ab)); l > 0 {
		t = min(1, max(0, float64(ap.Dot(ab))/l))
	}
	d := ap.Sub(ab.Scale(vg.Length(t)))
	return math.Hypot(float64(d.X), float64(d.Y))
}

func hypot(p vg.Point) vg.Length { return vg.Length(math.Hypot(float64(p.X), float64(p.Y))) }
