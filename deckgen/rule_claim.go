package deckgen

import (
	"fmt"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// claimInspection finds claims on slides that the runs do not bear out, or not for each seed.
var claimInspection = ofDecks(claimProblems,
	deck.Rule{Name: "false-claim", Severity: deck.Error, Summary: "a slide says something that the runs do not bear out"},
	deck.Rule{Name: "fragile-claim", Severity: deck.Warning, Summary: "a slide says something that is true for the mean but not for every seed"})

func claimProblems(c *checker, dk *deck.Deck) (problems []deck.Problem) {
	d := referrer{c.driver, dk}
	for _, r := range dk.Refs {
		claim, ok := d.claimOf(r)
		switch {
		case !ok:
		case !claim.Holds:
			problems = append(problems, d.problem(r, "false-claim", "say something else, or find out why",
				"the runs do not bear this out: %s", statement(claim)))
		case claim.Fragile():
			problems = append(problems, d.problem(r, "fragile-claim", "say so on the slide, or run more seeds",
				"this is true for the mean but only for %d of %s: %s", claim.Held, plural(claim.Of, "seed"), statement(claim)))
		}
	}
	return problems
}

func statement(c lab.Claim) string {
	if c.Statement == "" {
		return "the value is false"
	}
	return fmt.Sprintf("%s (%s)", c.Statement, c.Evidence)
}
