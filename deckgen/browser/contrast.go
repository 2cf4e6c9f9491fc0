package browser

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"

	"github.com/chromedp/cdproto/cdp"
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

// only leaves the background of one slide on a page.
const only = `((i) => {
	const all = [...document.querySelectorAll('svg[data-marpit-svg]')]
	all.forEach((svg, k) => { svg.style.cssText += k === i ? ';display:block;position:fixed;left:0;top:0' : ';display:none' })
	document.getElementById('deckgen-only') ?? document.head.append(Object.assign(document.createElement('style'), {id: 'deckgen-only', textContent:
		'section, section * { color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; }'}))
})(%d)`

// sample finds out what is behind the texts that are on no plain colour, from pictures of their slides without text.
func (l *Layout) sample(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	for i, s := range l.Slides {
		if !slices.ContainsFunc(s.Texts, func(t Text) bool { return t.Plain && !t.Solid }) {
			continue
		}
		if err := s.look(ctx, t, i); err != nil {
			return none, err
		}
	}
	return none, nil
}

// shrunk is the scale of the pictures: they need no more than a few pixels of each text.
const shrunk = 0.5

func (s Slide) look(ctx context.Context, target *chromedp.Target, index int) error {
	if _, err := window(int64(s.Width), int64(s.Height), shrunk)(ctx, target); err != nil {
		return err
	}
	if _, err := chromedp.Evaluate[chromedp.Void](fmt.Sprintf(only, index))(ctx, target); err != nil {
		return err
	}
	fast := true
	shot, err := cdp.Call(ctx, target, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: &fast})
	if err != nil {
		return err
	}
	img, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		return err
	}
	for i := range s.Texts {
		if t := &s.Texts[i]; t.Plain && !t.Solid {
			t.Back = behind(img, part(t.Box), t.Ink)
		}
	}
	return nil
}

// part is that of a picture that shows a part of the slide.
func part(box [4]float64) image.Rectangle {
	return image.Rect(int(box[0]*shrunk), int(box[1]*shrunk), int(box[2]*shrunk)+1, int(box[3]*shrunk)+1)
}

// behind is the colour in a part of a picture against which a tenth of it stands out less, and the rest more.
func behind(img image.Image, part image.Rectangle, ink [3]float64) [3]float64 {
	type sample struct {
		colour   [3]float64
		contrast float64
	}
	var all []sample
	known := map[color.NRGBA]sample{}
	part = part.Intersect(img.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			s, ok := known[c]
			if !ok {
				s.colour = [3]float64{float64(c.R), float64(c.G), float64(c.B)}
				s.contrast = Contrast(ink, s.colour)
				known[c] = s
			}
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return [3]float64{255, 255, 255}
	}
	slices.SortFunc(all, func(a, b sample) int { return cmp.Compare(a.contrast, b.contrast) })
	return all[len(all)/10].colour
}
