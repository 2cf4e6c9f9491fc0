package figure

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gonum.org/v1/plot/vg"
)

const (
	stepTime  = 0.25 // seconds that a step of a path takes
	frameTime = 1.2  // seconds that a frame of a film shows
	holdTime  = 4    // seconds that the whole stands still before it begins again
)

// waitTime is how many seconds the last frame shows before all begins: Chromium does not tell a picture in a page that the
// page is being printed, and prints what shows at that moment.
const waitTime = 6

// still keeps what moves at its last frame on paper and for readers who asked for less motion.
const still = "@media print,(prefers-reduced-motion:reduce){*{animation:none!important}}"

var styleRE = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<style>[^<]*</style>\n`) })

// Still is the picture without motion, at its last frame: what belongs on paper. Other pictures it leaves as they are.
func Still(svg []byte) []byte {
	return styleRE().ReplaceAllFunc(svg, func(style []byte) []byte {
		if bytes.Contains(style, []byte(still)) {
			return nil
		}
		return style
	})
}

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
				a.dots(vg.Path{{Type: vg.MoveComp, Pos: q}, {Type: vg.LineComp, Pos: q}}, a.dotSize(), col)
			}
		})
	}
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
		fmt.Fprintf(&b, "@keyframes s%d{0%%,%s%%{opacity:0}%s%%,to{opacity:1}}.s%d{animation:s%d %ss step-end %ds infinite}\n", i, t, t, i, i, decimal(total, 2), waitTime)
	}
	c.style += b.String() + still
}

// Film is a row of Histograms that changes from frame to frame, over and over; in print it stands at the last frame.
type Film struct {
	Frames   []Histograms // with the same axes, panels and bars
	Captions []string     // one for each frame, such as "σ = 0.1"
}

// Draw draws the figure.
func (f Film) Draw(name, alt string) (Figure, error) {
	if len(f.Frames) == 0 {
		return Figure{}, fmt.Errorf("figure %q: %w", name, errEmpty)
	}
	c := newCanvas(f.Frames[0].Size, Wide)
	return c.figure(name, alt, f.draw(c))
}

func (f Film) draw(c *canvas) error {
	frames, err := f.fit()
	if err != nil {
		return err
	}
	last := len(frames) - 1
	g := frames[last].places(c)
	for i, p := range frames[last].Panels {
		a := g.axes(c, i)
		a.grid()
		c.text(p.Caption, a.area.Min.X, a.caption(c), left, black)
	}
	for i, h := range frames {
		attrs := fmt.Sprintf(`class="f%d" opacity="0"`, i)
		if i == last {
			attrs = fmt.Sprintf(`class="f%d"`, i)
		}
		c.layer = i + 1
		c.group(attrs, func() {
			c.sized(f.Captions[i], c.w-margin, c.h-margin-titleSize/2, right, black, titleSize)
			for j, p := range h.Panels {
				p.Caption = ""
				p.content(c, c.over(g.place(j), g.x, g.y), g.y)
			}
		})
	}
	c.layer = 0
	c.style += filmStyle(len(frames)) + still
	return nil
}

// fit checks that the frames go together, and gives all of them the y axis that suits the tallest.
func (f Film) fit() ([]Histograms, error) {
	if len(f.Captions) != len(f.Frames) {
		return nil, fmt.Errorf("there are %d captions for %d frames", len(f.Captions), len(f.Frames))
	}
	frames := slices.Clone(f.Frames)
	most := 0.0
	for i, h := range frames {
		if len(h.Panels) != len(frames[0].Panels) {
			return nil, fmt.Errorf("frame %q has %d panels, the first has %d", f.Captions[i], len(h.Panels), len(frames[0].Panels))
		}
		h.X, h.Y = frames[0].X, frames[0].Y
		h, err := h.fit()
		if err != nil {
			return nil, fmt.Errorf("frame %q: %w", f.Captions[i], err)
		}
		frames[i], most = h, max(most, h.Y.Max)
	}
	for i := range frames {
		frames[i].Y.Max = most
	}
	return frames, nil
}

// filmStyle shows the groups f0 to f(n-1) one after another, each fading into the next, and holds the last.
func filmStyle(n int) string {
	const fade = 0.2 // of a frame's time
	total := float64(n-1)*frameTime + holdTime
	var b strings.Builder
	for i := range n {
		from, to := float64(i)*frameTime/total*100, float64(i+1)*frameTime/total*100
		soft := fade * frameTime / total * 100
		fmt.Fprintf(&b, "@keyframes f%d{", i)
		if i > 0 {
			fmt.Fprintf(&b, "0%%,%s%%{opacity:0}", decimal(from-soft, 2))
		}
		fmt.Fprintf(&b, "%s%%", decimal(from, 2))
		if i < n-1 {
			fmt.Fprintf(&b, ",%s%%{opacity:1}%s%%,to{opacity:0}}", decimal(to-soft, 2), decimal(to, 2))
		} else {
			b.WriteString(",to{opacity:1}}")
		}
		fmt.Fprintf(&b, ".f%d{animation:f%d %ss %ds infinite}\n", i, i, decimal(total, 2), waitTime)
	}
	return b.String()
}
