package deckgen

import "deckgen/deckgen/deck"

// settingInspection finds comments for this program that mean nothing to it.
var settingInspection = ofDecks(wrongSettings,
	deck.Rule{Name: "unknown-rule", Severity: deck.Error, Summary: "a comment sets a rule that does not exist"})

func wrongSettings(_ *checker, dk *deck.Deck) []deck.Problem {
	_, problems := onSlides(dk)
	return problems
}
