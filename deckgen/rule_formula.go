package deckgen

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// formulaInspection finds formulas that MathJax or KaTeX could not read, and macros that they do not know.
var formulaInspection = ofLayouts(badFormulas,
	deck.Rule{Name: "formula", Severity: deck.Error, Summary: "a formula is shown as an error"})

func badFormulas(l *layout) (problems []deck.Problem) {
	for i, page := range l.html[:min(len(l.html), len(l.dk.Slides))] {
		formulas := splitFormulas(page)
		for k, f := range formulas {
			if why := formulaError(f); why != "" {
				p := l.problem(i, "formula", "mend the TeX", "a formula is shown as an error: %s", why)
				problems = append(problems, l.at(p, browser.Place{Tag: "formula", Index: k, Of: len(formulas)}, ""))
			}
		}
	}
	return problems
}

// formulasOnce leaves out the errors that formulas show where the cause was found in their source.
func (c *checker) formulasOnce(problems []deck.Problem) []deck.Problem {
	explained := func(p deck.Problem) bool {
		at := slices.IndexFunc(c.decks, func(dk *deck.Deck) bool { return p.Rule == "formula" && dk.Path == p.Path })
		if at < 0 {
			return false
		}
		for _, b := range c.decks[at].BlocksOn(p.Slide, deck.Formula) {
			if b.Line == p.Line && b.Col == p.Col {
				return slices.ContainsFunc(problems, func(q deck.Problem) bool {
					return q.Rule == "math-syntax" && q.Path == p.Path && within(c.decks[at], b, q)
				})
			}
		}
		return false
	}
	var kept []deck.Problem
	for _, p := range problems {
		if !explained(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// within reports whether a problem is one of the TeX of a formula.
func within(dk *deck.Deck, formula deck.Block, p deck.Problem) bool {
	line, col := dk.Position(formula.At)
	last, end := dk.Position(formula.At + len(formula.TeX))
	return (p.Line > line || p.Line == line && p.Col >= col) && (p.Line < last || p.Line == last && p.Col <= end)
}

var formulaStart = lazy.Regexp(`<mjx-container|<span (?:[^>]* )?class="katex(?:-error)?"`)

// splitFormulas cuts a page where its formulas start; what comes before the first is left out.
func splitFormulas(page string) (formulas []string) {
	starts := formulaStart().FindAllStringIndex(page, -1)
	for i, s := range starts {
		end := len(page)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		formulas = append(formulas, page[s[0]:end])
	}
	return formulas
}

var (
	formulaErrors = lazy.Regexp(`data-mjx-error="([^"]*)"|class="katex-error"[^>]*title="([^"]*)"`)
	badMacro      = lazy.Regexp(`data-mml-node="mtext" fill="red"(.*?)</g>|mathcolor="#cc0000"[^>]*>(?:<[^>]*>)*([^<]*)`)
	outline       = lazy.Regexp(`data-c="([0-9A-F]+)"`)
)

// formulaError says what is wrong with a formula, "" for nothing.
func formulaError(f string) string {
	if m := formulaErrors().FindStringSubmatch(f); m != nil {
		return strings.TrimSpace(html.UnescapeString(m[1] + m[2]))
	}
	m := badMacro().FindStringSubmatch(f)
	if m == nil {
		return ""
	}
	return strings.TrimSpace("undefined macro " + outlined(m[1]) + html.UnescapeString(m[2]))
}

// outlined reads the text that MathJax drew as outlines, each marked with its code point.
func outlined(svg string) string {
	var text strings.Builder
	for _, m := range outline().FindAllStringSubmatch(svg, -1) {
		if c, err := strconv.ParseInt(m[1], 16, 32); err == nil {
			text.WriteRune(rune(c))
		}
	}
	return text.String()
}
