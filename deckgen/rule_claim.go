package deckgen

import (
	"fmt"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// claimRule finds claims on slides that the runs do not bear out, or not for each seed.
func claimRule(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		d := referrer{c.driver, dk}
		for _, r := range dk.Refs {
			claim, ok := d.claimOf(r)
			switch {
			case !ok:
			case !claim.Holds:
				problems = append(problems, d.problem(r, "false-claim", "say something else, or find out why",
					"the runs do not bear this out: %s", statement(claim)))
			case claim.Fragile():
				p := d.problem(r, "fragile-claim", "say so on the slide, or run more seeds",
					"this is true for the mean but only for %d of %s: %s", claim.Held, plural(claim.Of, "seed"), statement(claim))
				p.Severity = deck.Warning
				problems = append(problems, p)
			}
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
