package deckgen

import (
	"html"
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
