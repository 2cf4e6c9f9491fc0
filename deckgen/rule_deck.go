package deckgen

import "deckgen/deckgen/deck"

// deckInspection passes on what is wrong with a deck by itself.
var deckInspection = ofDecks(deckProblems, deck.Rules...)

func deckProblems(c *checker, dk *deck.Deck) (problems []deck.Problem) {
	for _, p := range dk.Problems {
		if p.Rule != "emphasis-shown" || !c.ownEngine() {
			problems = append(problems, p)
		}
	}
	return problems
}
