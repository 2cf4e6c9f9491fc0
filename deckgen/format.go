package deckgen

import (
	"cmp"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"

	"deckgen/deckgen/deck"
)

// A report is everything that check found, in the order in which it is shown.
type report struct {
	selection *selection
	problems  []deck.Problem
	below     string // where the paths start, seen from the top of the git repository: "" or "course/"
}

// A format writes a report to standard output.
type format func(io.Writer, report) error

// formats are all of them, each in a file of its own.
var formats = map[string]format{
	"text":   writeText,
	"json":   writeJSON,
	"github": writeGitHub,
	"sarif":  writeSARIF,
}

// newReport puts problems in order and says each of them once.
func (d *driver) newReport(sel *selection, problems []deck.Problem) report {
	problems = slices.SortedFunc(slices.Values(problems), func(a, b deck.Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return report{sel, gathered(slices.Compact(problems)), d.tree.below()}
}

// below is where the tree lies in its git repository. Who shows problems beside the source, names files from there.
func (t *tree) below() string {
	for at := t.dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			rel, err := filepath.Rel(at, t.dir)
			if err != nil || rel == "." {
				return ""
			}
			return filepath.ToSlash(rel) + "/"
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// A tally counts what was checked and what was found.
type tally struct {
	Decks       int `json:"decks"`
	Slides      int `json:"slides"`
	References  int `json:"references"`
	Experiments int `json:"experiments"`
	Errors      int `json:"errors"`
	Warnings    int `json:"warnings"`
	Hints       int `json:"hints"`
}

func (r report) tally() tally {
	t := tally{Decks: len(r.selection.decks), Experiments: len(r.selection.experiments)}
	for _, dk := range r.selection.decks {
		t.Slides, t.References = t.Slides+len(dk.Slides), t.References+len(dk.Refs)
	}
	for _, p := range r.problems {
		switch p.Severity {
		case deck.Error:
			t.Errors++
		case deck.Warning:
			t.Warnings++
		case deck.Hint:
			t.Hints++
		}
	}
	return t
}

// indented writes JSON for people as much as for programs.
func indented(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
