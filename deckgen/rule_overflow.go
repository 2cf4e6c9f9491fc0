package deckgen

import (
	"fmt"
	"math"
	"strings"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/deck"
)

// overflowInspection finds slides that hold more than fits on them.
var overflowInspection = ofLayouts(overflow,
	deck.Rule{Name: "cut-off", Severity: deck.Error, Summary: "something is partly or wholly off the slide"},
	deck.Rule{Name: "overflow", Severity: deck.Warning, Summary: "something runs into the margin of the slide, where the footer and the page number are"})

const tolerance = 1 // pixels, for rounding

func overflow(l *layout) (problems []deck.Problem) {
	design := designed(l.slides)
	for i, s := range l.slides {
		p := l.problem(i, "cut-off", "show less, put it on two slides, or make it smaller", "")
		switch {
		case s.Cut.Most() > tolerance:
			p = l.at(p, s.From.Place, s.From.Text)
			p.Message = fmt.Sprintf("something is cut off: %s, from %s on", sides(s.Cut), item(*s.From))
		case beyond(s.Over, design).Most() > tolerance:
			p.Rule = "overflow"
			p.Message = fmt.Sprintf("the slide runs into its margin: %s", sides(beyond(s.Over, design)))
		default:
			continue
		}
		problems = append(problems, l.fit(p, s.Fit))
	}
	return problems
}

// designed is how far a theme itself goes into each margin, with a heading beside a logo, say: as far as most slides do.
func designed(slides []browser.Slide) browser.Sides {
	most := func(side func(browser.Sides) float64) float64 {
		count := map[float64]int{}
		for _, s := range slides {
			px := math.Round(side(s.Over))
			if count[px]++; px > tolerance && count[px] > 2 && 2*count[px] > len(slides) {
				return px
			}
		}
		return 0
	}
	return browser.Sides{
		Top: most(func(s browser.Sides) float64 { return s.Top }), Right: most(func(s browser.Sides) float64 { return s.Right }),
		Bottom: most(func(s browser.Sides) float64 { return s.Bottom }), Left: most(func(s browser.Sides) float64 { return s.Left }),
	}
}

// beyond is how far a slide goes into its margins where it goes further than its theme.
func beyond(over, design browser.Sides) browser.Sides {
	further := func(px, designed float64) float64 {
		if px <= designed+tolerance {
			return 0
		}
		return px
	}
	return browser.Sides{Top: further(over.Top, design.Top), Right: further(over.Right, design.Right),
		Bottom: further(over.Bottom, design.Bottom), Left: further(over.Left, design.Left)}
}

// sides says how much is beyond which sides.
func sides(s browser.Sides) string {
	var all []string
	for _, side := range []struct {
		px   float64
		name string
	}{{s.Top, "at the top"}, {s.Right, "on the right"}, {s.Bottom, "at the bottom"}, {s.Left, "on the left"}} {
		if side.px > tolerance {
			all = append(all, fmt.Sprintf("%.0f px %s", math.Ceil(side.px), side.name))
		}
	}
	return strings.Join(all, " and ")
}

// item names something on a slide.
func item(i browser.Item) string {
	names := map[string]string{"img": "a picture", "formula": "a formula", "pre": "code"}
	if name, ok := names[i.Tag]; ok && i.Text == "" {
		return name
	}
	if i.Text == "" {
		return "<" + i.Tag + ">"
	}
	return quote(i.Text)
}

// fit moves a problem to the picture that can mend it, and says how.
func (l *layout) fit(p deck.Problem, f *browser.Fit) deck.Problem {
	if f == nil {
		return p
	}
	p, r := l.atImage(p, f.Src)
	p.Hint = fmt.Sprintf("with h:%.0f instead of the size of the picture, everything fits", f.Height)
	if r == nil {
		return p
	}
	for _, word := range strings.Fields(r.Text) {
		if key, _, ok := strings.Cut(word, ":"); ok && (key == "w" || key == "h" || key == "width" || key == "height") {
			p.Hint = fmt.Sprintf("with h:%.0f instead of %s, everything fits", f.Height, word)
		}
	}
	return p
}
