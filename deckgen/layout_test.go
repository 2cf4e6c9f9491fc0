package deckgen

import (
	"fmt"
	"strings"
	"testing"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/deck"
)

// laidOut is a deck whose slides a browser found to be like these.
func laidOut(slides ...browser.Slide) *layout {
	src := strings.Repeat("# A heading\n\n---\n\n", len(slides)-1) + "# A heading\n"
	return &layout{dk: deck.Parse("deck.md", []byte(src)), slides: slides}
}

// What the theme does on every slide is said once, or is no problem.
func TestThemeOnAllSlides(t *testing.T) {
	pale := func(ink float64) browser.Slide {
		return browser.Slide{Texts: []browser.Text{{Text: "A heading", Size: 40, Solid: true, Plain: true,
			Ink: [3]float64{ink, ink, ink}, Back: [3]float64{255, 255, 255}}}}
	}
	high := func(px float64) browser.Slide { return browser.Slide{Over: browser.Sides{Top: px}} }
	for _, c := range []struct {
		name   string
		rule   func(*layout) []deck.Problem
		slides []browser.Slide
		want   string
	}{
		{"five pale slides", contrast, []browser.Slide{pale(200), pale(200), pale(200), pale(200), pale(200)}, "1 2 3 4 5"},
		{"six pale slides, one in another colour", contrast,
			[]browser.Slide{pale(200), pale(200), pale(210), pale(200), pale(200), pale(200), pale(200)}, "1(and so on slides 2, 4, 5, 6, 7) 3"},
		{"two high headings", overflow, []browser.Slide{high(30), high(30)}, "1 2"},
		{"three high headings, and one that is higher", overflow, []browser.Slide{high(30), high(30), high(30), high(50)}, "4"},
		{"different heights", overflow, []browser.Slide{high(30), high(40), high(50)}, "1 2 3"},
	} {
		var got []string
		for _, p := range c.rule(laidOut(c.slides...)) {
			_, more, _ := strings.Cut(p.Message, " (and so")
			if more != "" {
				more = "(and so" + more
			}
			got = append(got, fmt.Sprint(p.Slide, more))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: slides %q, want %q", c.name, s, c.want)
		}
	}
}
