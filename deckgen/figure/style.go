package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The measures of the house style, in pixels.
const (
	textSize    vg.Length = 20 // of all text but titles
	titleSize   vg.Length = 22
	lineStep    vg.Length = 26 // from one line of text to the next
	margin      vg.Length = 10 // around everything
	curveW      vg.Length = 3
	panelW      vg.Length = 2.5 // of curves in a small plot
	thinW       vg.Length = 1.75
	gridW       vg.Length = 1
	captionRise vg.Length = 15 // from a small plot up to the middle of its caption
	tickDrop    vg.Length = 20 // from the axis down to the middle of its numbers
)

var (
	black     = color.NRGBA{0x22, 0x22, 0x22, 255} // text
	gray      = color.NRGBA{0x59, 0x59, 0x59, 255} // ticks, rules
	axisColor = color.NRGBA{0x8c, 0x8c, 0x8c, 255}
	gridColor = color.NRGBA{0xe4, 0xe4, 0xe4, 255}
	white     = color.NRGBA{255, 255, 255, 255}
)

// palette holds for each Color the hue of lines and areas, and a darker one for text, which WCAG wants at a contrast of
// 4.5 against white.
var palette = [...]struct{ line, text color.NRGBA }{
	Blue:      {color.NRGBA{0x00, 0x72, 0xb2, 255}, color.NRGBA{0x00, 0x6a, 0xa6, 255}},
	Vermilion: {color.NRGBA{0xd5, 0x5e, 0x00, 255}, color.NRGBA{0xb8, 0x4e, 0x00, 255}},
	Green:     {color.NRGBA{0x00, 0x9e, 0x73, 255}, color.NRGBA{0x00, 0x78, 0x57, 255}},
	Purple:    {color.NRGBA{0xcc, 0x79, 0xa7, 255}, color.NRGBA{0xa6, 0x48, 0x7c, 255}},
	Orange:    {color.NRGBA{0xe6, 0x9f, 0x00, 255}, color.NRGBA{0x8c, 0x60, 0x00, 255}},
	Sky:       {color.NRGBA{0x56, 0xb4, 0xe9, 255}, color.NRGBA{0x1c, 0x76, 0xa8, 255}},
	Gray:      {color.NRGBA{0x77, 0x77, 0x77, 255}, gray},
}

// or is the colour itself, or that of position i where it is Auto.
func (c Color) or(i int) Color {
	if c <= Auto || int(c) >= len(palette) {
		return Blue + Color(i%int(Sky))
	}
	return c
}

func (c Color) line() color.NRGBA { return palette[c].line }
func (c Color) text() color.NRGBA { return palette[c].text }

// fade makes a colour translucent.
func fade(c color.NRGBA, alpha float64) color.NRGBA {
	c.A = uint8(alpha*255 + 0.5)
	return c
}

// tint mixes a colour with white: share 1 is the colour itself.
func tint(c color.NRGBA, share float64) color.NRGBA { return mix(white, c, share) }

func mix(a, b color.NRGBA, t float64) color.NRGBA {
	at := func(p, q uint8) uint8 { return uint8(float64(p) + t*(float64(q)-float64(p)) + 0.5) }
	return color.NRGBA{at(a.R, b.R), at(a.G, b.G), at(a.B, b.B), 255}
}

// viridisStops are the colours of viridis at equal distances.
var viridisStops = [...]color.NRGBA{
	{0x44, 0x01, 0x54, 255}, {0x48, 0x28, 0x78, 255}, {0x3e, 0x49, 0x89, 255}, {0x31, 0x68, 0x8e, 255}, {0x26, 0x82, 0x8e, 255},
	{0x1f, 0x9e, 0x89, 255}, {0x35, 0xb7, 0x79, 255}, {0x6e, 0xce, 0x58, 255}, {0xb5, 0xde, 0x2b, 255}, {0xfd, 0xe7, 0x25, 255},
}

// viridis is the colour for t from 0 to 1, in 64 steps.
func viridis(t float64) color.NRGBA {
	t = min(1, max(0, t))
	t = float64(int(t*63+0.5+1e-6)) / 63 * float64(len(viridisStops)-1)
	i := min(int(t), len(viridisStops)-2)
	return mix(viridisStops[i], viridisStops[i+1], t-float64(i))
}

func line(w vg.Length, c color.Color) draw.LineStyle { return draw.LineStyle{Width: w, Color: c} }
