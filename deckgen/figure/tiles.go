package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// Tiles shows rows of small images of numbers around zero, such as the weights of units: blue below, white at zero,
// vermilion above.
type Tiles struct {
	Size  Size // Wide by default
	Width int  // of an image in numbers: 28 for digits
	Rows  []TileRow
}

// A TileRow is a row of images under a common scale of colours.
type TileRow struct {
	Label  string
	Images [][]float64 // each row by row, Width numbers wide
	Limit  float64     // the number that has the full colour; 0: the largest of the row
}

// Draw draws the figure.
func (t Tiles) Draw(name, alt string) (Figure, error) {
	c := newCanvas(t.Size, Wide)
	return c.figure(name, alt, t.draw(c))
}

func (t Tiles) draw(c *canvas) error {
	if err := t.check(); err != nil {
		return err
	}
	label, most := vg.Length(0), 0
	for _, r := range t.Rows {
		label, most = max(label, textWidth(r.Label)), max(most, len(r.Images))
	}
	if label > 0 {
		label += 16
	}
	const between vg.Length = 8
	width := (c.w - 2*margin - label + between) / vg.Length(most)
	height := (c.h - 2*margin + between) / vg.Length(len(t.Rows))
	tall := vg.Length(len(t.Rows[0].Images[0])/t.Width) / vg.Length(t.Width)
	side := min(width-between, (height-between)/tall)
	for i, r := range t.Rows {
		top := c.h - margin - vg.Length(i)*height - (height-between-side*tall)/2
		c.text(r.Label, margin+label-16, top-side*tall/2, right, black)
		limit := r.limit()
		for j, values := range r.Images {
			x := margin + label + vg.Length(j)*(side+between)
			box := vg.Rectangle{Min: vg.Point{X: x, Y: top - side*tall}, Max: vg.Point{X: x + side, Y: top}}
			c.DrawImage(box, t.image(values, limit))
			c.setLine(line(1, axisColor))
			c.Stroke(box.Path())
		}
	}
	return nil
}

func (t Tiles) check() error {
	if t.Width <= 0 || len(t.Rows) == 0 {
		return errEmpty
	}
	for _, r := range t.Rows {
		if len(r.Images) == 0 {
			return fmt.Errorf("row %q: %w", r.Label, errEmpty)
		}
		for i, v := range r.Images {
			if len(v) == 0 || len(v)%t.Width != 0 || len(v) != len(t.Rows[0].Images[0]) {
				return fmt.Errorf("row %q: image %d of %d numbers does not go with a width of %d", r.Label, i, len(v), t.Width)
			}
		}
	}
	return nil
}

// limit is the number with the full colour.
func (r TileRow) limit() float64 {
	limit := r.Limit
	if limit > 0 {
		return limit
	}
	for _, values := range r.Images {
		for _, v := range values {
			if finite(v) {
				limit = max(limit, math.Abs(v))
			}
		}
	}
	return limit
}

// image colours the numbers, in 63 steps from below to above zero; what is no number is gray.
func (t Tiles) image(values []float64, limit float64) image.Image {
	colors := color.Palette{axisColor}
	for i := -31; i <= 31; i++ {
		colors = append(colors, diverging(float64(i)/31))
	}
	img := image.NewPaletted(image.Rect(0, 0, t.Width, len(values)/t.Width), colors)
	for i, v := range values {
		switch {
		case math.IsNaN(v):
		case limit == 0:
			img.Pix[i] = 32
		default:
			step := math.Floor(max(-1, min(1, v/limit))*31 + 0.5 + 1e-6)
			img.Pix[i] = uint8(32 + int(step))
		}
	}
	return img
}

// diverging is blue at -1, white at 0 and vermilion at 1.
func diverging(t float64) color.NRGBA {
	if t < 0 {
		return tint(Blue.line(), -t)
	}
	return tint(Vermilion.line(), t)
}
