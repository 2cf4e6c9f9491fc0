package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// Tiles shows rows of small images of numbers around zero, such as the weights of units: blue below, white at zero,
// vermilion above. Pictures in ink, such as digits, are gray.
type Tiles struct {
	Size  Size // Wide by default
	Width int  // of an image in numbers: 28 for digits
	Rows  []TileRow
	Scale string // the name of the colour bar; empty: none
	Ink   bool   // the numbers are ink on paper: white at zero, black at the limit
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
		label, most = max(label, textWidth(r.Label)+16), max(most, len(r.Images))
	}
	if label == 16 {
		label = 0
	}
	room := vg.Rectangle{Min: vg.Point{X: margin + label, Y: margin}, Max: vg.Point{X: c.w - margin, Y: c.h - margin}}
	if t.Scale != "" {
		room.Max.X -= max(textWidth(t.Scale), 48) + 20
		t.scale(c, room)
	}
	width := (room.Size().X + tileGap) / vg.Length(most)
	height := (room.Size().Y + tileGap) / vg.Length(len(t.Rows))
	tall := vg.Length(len(t.Rows[0].Images[0])/t.Width) / vg.Length(t.Width)
	side := min(width, (height-tileGap)/tall+tileGap) - tileGap
	for i, r := range t.Rows {
		y := room.Max.Y - height*vg.Length(i) - (height-tileGap)/2
		c.text(r.Label, margin+label-16, y, right, black)
		t.row(c, r, vg.Point{X: room.Min.X, Y: y}, side, side*tall)
	}
	return nil
}

const tileGap vg.Length = 8

// row draws images of that width and height to the right of a point in the middle of the row.
func (t Tiles) row(c *canvas, r TileRow, from vg.Point, w, h vg.Length) {
	limit := r.limit()
	for j, values := range r.Images {
		x := from.X + vg.Length(j)*(w+tileGap)
		box := vg.Rectangle{Min: vg.Point{X: x, Y: from.Y - h/2}, Max: vg.Point{X: x + w, Y: from.Y + h/2}}
		c.DrawImage(box, t.image(values, limit))
		c.setLine(line(1, axisColor))
		c.Stroke(box.Path())
	}
}

// scale draws the colour bar, without numbers, since each row has its own limit.
func (t Tiles) scale(c *canvas, room vg.Rectangle) {
	x, top := room.Max.X+20, room.Max.Y-lineStep
	c.text(t.Scale, x, room.Max.Y-textSize/2, left, black)
	bar := vg.Rectangle{Min: vg.Point{X: x, Y: max(room.Min.Y, top-180)}, Max: vg.Point{X: x + colorBarWidth, Y: top - 4}}
	c.colorBar(bar, Axis{Min: -1, Max: 1}, nil, func(t float64) color.NRGBA { return diverging(2*t - 1) })
	for i, sign := range []string{"負", "0", "正"} {
		y := bar.Min.Y + 10 + vg.Length(i)*(bar.Size().Y-20)/2
		c.text(sign, bar.Max.X+10, y, left, gray)
	}
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
		if t.Ink {
			colors = append(colors, tint(black, max(0, float64(i)/31)))
		} else {
			colors = append(colors, diverging(float64(i)/31))
		}
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
