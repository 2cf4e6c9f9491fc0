package deckgen

import (
	"fmt"

	"deckgen/deckgen/deck"
)

// slideCountInspection compares the slides of Marp with those of this program, since every message names one.
var slideCountInspection = ofLayouts(slideCount,
	deck.Rule{Name: "slide-count", Severity: deck.Error, Summary: "Marp makes another number of slides of a deck than deckgen counts"})

func slideCount(l *layout) []deck.Problem {
	if len(l.html) == len(l.dk.Slides) {
		return nil
	}
	return []deck.Problem{{Path: l.dk.Path, Line: 1, Col: 1, Slide: 1, Rule: "slide-count",
		Message: fmt.Sprintf("Marp makes %s of this deck, deckgen counts %d", plural(len(l.html), "slide"), len(l.dk.Slides)),
		Hint:    "please report this deck: the slide numbers of the other messages may be wrong"}}
}
