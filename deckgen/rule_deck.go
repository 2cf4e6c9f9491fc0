package deckgen

import "deckgen/deckgen/deck"

// deckRule passes on what is wrong with a deck by itself.
func deckRule(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		problems = append(problems, dk.Problems...)
	}
	return problems
}
