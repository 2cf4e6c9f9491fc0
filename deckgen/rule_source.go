package deckgen

import (
	"fmt"
	"path"
	"slices"

	"deckgen/deckgen/deck"
)

// sourceInspection finds listings that differ from most in how they name their source and their language.
var sourceInspection = ofDecks(sourceProblems,
	deck.Rule{Name: "no-source", Severity: deck.Hint, Summary: "a listing names no source, where the others of its language do"},
	deck.Rule{Name: "listing-language", Severity: deck.Hint, Summary: "a listing has another language than all others from such files"})

func sourceProblems(_ *checker, dk *deck.Deck) (problems []deck.Problem) {
	const enough = 2
	endings, languages := endingsOf(dk), map[[2]string]int{} // by the ending of the file, and the language
	cited := map[string]int{}                                // by language
	for _, b := range dk.Blocks {
		if e := endings[b.Line]; e != "" {
			languages[[2]string{e, b.Language}]++
			cited[b.Language]++
		}
	}
	said := func(b deck.Block) bool {
		return slices.ContainsFunc(dk.Problems, func(p deck.Problem) bool { return p.Line == b.Line && p.Rule == "no-reference" })
	}
	for _, b := range dk.Blocks {
		p := deck.Problem{Path: dk.Path, Line: b.Line, Col: b.Col, Slide: b.Slide}
		switch e := endings[b.Line]; {
		case b.Kind != deck.CodeBlock:
			continue
		case e == "" && cited[b.Language] >= enough && b.Language != "" && !said(b):
			p.Rule, p.Message = "no-source", "this listing names no source: nobody notices when the source changes"
			p.Hint = "write ```" + b.Language + " file=path#symbol"
		case e != "" && languages[[2]string{e, b.Language}] == 1:
			usual, n := most(languages, e)
			if n < enough {
				continue
			}
			p.Rule, p.Message = "listing-language", fmt.Sprintf("this listing from a %s file has the language %q, %d others have %q", e, b.Language, n, usual)
			p.Hint = "write ```" + usual + " in its place, and file=… behind it"
		default:
			continue
		}
		problems = append(problems, p)
	}
	return problems
}

// endingsOf are the endings of the files that listings show, by their lines.
func endingsOf(dk *deck.Deck) map[int]string {
	endings := map[int]string{}
	for _, r := range dk.Refs {
		if r.Kind == deck.Code {
			endings[r.Line] = path.Ext(r.Target)
		}
	}
	return endings
}

// most is the language that most listings from files with an ending have, and how many do.
func most(languages map[[2]string]int, ending string) (language string, n int) {
	for k, count := range languages {
		if k[0] == ending && (count > n || count == n && k[1] < language) {
			language, n = k[1], count
		}
	}
	return language, n
}
