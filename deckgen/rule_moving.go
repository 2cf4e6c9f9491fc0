package deckgen

import "deckgen/deckgen/deck"

// movingInspection finds slides of which nobody can say what fits on them.
var movingInspection = ofLayouts(moving,
	deck.Rule{Name: "moving", Severity: deck.Warning, Summary: "the layout of the slide never comes to rest"})

func moving(l *layout) (problems []deck.Problem) {
	for i, s := range l.slides {
		if s.Moving {
			problems = append(problems, l.problem(i, "moving", "let the animation end, or animate only opacity, or transform within the slide",
				"the layout never comes to rest; the slide was checked as it was at one moment"))
		}
	}
	return problems
}
