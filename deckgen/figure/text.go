package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// An anchor says which part of a text stands at its point: its left end, its middle or its right end.
type anchor float64

const (
	left   anchor = 0
	center anchor = 0.5
	right  anchor = 1
)

// midline is the height of the middle of a letter above the baseline, in ems.
const midline = 0.37

func textWidth(s string) vg.Length {
	f := face(textSize)
	return f.Width(s)
}

// text writes a line whose middle is at height y.
func (c *canvas) text(s string, x, y vg.Length, at anchor, col color.Color) {
	c.sized(s, x, y, at, col, textSize)
}

func (c *canvas) sized(s string, x, y vg.Length, at anchor, col color.Color, size vg.Length) {
	if s == "" {
		return
	}
	f := face(size)
	c.SetColor(col)
	c.FillString(f, vg.Point{X: x - vg.Length(at)*f.Width(s), Y: y - midline*size}, s)
}

// spread moves positions apart until each is at least gap from the next, all within lo and hi, and as near to where
// they were as can be. The positions must increase. If there is not room for all, they are closer.
func spread(want []vg.Length, gap, lo, hi vg.Length) []vg.Length {
	n := len(want)
	if n > 1 {
		gap = min(gap, (hi-lo)/vg.Length(n-1))
	}
	// Take away the gaps: what must then be found is the nearest increasing sequence. Blocks that collide move as one.
	type block struct {
		sum vg.Length
		n   int
	}
	var blocks []block
	for i, w := range want {
		b := block{w - vg.Length(i)*gap, 1}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.sum/vg.Length(last.n) <= b.sum/vg.Length(b.n) {
				break
			}
			b = block{b.sum + last.sum, b.n + last.n}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	out := make([]vg.Length, 0, n)
	for _, b := range blocks {
		base := min(max(b.sum/vg.Length(b.n), lo), hi-vg.Length(n-1)*gap)
		for range b.n {
			out = append(out, base+vg.Length(len(out))*gap)
		}
	}
	return out
}
