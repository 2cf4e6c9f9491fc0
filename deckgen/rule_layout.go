package deckgen

import "deckgen/deckgen/deck"

// ofLayouts makes an inspection of what is found in one layout.
func ofLayouts(find func(*layout) []deck.Problem, rules ...deck.Rule) inspection {
	return inspection{rules, func(c *checker) (problems []deck.Problem) {
		for _, l := range c.layouts {
			problems = append(problems, find(l)...)
		}
		return problems
	}}
}

// marpInspections need only what Marp made; the others need a browser, too.
var marpInspections = []inspection{slideCountInspection, themeInspection, formulaInspection}

// inspect looks in the HTML of a deck for what Marp passes over in silence.
func (d *driver) inspect(dk *deck.Deck, html string) (problems []deck.Problem) {
	c := &checker{driver: d, layouts: []*layout{d.newLayout(dk, html)}}
	for _, in := range marpInspections {
		problems = append(problems, in.find(c)...)
	}
	return problems
}
