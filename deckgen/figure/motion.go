package figure

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"
)

const (
	stepTime = 0.25 // seconds that a step of a path takes
	holdTime = 4    // seconds that the whole stands still before it begins again
)

// still keeps what moves at its last frame on paper and for readers who asked for less motion.
const still = "@media print,(prefers-reduced-motion:reduce){*{animation:none!important}}"

// film draws each step of a path in a group of its own, s1, s2, …, which appears in its time.
func (p Path) film(c *canvas, a axes, way []vg.Point, col Color) {
	for i, q := range way {
		c.group(fmt.Sprintf(`class="s%d"`, i), func() {
			if i > 0 {
				for _, l := range a.area.ClipLinesXY(way[i-1 : i+1]) {
					a.area.StrokeLines(line(2.25, fade(col.line(), 0.75)), l)
				}
			}
			if a.area.Contains(q) {
				a.dots(vg.Path{{Type: vg.MoveComp, Pos: q}, {Type: vg.LineComp, Pos: q}}, 8, col)
			}
		})
	}
	a.ring(way, col)
}

// move writes the style that shows the groups s1 to s(n-1) one after another, holds, and begins again.
func (c *canvas) move(moving bool, n int) {
	if !moving || n < 2 {
		return
	}
	total := float64(n)*stepTime + holdTime
	var b strings.Builder
	for i := 1; i < n; i++ {
		t := decimal(float64(i)*stepTime/total*100, 2)
		fmt.Fprintf(&b, "@keyframes s%d{0%%,%s%%{opacity:0}%s%%,to{opacity:1}}.s%d{animation:s%d %ss step-end infinite}\n", i, t, t, i, i, decimal(total, 2))
	}
	c.style += b.String() + still
}

// Film is a row of Histograms that changes from frame to frame, over and over; in print it stands at the last frame.
type Film struct {
	Frames   []Histograms // with the same axes, panels and bars
	Captions []string     // one for each frame, such as "σ = 0.1"
}

// Draw draws the figure.
func (f Film) Draw(name, alt string) (Figure, error) { return Figure{}, errEmpty }
