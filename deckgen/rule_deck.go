package deckgen

import "deckgen/deckgen/deck"

// deckInspection passes on what is wrong with a deck by itself.
var deckInspection = inspection{deck.Rules, deckProblems}

func deckProblems(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		problems = append(problems, dk.Problems...)
	}
	return problems
}
