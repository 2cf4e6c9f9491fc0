package deckgen

import "deckgen/deckgen/deck"

// settingInspection finds comments for this program that mean nothing to it.
var settingInspection = inspection{[]deck.Rule{
	{Name: "unknown-rule", Severity: deck.Error, Summary: "a comment sets a rule that does not exist"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		_, ps := onSlides(dk)
		problems = append(problems, ps...)
	}
	return problems
}}
