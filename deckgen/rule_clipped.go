package deckgen

import "deckgen/deckgen/deck"

// clippedInspection finds what hides a part of itself: a projected slide cannot be scrolled.
var clippedInspection = ofLayouts(clipped,
	deck.Rule{Name: "clipped", Severity: deck.Error, Summary: "a table or code is larger than its place and hides the rest"})

func clipped(l *layout) (problems []deck.Problem) {
	for i, s := range l.slides {
		for _, c := range s.Clipped {
			name, hint := "something", "make it smaller"
			switch c.Tag {
			case "table":
				name, hint = "the table", "show fewer columns, shorter words or smaller type"
			case "pre":
				name, hint = "the code", "break the long lines, show less, or make the type smaller"
			}
			p := l.problem(i, "clipped", hint, "%s hides a part of itself: %s, from %s on", name, sides(c.Sides), item(c.From))
			problems = append(problems, l.at(p, c.Place, c.From.Text))
		}
	}
	return problems
}
