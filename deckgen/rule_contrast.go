package deckgen

import (
	"fmt"
	"math"
	"slices"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/deck"
)

// contrastInspection finds text that stands out too little.
var contrastInspection = ofLayouts(contrast,
	deck.Rule{Name: "contrast", Severity: deck.Warning, Summary: "the contrast of a text is below level AA of WCAG 2"},
	deck.Rule{Name: "contrast-over-picture", Severity: deck.Hint, Summary: "a text may be hard to read over the picture behind it"})

// contrast looks at each slide. Two colours that meet on many are those of a theme, to be mended in one place.
func contrast(l *layout) (problems []deck.Problem) {
	const many = 5
	type colors struct{ ink, back string }
	first, slides := map[colors]int{}, map[colors][]int{}
	for i, s := range l.slides {
		for _, solid := range []bool{true, false} {
			t, more := palest(s.Texts, solid)
			if t == nil {
				continue
			}
			c := colors{hexColor(t.Ink), hexColor(t.Back)}
			if solid && len(slides[c]) == 0 {
				first[c] = len(problems)
			}
			if solid {
				slides[c] = append(slides[c], i+1)
			}
			problems = append(problems, l.tooPale(i, *t, more))
		}
	}
	again := map[int]bool{} // slides whose colours were said before
	for c, at := range slides {
		if len(at) <= many {
			continue
		}
		problems[first[c]].Message += fmt.Sprintf(" (and so %s)", furtherSlides(at[1:]))
		for _, slide := range at[1:] {
			again[slide] = true
		}
	}
	return slices.DeleteFunc(problems, func(p deck.Problem) bool { return p.Rule == "contrast" && again[p.Slide] })
}

// palest is the text of a slide with the least contrast, nil if all have enough, and how many others have too little.
func palest(texts []browser.Text, solid bool) (worst *browser.Text, more int) {
	for k, t := range texts {
		if t.Furniture || !t.Plain || t.Solid != solid || browser.Contrast(t.Ink, t.Back) >= contrastNeeded(t)-0.005 {
			continue
		}
		if worst != nil {
			more++
		}
		if worst == nil || browser.Contrast(t.Ink, t.Back) < browser.Contrast(worst.Ink, worst.Back) {
			worst = &texts[k]
		}
	}
	return worst, more
}

func (l *layout) tooPale(slide int, t browser.Text, more int) deck.Problem {
	rule, where := "contrast", "on"
	if !t.Solid {
		rule, where = "contrast-over-picture", "over the picture, which has places such as"
	}
	hint := fmt.Sprintf("a contrast of %.1f is needed at this size (%.0f px)", contrastNeeded(t), t.Size)
	p := l.problem(slide, rule, hint, "%s has a contrast of only %.1f: %s %s %s%s", quote(t.Text),
		math.Floor(10*browser.Contrast(t.Ink, t.Back))/10, hexColor(t.Ink), where, hexColor(t.Back), others(more))
	return l.atText(p, t.Text)
}

// contrastNeeded is what WCAG 2.2 asks for in 1.4.3: less for type of 18 points, or of 14 points and bold.
func contrastNeeded(t browser.Text) float64 {
	if t.Size >= 24 || t.Bold && t.Size >= 56.0/3 {
		return 3
	}
	return 4.5
}

func hexColor(c [3]float64) string {
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]+0.5), int(c[1]+0.5), int(c[2]+0.5))
}
