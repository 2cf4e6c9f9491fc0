package deckgen

import (
	"io"

	"deckgen/deckgen/deck"
)

// problemJSON is a problem as check --format json writes it. docs/schema/problems.json describes it.
type problemJSON struct {
	Path     string `json:"path"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"` // counts characters
	Slide    int    `json:"slide,omitempty"`
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// jsonVersion is the form of what check --format json writes. It grows when a reader of the old form would stumble.
const jsonVersion = 1

func writeJSON(w io.Writer, r report) error {
	problems := []problemJSON{}
	for _, p := range r.problems {
		problems = append(problems, jsonOf(p))
	}
	return indented(w, struct {
		Version  int           `json:"version"`
		Problems []problemJSON `json:"problems"`
		Summary  tally         `json:"summary"`
	}{jsonVersion, problems, r.tally()})
}

func jsonOf(p deck.Problem) problemJSON {
	j := problemJSON{Path: p.Path, Slide: p.Slide, Rule: p.Rule, Severity: p.Severity.String(), Message: p.Message, Hint: p.Hint}
	if p.Line > 0 {
		j.Line, j.Column = p.Line, p.Col
	}
	return j
}
