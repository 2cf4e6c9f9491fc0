package deckgen

import (
	"bytes"
	"fmt"
	"slices"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// slideInspection looks at slides as a whole.
var slideInspection = ofDecks(slideProblems,
	deck.Rule{Name: "empty-slide", Severity: deck.Warning, Summary: "nothing is on a slide"},
	deck.Rule{Name: "repeated-heading", Severity: deck.Hint, Summary: "two slides that do not follow each other have the same heading"},
	deck.Rule{Name: "repeated-slide", Severity: deck.Warning, Summary: "a slide is the same as the one before it"},
	deck.Rule{Name: "repeated-item", Severity: deck.Hint, Summary: "an item of a list is the same as the one above it"},
	deck.Rule{Name: "missing-break", Severity: deck.Hint, Summary: "a heading comes after the note of its slide, where all other notes end theirs"})

func slideProblems(_ *checker, dk *deck.Deck) []deck.Problem {
	return slices.Concat(emptySlides(dk), repeatedHeadings(dk), repeatedSlides(dk), repeatedItems(dk), missingBreaks(dk))
}

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
	if len(bytes.TrimSpace(dk.Src)) == 0 {
		return []deck.Problem{{Path: dk.Path, Line: 1, Col: 1, Slide: 1, Rule: "empty-slide", Message: "the deck is empty", Hint: "write a slide, or delete the file"}}
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
		case len(dk.HeadingDivider) > 0 && i+1 < len(dk.Slides) && bytes.HasPrefix(dk.Src[dk.Slides[i+1].Start:], []byte("#")):
			p.Hint = "headingDivider starts a slide at the heading below: remove the --- above it, or headingDivider"
		case i == len(dk.Slides)-1:
			p.Message, p.Hint = "the deck ends with an empty slide", "remove the last ---"
			if s.Start == len(dk.Src) && !bytes.HasSuffix(dk.Src, []byte("\n")) { // which is the last line
				p.Line = s.Line
			}
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
		problems = append(problems, deck.Problem{Path: dk.Path, Line: dk.Slides[at[1]].HeadingLine, Col: 1, Slide: at[1] + 1, Rule: "repeated-heading",
			Message: fmt.Sprintf("slide %d has the heading %q too", at[0]+1, heading), Hint: "say what is different here"})
	}
	slices.SortFunc(problems, func(a, b deck.Problem) int { return a.Line - b.Line })
	return problems
}

// repeatedSlides finds slides that are the same as the one before, to the letter. Short ones may be meant so.
func repeatedSlides(dk *deck.Deck) (problems []deck.Problem) {
	content := func(s deck.Slide) []byte { return bytes.TrimSpace(dk.Src[s.Start:s.End]) }
	for i := 1; i < len(dk.Slides); i++ {
		this := content(dk.Slides[i])
		if bytes.Count(this, []byte("\n")) >= 4 && bytes.Equal(this, content(dk.Slides[i-1])) {
			problems = append(problems, deck.Problem{Path: dk.Path, Line: firstLine(dk, i), Col: 1, Slide: i + 1, Rule: "repeated-slide",
				Message: fmt.Sprintf("this slide is the same as slide %d", i), Hint: "remove one of them, or say what is different here"})
		}
	}
	return problems
}

var itemLine = lazy.Regexp(`(?m)^[ \t]*[-*+] \S[^\n]{7,}$`)

// repeatedItems finds two items of some length that are the same to the letter, as a merge makes them.
func repeatedItems(dk *deck.Deck) (problems []deck.Problem) {
	var last []int
	for _, m := range itemLine().FindAllIndex(dk.Src, -1) {
		if last != nil && m[0] == last[1]+1 && bytes.Equal(dk.Src[m[0]:m[1]], dk.Src[last[0]:last[1]]) {
			line, col := dk.Position(m[0])
			problems = append(problems, deck.Problem{Path: dk.Path, Line: line, Col: col, Slide: dk.SlideAt(m[0]), Rule: "repeated-item",
				Message: "this is the same as the line above it", Hint: "remove one of the two"})
		}
		last = m
	}
	return problems
}

var headingBelow = lazy.Regexp(`(?m)^#{1,6} `)

// missingBreaks finds slides in which a heading comes after a note, in a deck whose notes stand at the end of their
// slides: the break between two slides was lost.
func missingBreaks(dk *deck.Deck) (problems []deck.Problem) {
	const enough = 5
	last := 0
	for _, c := range dk.Comments {
		if c.Kind != deck.Note || c.Text == "" || c.Slide > len(dk.Slides) {
			continue
		}
		rest := dk.Src[c.End:max(c.End, dk.Slides[c.Slide-1].End)]
		switch m := headingBelow().FindIndex(rest); {
		case len(bytes.TrimSpace(rest)) == 0:
			last++
		case m == nil:
			return nil
		default:
			line, col := dk.Position(c.End + m[0])
			problems = append(problems, deck.Problem{Path: dk.Path, Line: line, Col: col, Slide: c.Slide, Rule: "missing-break",
				Message: "this heading comes after the presenter note of its slide", Hint: "if a new slide starts here, put --- above it"})
		}
	}
	if last < enough || len(problems) > 2 {
		return nil
	}
	return problems
}
