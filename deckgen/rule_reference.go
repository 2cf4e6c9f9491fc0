package deckgen

import (
	"fmt"

	"deckgen/deckgen/deck"
)

// referenceRule redoes fill in memory: every reference must lead somewhere, and show what is there.
func referenceRule(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		for _, r := range dk.Refs {
			d := referrer{c.driver, dk}
			a := d.answer(r)
			switch {
			case a.problem != nil:
				problems = append(problems, *a.problem)
			case len(a.edits) > 0:
				problems = append(problems, d.problem(r, staleRule(r.Kind), "deckgen fill "+dk.Path, "%s", staleMessage(r, a)))
			}
		}
	}
	return problems
}

func staleRule(k deck.Kind) string {
	switch k {
	case deck.Code:
		return "stale-listing"
	case deck.Table:
		return "stale-table"
	}
	return "stale-value"
}

func staleMessage(r deck.Reference, a answer) string {
	switch {
	case r.Kind == deck.Code:
		return fmt.Sprintf("the listing is not what %s#%s is now", r.Target, r.Fragment)
	case r.Kind == deck.Table:
		return fmt.Sprintf("the table shows %s, the record says %s", orNothing(a.was), orNothing(a.is))
	case a.was == r.Text:
		return fmt.Sprintf("the slide says %s, the record says %s", orNothing(a.was), a.is)
	}
	return fmt.Sprintf("the evidence in the title is out of date; it is now %q", a.is)
}
