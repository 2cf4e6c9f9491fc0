package deckgen

import (
	"fmt"

	"deckgen/deckgen/deck"
)

// smallTextInspection finds text that the last row cannot read.
var smallTextInspection = ofLayouts(smallText,
	deck.Rule{Name: "small-text", Severity: deck.Warning, Summary: "text, or a label of a figure, is too small to be read when projected"})

// smallestShare of the height of a slide is the least for type: 16 of 720 pixels, which a screen of two metres shows
// 4.4 cm high.
const smallestShare = 16.0 / 720

func smallText(l *layout) (problems []deck.Problem) {
	for i, s := range l.slides {
		least := smallestShare * s.Height
		hint := fmt.Sprintf("at least %.0f px, on a slide %.0f px high", least, s.Height)
		smallest, more := -1, 0
		for k, t := range s.Texts {
			if t.Furniture || t.Raised || t.Size >= least-0.05 {
				continue
			}
			more++
			if smallest < 0 || t.Size < s.Texts[smallest].Size {
				smallest = k
			}
		}
		if smallest >= 0 {
			t := s.Texts[smallest]
			p := l.problem(i, "small-text", hint, "%s is only %.1f px high%s", quote(t.Text), t.Size, others(more-1))
			problems = append(problems, l.atText(p, t.Text))
		}
		for _, img := range s.Images {
			if img.Text > 0 && img.Text < least-0.05 {
				p := l.problem(i, "small-text", "show the picture larger, or draw it with larger type: "+hint,
					"a label in %s is only %.1f px high on the slide", img.Src, img.Text)
				p, _ = l.atImage(p, img.Src)
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// others counts the further texts on a slide that have the same fault.
func others(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and it is not the only one on this slide (%d more)", n)
}
