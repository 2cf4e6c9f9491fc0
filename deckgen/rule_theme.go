package deckgen

import (
	"fmt"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
)

// themeInspection finds a theme that Marp does not know and replaced by its own.
var themeInspection = ofLayouts(themeInUse,
	deck.Rule{Name: "theme", Severity: deck.Error, Summary: "Marp does not know the theme of a deck and takes its own"})

func themeInUse(l *layout) (problems []deck.Problem) {
	i := slices.IndexFunc(l.dk.Directives, func(v deck.Directive) bool { return v.Key == "theme" && v.Value != "" })
	if i < 0 || len(l.html) == 0 {
		return nil
	}
	v := l.dk.Directives[i]
	if strings.Contains(l.html[0], `data-theme="`+v.Value+`"`) {
		return nil
	}
	known, _ := l.themes()
	p := deck.Problem{Path: l.dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Rule: "theme",
		Message: fmt.Sprintf("Marp does not know the theme %q and takes its own", v.Value),
		Hint:    didYouMean(v.Value, known) + "; themes are CSS files that say /* @theme " + v.Value + " */, in assets/themes"}
	return []deck.Problem{p}
}
