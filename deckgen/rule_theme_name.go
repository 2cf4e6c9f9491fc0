package deckgen

import (
	"fmt"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// themeNameInspection finds themes that are not there. Where the themes of a deck may be elsewhere it looks for slips only.
var themeNameInspection = inspection{[]deck.Rule{
	{Name: "unknown-theme", Severity: deck.Warning, Summary: "there is no such theme, so that Marp takes its own"},
}, func(c *checker) (problems []deck.Problem) {
	all := c.tree.has("assets/themes") && !c.themesElsewhere()
	for _, dk := range c.decks {
		for _, v := range dk.Directives {
			if v.Key != "theme" || v.Value == "" || curly(v) || slices.Contains(marpThemes, v.Value) {
				continue
			}
			known, _ := c.themes()
			if slices.Contains(known, v.Value) || !(all && len(known) > len(marpThemes)) && !slip(v.Value, known) {
				continue
			}
			problems = append(problems, deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Rule: "unknown-theme",
				Message: fmt.Sprintf("there is no theme %q: Marp takes its own", v.Value), Hint: didYouMean(v.Value, known)})
		}
	}
	return problems
}}

var letters = lazy.Regexp(`^[a-z]+$`)

// slip reports whether a name is a known one with a letter wrong, and no name of its own such as default2.
func slip(name string, known []string) bool {
	return letters().MatchString(name) && nearest(name, known) != ""
}

var cssFile = lazy.Regexp(`"([^"]+\.css)"`)

// themesElsewhere reports whether something may bring themes that are not in assets/themes.
func (d *driver) themesElsewhere() bool {
	editor, _ := d.tree.read(".vscode/settings.json")
	for _, m := range cssFile().FindAllStringSubmatch(string(editor), -1) {
		if !strings.Contains(m[1], "assets/themes/") {
			return true
		}
	}
	return slices.ContainsFunc(marpConfigs, d.tree.has)
}
