package deckgen

import (
	"fmt"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
)

// gathered says once what a deck has many times: at the first place, with the slides of the others. That is for hints, and
// for what is to be mended in a record; another error or a warning stays where it is to be mended. The problems are in order.
func gathered(problems []deck.Problem) []deck.Problem {
	type kind struct{ path, rule, message string }
	of := func(p deck.Problem) kind { return kind{p.Path, p.Rule, p.Message} }
	slides := map[kind][]int{}
	for _, p := range problems {
		if limit(p) > 0 && p.Slide > 0 {
			slides[of(p)] = append(slides[of(p)], p.Slide)
		}
	}
	said := map[kind]bool{}
	var shown []deck.Problem
	for _, p := range problems {
		k := of(p)
		if at := slides[k]; limit(p) > 0 && len(at) > limit(p) {
			if said[k] {
				continue
			}
			said[k] = true
			p.Message += fmt.Sprintf(" (and %d more, %s)", len(at)-1, furtherSlides(at[1:]))
		}
		shown = append(shown, p)
	}
	return shown
}

// limit is how often a problem is said by itself; 0 for as often as there are places.
func limit(p deck.Problem) int {
	switch {
	case p.Severity == deck.Hint:
		return 5
	case p.Rule == "broken-record", strings.HasSuffix(p.Message, noRecord):
		return 1
	}
	return 0
}

// furtherSlides names the first few slides of many.
func furtherSlides(at []int) string {
	const most = 8
	at = slices.Compact(slices.Clone(at))
	var names []string
	for _, n := range at[:min(most, len(at))] {
		names = append(names, fmt.Sprint(n))
	}
	if len(at) > most {
		names = append(names, "…")
	}
	if len(at) == 1 {
		return "on slide " + names[0]
	}
	return "on slides " + strings.Join(names, ", ")
}
