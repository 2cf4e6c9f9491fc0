package deckgen

import (
	"bytes"
	"slices"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/tex"
)

// mathInspection finds what is wrong with formulas before anybody renders them.
var mathInspection = ofDecks((*checker).mathProblems,
	deck.Rule{Name: "math-syntax", Severity: deck.Error, Summary: "a formula breaks: a brace, an argument, a \\begin or a \\left lacks its other half"},
	deck.Rule{Name: "math-slip", Severity: deck.Warning, Summary: "a formula shows something else than was meant, such as a misspelt command"})

func (c *checker) mathProblems(dk *deck.Deck) (problems []deck.Problem) {
	if slices.ContainsFunc(dk.Problems, func(p deck.Problem) bool { return p.Rule == "math-unclosed" }) {
		return nil // what follows is upside down
	}
	macros := tex.Macros{}
	for _, v := range dk.Directives {
		switch {
		case v.Key == "math" && v.Value == "false":
			return nil
		case v.Key == "math":
			macros.KaTeX = v.Value == "katex"
		}
	}
	for _, b := range dk.Blocks {
		macros.Define(b.TeX)
	}
	for _, b := range dk.Blocks {
		if b.TeX == "" { // none, or one that is never closed
			continue
		}
		for _, f := range tex.Faults(b.TeX, macros) {
			if f.Command == "" || !c.configures(f.Command) {
				problems = append(problems, mathProblem(dk, b, f))
			}
		}
	}
	return problems
}

func mathProblem(dk *deck.Deck, b deck.Block, f tex.Fault) deck.Problem {
	p := deck.Problem{Path: dk.Path, Slide: b.Slide, Rule: "math-slip", Message: f.Message, Hint: f.Hint}
	if f.Broken {
		p.Rule = "math-syntax"
	}
	p.Line, p.Col = dk.Position(b.At + f.Offset)
	return p
}

// configures reports whether a configuration of Marp seems to define a command.
func (c *checker) configures(command string) bool {
	return slices.ContainsFunc(marpConfigs, func(name string) bool {
		text, err := c.tree.read(name)
		return err == nil && bytes.Contains(text, []byte(`\`+command))
	})
}
