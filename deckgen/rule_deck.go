package deckgen

import "deckgen/deckgen/deck"

// deckInspection passes on what is wrong with a deck by itself.
var deckInspection = inspection{deck.Rules, deckProblems}

func deckProblems(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		for _, p := range dk.Problems {
			if p.Rule != "emphasis-shown" || !c.ownEngine() {
				problems = append(problems, p)
			}
		}
	}
	return problems
}
