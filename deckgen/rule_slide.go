package deckgen

import (
	"bytes"
	"fmt"
	"slices"

	"deckgen/deckgen/deck"
)

// slideInspection looks at slides as a whole.
var slideInspection = inspection{[]deck.Rule{
	{Name: "empty-slide", Severity: deck.Warning, Summary: "nothing is on a slide"},
	{Name: "repeated-heading", Severity: deck.Hint, Summary: "two slides that do not follow each other have the same heading"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		problems = append(append(problems, emptySlides(dk)...), repeatedHeadings(dk)...)
	}
	return problems
}}

// emptySlides finds blank slides. One with directives, a style or a note may be meant so.
func emptySlides(dk *deck.Deck) (problems []deck.Problem) {
	late := func(p deck.Problem) bool { return p.Rule == "front-matter-late" }
	meant := map[int]bool{1: slices.ContainsFunc(dk.Problems, late)} // said already
	for _, v := range dk.Directives {
		meant[v.Slide] = meant[v.Slide] || !v.FrontMatter
	}
	for _, c := range dk.Comments {
		meant[c.Slide] = meant[c.Slide] || c.Kind == deck.Note && c.Text != ""
	}
	for i, s := range dk.Slides {
		if !s.Blank || meant[i+1] || len(dk.Slides) == 1 || bytes.Contains(dk.Src[s.Start:s.End], []byte("<style")) {
			continue
		}
		p := deck.Problem{Path: dk.Path, Line: max(1, s.Line-1), Col: 1, Slide: i + 1, Rule: "empty-slide",
			Message: "nothing is on this slide", Hint: "remove one of the two ---"}
		switch {
		case i == 0:
			p.Line, p.Message, p.Hint = s.Line, "the first slide is empty", "remove the --- below the front matter"
		case i == len(dk.Slides)-1:
			p.Message, p.Hint = "the deck ends with an empty slide", "remove the last ---"
		}
		problems = append(problems, p)
	}
	return problems
}

// repeatedHeadings finds pairs: a heading that comes more often, or on slides that follow each other, is meant so.
func repeatedHeadings(dk *deck.Deck) (problems []deck.Problem) {
	byHeading := map[string][]int{}
	for i, s := range dk.Slides {
		if s.Heading != "" {
			byHeading[s.Heading] = append(byHeading[s.Heading], i)
		}
	}
	for heading, at := range byHeading {
		if len(at) != 2 || at[1] == at[0]+1 {
			continue
		}
		problems = append(problems, deck.Problem{Path: dk.Path, Line: firstLine(dk, at[1]), Col: 1, Slide: at[1] + 1, Rule: "repeated-heading",
			Message: fmt.Sprintf("slide %d has the heading %q too", at[0]+1, heading), Hint: "say what is different here"})
	}
	slices.SortFunc(problems, func(a, b deck.Problem) int { return a.Line - b.Line })
	return problems
}
