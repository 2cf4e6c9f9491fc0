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
	known, _ := c.themes()
	all := len(known) > len(marpThemes) && !c.themesElsewhere()
	for _, dk := range c.decks {
		for _, v := range dk.Directives {
			if v.Key != "theme" || v.Value == "" || slices.Contains(known, v.Value) || !all && !slip(v.Value, known) {
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

// marpConfigs are where a project may tell marp-cli what it likes.
var marpConfigs = []string{".marprc", ".marprc.yml", ".marprc.yaml", ".marprc.json", "marp.config.js", "marp.config.mjs", "marp.config.cjs",
	"marp.config.ts"}

var engineWord = lazy.Regexp(`(?m)(?:^|[\s{,"'])engine["']?\s*:|--engine\b`)

// ownEngine reports whether the decks are made with an engine of their own, whose plugins may know more than Marp.
func (d *driver) ownEngine() bool {
	return slices.ContainsFunc(append(slices.Clone(marpConfigs), "package.json"), func(file string) bool {
		config, _ := d.tree.read(file)
		return engineWord().Match(config)
	})
}
