package figure

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var errEmpty = errors.New("there is no finite number to draw")

// An axes is a pair of axes in its place on the canvas.
type axes struct {
	x, y scale
	area draw.Canvas // the rectangle of the data
}

// A scale is an axis with its ticks.
type scale struct {
	Axis
	marks []tick
}

// A tick is a mark on an axis; one without a label is a minor one.
type tick struct {
	value float64
	label string
}

// over makes axes whose data fill a rectangle.
func (c *canvas) over(r vg.Rectangle, x, y Axis) axes {
	return axes{
		scale{x, x.across(r.Size().X)},
		scale{y, y.up(r.Size().Y)},
		draw.Canvas{Canvas: c, Rectangle: r},
	}
}

// at is the place of a point on the canvas. It must be finite, and positive on a logarithmic axis.
func (a axes) at(x, y float64) vg.Point {
	return vg.Point{X: a.acrossTo(x), Y: a.upTo(y)}
}

func (a axes) acrossTo(x float64) vg.Length { return a.area.X(a.x.norm(x)) }
func (a axes) upTo(y float64) vg.Length     { return a.area.Y(a.y.norm(y)) }

// norm is 0 at the least value of the axis and 1 at its greatest.
func (a Axis) norm(v float64) float64 {
	if a.Log {
		return (math.Log(v) - math.Log(a.Min)) / (math.Log(a.Max) - math.Log(a.Min))
	}
	return (v - a.Min) / (a.Max - a.Min)
}

// can reports whether a point has a place on the axes.
func (a axes) can(x, y float64) bool {
	return a.x.has(x) && a.y.has(y)
}

// has reports whether a number has a place on the axis or beyond its ends.
func (a Axis) has(v float64) bool { return finite(v) && (!a.Log || v > 0) }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// grid draws the lines of the grid and the axis at the bottom.
func (a axes) grid() {
	style, r := line(gridW, gridColor), a.area.Rectangle
	for _, t := range a.x.marks {
		if x := a.acrossTo(t.value); t.label != "" && x >= r.Min.X && x <= r.Max.X {
			a.area.StrokeLine2(style, x, r.Min.Y, x, r.Max.Y)
		}
	}
	for _, t := range a.y.marks {
		if y := a.upTo(t.value); t.label != "" && y >= r.Min.Y && y <= r.Max.Y {
			a.area.StrokeLine2(style, r.Min.X, y, r.Max.X, y)
		}
	}
	a.area.StrokeLine2(line(1.5, axisColor), a.area.Min.X, a.area.Min.Y, a.area.Max.X, a.area.Min.Y)
}

// xTicks and yTicks write the numbers at the ticks.
func (a axes) xTicks(c *canvas) {
	for _, t := range a.x.marks {
		if x := a.acrossTo(t.value); t.label != "" {
			c.text(t.label, x, a.area.Min.Y-tickDrop, center, gray)
		}
	}
}

func (a axes) yTicks(c *canvas) {
	for _, t := range a.y.marks {
		if t.label != "" {
			c.text(t.label, a.area.Min.X-8, a.upTo(t.value), right, gray)
		}
	}
}

// across and up are the ticks of a horizontal and of a vertical axis of that length: few, and with room for the numbers.
func (a Axis) across(length vg.Length) []tick { return a.ticks(min(6, int(length/80))) }
func (a Axis) up(length vg.Length) []tick     { return a.ticks(min(5, int(length/40))) }

// labelWidth is the width of the widest number at some ticks.
func labelWidth(ticks []tick) (w vg.Length) {
	for _, t := range ticks {
		w = max(w, textWidth(t.label))
	}
	return w
}

// fit gives the axis the range of the data where it has none of its own, and checks the range.
func (a Axis) fit(tight bool, columns ...[]float64) (Axis, error) {
	if a.Min == 0 && a.Max == 0 {
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, c := range columns {
			for _, v := range c {
				if finite(v) && (!a.Log || v > 0) {
					lo, hi = min(lo, v), max(hi, v)
				}
			}
		}
		if lo > hi {
			return a, errEmpty
		}
		a.Min, a.Max = a.widen(lo, hi, tight)
	}
	if !finite(a.Min) || !finite(a.Max) || a.Min >= a.Max {
		return a, fmt.Errorf("axis %q: the range from %g to %g is none", a.Label, a.Min, a.Max)
	}
	if a.Log && a.Min <= 0 {
		return a, fmt.Errorf("axis %q: a logarithmic axis cannot begin at %g", a.Label, a.Min)
	}
	return a, nil
}

// widen rounds a range outwards: to zero where that is near, and to the ticks; with tight set only where that is near too.
func (a Axis) widen(lo, hi float64, tight bool) (float64, float64) {
	if a.Log {
		if tight && hi > lo {
			return lo, hi
		}
		if lo == hi {
			lo, hi = lo/2, hi*2
		}
		return math.Pow(10, math.Floor(math.Log10(lo)+1e-9)), math.Pow(10, math.Ceil(math.Log10(hi)-1e-9))
	}
	if lo == hi {
		d := max(math.Abs(lo)/2, 0.5)
		lo, hi = lo-d, hi+d
	}
	if lo > 0 && lo < 0.35*hi {
		lo = 0
	}
	if tight {
		span := hi - lo
		step := niceStep(span / 20)
		if up := math.Ceil(hi/step-1e-9) * step; up-hi < 0.06*span {
			hi = up
		}
		if down := math.Floor(lo/step+1e-9) * step; lo-down < 0.06*span {
			lo = down
		}
		return lo, hi
	}
	step := niceStep((hi - lo) / 5)
	return math.Floor(lo/step+1e-9) * step, math.Ceil(hi/step-1e-9) * step
}

// niceStep is the smallest of 1, 2 and 5 times a power of ten that is not below x.
func niceStep(x float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*p >= x*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// ticks gives about n ticks with labels, and on a logarithmic axis minor ones without.
func (a Axis) ticks(n int) []tick {
	if a.Log {
		return a.decades(max(2, n))
	}
	span := a.Max - a.Min
	step := niceStep(span / float64(max(1, n)))
	digits := decimals(step)
	var out []tick
	for i := math.Ceil(a.Min/step - 1e-9); i*step <= a.Max+1e-9*span; i++ {
		out = append(out, tick{i * step, a.number(i*step, digits)})
	}
	return out
}

// decimals is how many a number needs that is a multiple of step.
func decimals(step float64) int { return max(0, int(math.Ceil(-math.Log10(step)-1e-9))) }

// digits is how many decimals a number on the axis needs.
func (a Axis) digits() int { return decimals(niceStep((a.Max - a.Min) / 20)) }

func (a Axis) number(x float64, digits int) string {
	unit := ""
	if a.Percent {
		x, digits, unit = x*100, max(0, digits-2), "%"
	}
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
		s, _, _ = strings.Cut(s, ".") // zero needs no decimals
	}
	return strings.Replace(s, "-", "−", 1) + unit
}

// decades gives a tick for each power of ten, or for each second, third … one where there are many.
func (a Axis) decades(n int) []tick {
	if a.Max < a.Min*300 {
		return a.withinDecades(n)
	}
	first, last := math.Ceil(math.Log10(a.Min)-1e-9), math.Floor(math.Log10(a.Max)+1e-9)
	every := int(math.Ceil((last - first + 1) / float64(n)))
	var out []tick
	for e := int(first); e <= int(last); e++ {
		label := ""
		if (e-int(last))%max(1, every) == 0 {
			label = "10" + superscript(e)
		}
		out = append(out, tick{min(a.Max, max(a.Min, math.Pow(10, float64(e)))), label})
	}
	return out
}

// withinDecades gives ticks at round numbers where there are too few powers of ten: as many as n allows, two at least.
func (a Axis) withinDecades(n int) (out []tick) {
	for _, steps := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		out = nil
		for e := math.Floor(math.Log10(a.Min)); e <= math.Log10(a.Max); e++ {
			for _, m := range steps {
				if v := m * math.Pow(10, e); v >= a.Min*(1-1e-9) && v <= a.Max*(1+1e-9) {
					out = append(out, tick{min(a.Max, max(a.Min, v)), a.number(v, decimals(math.Pow(10, e)))})
				}
			}
		}
		if len(out) <= n {
			break
		}
	}
	return out
}

var superscripts = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

func superscript(n int) string { return superscripts.Replace(strconv.Itoa(n)) }
