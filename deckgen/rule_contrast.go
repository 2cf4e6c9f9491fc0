package deckgen

import (
	"fmt"
	"math"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/deck"
)

// contrastInspection finds text that stands out too little.
var contrastInspection = ofLayouts(contrast,
	deck.Rule{Name: "contrast", Severity: deck.Warning, Summary: "the contrast of a text is below level AA of WCAG 2"})

func contrast(l *layout) (problems []deck.Problem) {
	for i, s := range l.slides {
		worst, least, more := -1, 0.0, 0
		for k, t := range s.Texts {
			ratio := contrastRatio(t.Ink, t.Back)
			if !t.Plain || !t.Solid || ratio >= contrastNeeded(t)-0.005 {
				continue
			}
			more++
			if worst < 0 || ratio < least {
				worst, least = k, ratio
			}
		}
		if worst < 0 {
			continue
		}
		t := s.Texts[worst]
		p := l.problem(i, "contrast", fmt.Sprintf("a contrast of %.1f is needed at this size (%.0f px)", contrastNeeded(t), t.Size),
			"%s has a contrast of only %.1f: %s on %s%s", quote(t.Text), math.Floor(10*least)/10, hexColor(t.Ink), hexColor(t.Back), others(more-1))
		problems = append(problems, l.atText(p, t.Text))
	}
	return problems
}

// contrastNeeded is what WCAG 2.2 asks for in 1.4.3: less for type of 18 points, or of 14 points and bold.
func contrastNeeded(t browser.Text) float64 {
	if t.Size >= 24 || t.Bold && t.Size >= 56.0/3 {
		return 3
	}
	return 4.5
}

// contrastRatio is that of WCAG 2.2, from 1 to 21, of two sRGB colours with parts from 0 to 255.
func contrastRatio(a, b [3]float64) float64 {
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

func hexColor(c [3]float64) string {
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]+0.5), int(c[1]+0.5), int(c[2]+0.5))
}
