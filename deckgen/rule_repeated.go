package deckgen

import (
	"fmt"
	"path"
	"slices"

	"deckgen/deckgen/deck"
)

// repeatedInspection finds what is shown where something else was meant to be.
var repeatedInspection = ofDecks(repetitions,
	deck.Rule{Name: "repeated-figure", Severity: deck.Hint, Summary: "a figure is shown again, and another one of its experiment, or of its name, nowhere"},
	deck.Rule{Name: "repeated-listing", Severity: deck.Hint, Summary: "a listing is shown again"},
	deck.Rule{Name: "no-picture", Severity: deck.Hint, Summary: "a slide shows no picture, where all others of its class do"})

func repetitions(c *checker, dk *deck.Deck) []deck.Problem {
	return append(c.repeated(dk), c.noPictures(dk)...)
}

// repeated finds figures and listings that were shown before, each once. Slides that follow each other may build something up.
func (c *checker) repeated(dk *deck.Deck) (problems []deck.Problem) {
	first, times := map[string]int{}, map[string]int{}
	d := referrer{c.driver, dk}
	for _, r := range dk.Refs {
		file, err := resolve(dk, r.Target)
		if err != nil || r.Kind != deck.Image && r.Kind != deck.Code {
			continue
		}
		shown := file + "#" + r.Fragment
		times[shown]++
		slide := first[shown]
		switch {
		case times[shown] == 1:
			first[shown] = r.Slide
		case times[shown] > 2:
		case r.Kind == deck.Code:
			problems = append(problems, d.problem(r, "repeated-listing", "name another symbol, or say on one slide what is different", "slide %d shows this listing, too", slide))
		default:
			other := d.unshown(file)
			if buildsUp := r.Slide <= slide+1 && path.Dir(other) == path.Dir(file); other != "" && !buildsUp {
				problems = append(problems, d.problem(r, "repeated-figure", "did you mean "+other+"?", "slide %d shows this figure, too, and none shows %s", slide, other))
			}
		}
	}
	return problems
}

// unshown is a figure that no slide shows, of the same record as another one, or of its name and of a record of its section
// that the deck refers to; else "".
func (d referrer) unshown(file string) string {
	shown, folders := map[string]bool{}, []string{path.Dir(file)}
	for _, r := range d.deck.Refs {
		name, err := resolve(d.deck, r.Target)
		if err != nil {
			continue
		}
		shown[name] = true
		if f := path.Dir(name); path.Dir(f) == path.Dir(folders[0]) && !slices.Contains(folders, f) {
			folders = append(folders, f)
		}
	}
	for i, f := range folders {
		n, err := d.docs.lookUp(f+"/result.json", "/figures")
		if err != nil {
			continue
		}
		n.open()
		for _, name := range n.names() {
			if figure := f + "/" + name + path.Ext(file); (i == 0 || path.Base(figure) == path.Base(file)) && !shown[figure] {
				return figure
			}
		}
	}
	return ""
}

// noPictures finds slides without a picture, of a class whose other slides, a few at least, all show a figure of an experiment.
// In decks without such figures a class says too little.
func (c *checker) noPictures(dk *deck.Deck) (problems []deck.Problem) {
	const enough = 2
	pictures, figures := map[int]bool{}, map[int]bool{}
	for _, r := range dk.Refs {
		if file, err := resolve(dk, r.Target); err == nil && r.Kind == deck.Image && c.tree.has(path.Dir(file)+"/result.json") {
			figures[r.Slide] = true
		}
	}
	for _, l := range dk.Links {
		if l.Image {
			pictures[l.Slide] = true
		}
	}
	with, without := map[string]int{}, map[string][]deck.Directive{}
	for _, v := range dk.Directives {
		switch {
		case v.Key != "_class" || v.Value == "":
		case figures[v.Slide]:
			with[v.Value]++
		case pictures[v.Slide]:
		default:
			without[v.Value] = append(without[v.Value], v)
		}
	}
	for class, n := range with {
		if bare := without[class]; n >= enough && len(bare) == 1 {
			problems = append(problems, deck.Problem{Path: dk.Path, Line: bare[0].Line, Col: bare[0].Col, Slide: bare[0].Slide, Rule: "no-picture",
				Message: fmt.Sprintf("this slide shows no picture, and the %d others of the class %s do", n, class),
				Hint:    "show one, or give the slide another class"})
		}
	}
	return problems
}
