package deckgen

import (
	"fmt"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
)

// directiveInspection finds directives that Marp passes over: misspelled ones, and values that mean nothing to it.
var directiveInspection = inspection{[]deck.Rule{
	{Name: "unknown-directive", Severity: deck.Warning, Summary: "Marp passes over a directive, whose name is nearly that of one it knows"},
	{Name: "directive-value", Severity: deck.Warning, Summary: "Marp passes over the value of a directive"},
	{Name: "tool-note", Severity: deck.Hint, Summary: "a comment that looks like one for a tool is shown as a presenter note"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		for _, v := range dk.Directives {
			problems = append(problems, directiveProblems(dk, v)...)
		}
		for _, note := range dk.Comments {
			if note.Kind == deck.Note {
				problems = append(problems, noteProblems(dk, note)...)
			}
		}
	}
	return problems
}}

func directiveProblems(dk *deck.Deck, v deck.Directive) []deck.Problem {
	p := deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide}
	if deck.KnownDirective(v.Key) {
		if p.Hint = wrongValue(v); p.Hint == "" {
			return nil
		}
		p.Rule, p.Message = "directive-value", fmt.Sprintf("Marp passes over %s: %s", v.Key, v.Value)
		return []deck.Problem{p}
	}
	known := misspelled(v.Key)
	if known == "" {
		return nil
	}
	p.Rule, p.Message, p.Hint = "unknown-directive", fmt.Sprintf("Marp knows no directive %q", v.Key), "did you mean "+known+"?"
	if known == strings.TrimPrefix(v.Key, "_") {
		p.Hint = known + " holds for the whole deck: write it without _"
	}
	return []deck.Problem{p}
}

// usual are keys that other programs read in the front matter of a deck.
var usual = []string{"marp", "date", "tags", "titles", "themes", "name", "style", "layout", "category", "categories", "version", "icon", "id", "theme-color"}

// misspelled is the directive that a key was meant to be, "" if it seems to be a key of its own.
func misspelled(key string) string {
	if slices.Contains(usual, strings.ToLower(key)) || strings.Contains(key, " ") {
		return ""
	}
	best, fewest := "", min(4, len(key)/3+1)
	for _, known := range deck.Directives() {
		n := near.Edits(strings.ToLower(key), strings.ToLower(known))
		if strings.EqualFold(key, known) {
			n = 0
		}
		if n < fewest {
			best, fewest = known, n
		}
	}
	return best
}

// wrongValue is what to do about the value of a directive, "" if it is one that Marp takes.
func wrongValue(v deck.Directive) string {
	value := strings.ToLower(strings.TrimSpace(v.Value))
	switch strings.TrimPrefix(v.Key, "_") {
	case "paginate":
		return oneOf(value, "true", "false", "hold", "skip")
	case "math":
		return oneOf(value, "mathjax", "katex", "true", "false")
	case "headingDivider":
		return oneOf(strings.Trim(value, "[]0123456789, "), "false")
	}
	return ""
}

func oneOf(value string, known ...string) string {
	if value == "" || slices.Contains(known, value) {
		return ""
	}
	return "it may be " + strings.Join(known, ", ")
}

var (
	noteKey  = lazy.Regexp(`^([_$*]?[A-Za-z][\w-]*)\s*:\s*\S`)
	toolNote = lazy.Regexp(`^(?i)(?:(?:start|end) doctoc|toc$|tocstop$|(?:eslint|stylelint|textlint|prettier|markdownlint|remark|lint|vale|cspell|spell-checker|deckgen|marp)\b[- :].*)`)
)

// noteProblems looks at a comment of one line that no presenter would read out.
func noteProblems(dk *deck.Deck, c deck.Comment) []deck.Problem {
	if strings.Contains(c.Text, "\n") {
		return nil
	}
	p := deck.Problem{Path: dk.Path, Line: c.Line, Col: c.Col, Slide: c.Slide}
	if m := noteKey().FindStringSubmatch(c.Text); m != nil {
		key := strings.TrimLeft(m[1], "$*")
		known := misspelled(key)
		if deck.KnownDirective(key) && key == m[1] {
			p.Rule, p.Hint = "directive-value", "close its quote or bracket"
			p.Message = fmt.Sprintf("Marp cannot read the value of %s: this is a presenter note", key)
			return []deck.Problem{p}
		}
		if deck.KnownDirective(key) {
			known = key
		}
		if known != "" {
			p.Rule, p.Hint = "unknown-directive", "did you mean "+known+"?"
			p.Message = fmt.Sprintf("Marp knows no directive %q: this is a presenter note", m[1])
			return []deck.Problem{p}
		}
	}
	switch {
	case c.Text == "fit":
		p.Hint = "put it into the heading: # <!-- fit --> Heading"
	case toolNote().MatchString(c.Text):
		p.Hint = "Marp leaves out <!-- prettier-ignore -->, <!-- markdownlint-disable … --> and <!-- lint ignore … --> alone"
	default:
		return nil
	}
	p.Rule, p.Message = "tool-note", "this comment is shown as a presenter note"
	return []deck.Problem{p}
}
