package deckgen

import (
	"fmt"
	"math"
	"strings"

	"deckgen/deckgen/deck"
)

// referenceInspection redoes fill in memory: every reference must lead somewhere, and show what is there.
var referenceInspection = ofDecks(referenceProblems,
	deck.Rule{Name: "stale-value", Severity: deck.Error, Summary: "a link shows another value, or other evidence, than its record"},
	deck.Rule{Name: "stale-table", Severity: deck.Error, Summary: "a table is not the one in its record"},
	deck.Rule{Name: "stale-listing", Severity: deck.Error, Summary: "a listing is not the source that it names"},
	deck.Rule{Name: "unknown-reference", Severity: deck.Error, Summary: "a link, a figure, a listing or a table leads nowhere"},
	deck.Rule{Name: "missing-image", Severity: deck.Error, Summary: "there is no such picture"},
	deck.Rule{Name: "outside", Severity: deck.Error, Summary: "a path leaves the repository"},
	deck.Rule{Name: "no-value", Severity: deck.Error, Summary: "a link leads to something that is no number and no text"},
	deck.Rule{Name: "no-table", Severity: deck.Error, Summary: "the definition of a table leads to something that is none"},
	deck.Rule{Name: "format", Severity: deck.Error, Summary: "the text of a link is no format for a number"},
	deck.Rule{Name: "broken-record", Severity: deck.Error, Summary: "a record cannot be read as one"},
	deck.Rule{Name: "unreadable", Severity: deck.Error, Summary: "something could not be read, so that the rest is not certain"})

func referenceProblems(c *checker, dk *deck.Deck) (problems []deck.Problem) {
	d := referrer{c.driver, dk}
	for _, r := range dk.Refs {
		a := d.answer(r)
		switch {
		case a.problem != nil:
			problems = append(problems, *a.problem)
		case len(a.edits) > 0:
			p := d.problem(r, staleRule(r.Kind), staleHint(dk, r, a), "%s", staleMessage(r, a))
			if line := dk.BodyLine(r, a.row); line > 0 {
				p.Line, p.Col = line, 1
			}
			problems = append(problems, p)
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

// staleHint says what mends it. Filling keeps the form of a number, which may be what is wrong.
func staleHint(dk *deck.Deck, r deck.Reference, a answer) string {
	fill := "deckgen fill " + dk.Path
	if r.Kind != deck.Link || a.was != r.Text {
		return fill
	}
	was, unit := reading(a.was)
	is, last := reading(a.is)
	if !strings.HasSuffix(a.was, "%") && was > 1 && math.Abs(was-100*is) <= 100*last+unit {
		return fmt.Sprintf("write [%s%%](…) if percent are meant; else %s", a.was, fill)
	}
	return fill
}

func staleMessage(r deck.Reference, a answer) string {
	switch {
	case r.Kind == deck.Code:
		return fmt.Sprintf("the listing is not what %s is now: %s", subject(r.Target, r.Fragment), a.why)
	case r.Kind == deck.Table && len(r.Grid.Header) == 0:
		return "no table stands directly below this definition; the record has " + a.is
	case r.Kind == deck.Table:
		return fmt.Sprintf("the table shows %s, the record says %s", orNothing(a.was), orNothing(a.is))
	case a.was == r.Text:
		return fmt.Sprintf("the slide says %s, the record says %s", orNothing(a.was), a.is)
	}
	return fmt.Sprintf("the evidence in the title is out of date; it is now %q", a.is)
}
