package browser

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Contrast is that of WCAG 2.2, from 1 to 21, of two sRGB colours with parts from 0 to 255.
func Contrast(a, b [3]float64) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2, from 0 to 1.
func luminance(c [3]float64) float64 {
	linear := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

// hideText leaves on a page what is behind the text.
const hideText = `document.head.append(Object.assign(document.createElement('style'), {textContent:
	'section, section * { color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; }'}))`

// sample finds out what is behind the texts that are on no plain colour, from pictures of their slides without text.
func (l *Layout) sample() chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		hidden := false
		for _, s := range l.Slides {
			if !slices.ContainsFunc(s.Texts, func(t Text) bool { return t.Plain && !t.Solid }) {
				continue
			}
			if !hidden {
				if err := chromedp.Evaluate(hideText, nil).Do(ctx); err != nil {
					return err
				}
				hidden = true
			}
			if err := s.look(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s Slide) look(ctx context.Context) error {
	shot, err := page.CaptureScreenshot().WithCaptureBeyondViewport(true).
		WithClip(&page.Viewport{X: s.At[0], Y: s.At[1], Width: s.Width, Height: s.Height, Scale: 1}).Do(ctx)
	if err != nil {
		return err
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return err
	}
	for i := range s.Texts {
		if t := &s.Texts[i]; t.Plain && !t.Solid {
			t.Back = behind(img, t.Box, t.Ink)
		}
	}
	return nil
}

// behind is the colour in a box against which a tenth of it stands out less, and the rest more.
func behind(img image.Image, box [4]float64, ink [3]float64) [3]float64 {
	r := image.Rect(int(box[0]), int(box[1]), int(box[2]+1), int(box[3]+1)).Intersect(img.Bounds())
	var all [][3]float64
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		for x := r.Min.X; x < r.Max.X; x += 2 {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			all = append(all, [3]float64{float64(c.R), float64(c.G), float64(c.B)})
		}
	}
	if len(all) == 0 {
		return [3]float64{255, 255, 255}
	}
	slices.SortFunc(all, func(a, b [3]float64) int { return cmp.Compare(Contrast(ink, a), Contrast(ink, b)) })
	return all[len(all)/10]
}
