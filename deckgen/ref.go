package deckgen

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// An answer is what a reference should show.
type answer struct {
	edits   []deck.Edit // what to change for that; none if it shows it already
	was, is string      // for people
	problem *deck.Problem

	row int    // of a listing or a table: the first line that differs, counted from its first; 0 for its beginning
	why string // what differs there
}

// A referrer resolves the references of one deck.
type referrer struct {
	*driver
	deck *deck.Deck
}

// resolve finds the file of the repository that a deck names by a path from its own folder.
func resolve(dk *deck.Deck, target string) (file string, err error) {
	return join(path.Dir(dk.Path), target)
}

// answer resolves a reference, whatever its kind.
func (d referrer) answer(r deck.Reference) answer {
	file, err := resolve(d.deck, r.Target)
	if err != nil {
		return d.leaving(r)
	}
	switch r.Kind {
	case deck.Image:
		return d.image(r, file)
	case deck.Code:
		return d.listing(r, file)
	case deck.Table:
		return d.table(r, file)
	}
	return d.link(r, file)
}

// leaving is for a reference to something that is not in the tree. A picture may be, in the git repository around it.
func (d referrer) leaving(r deck.Reference) answer {
	file := path.Join(path.Dir(d.deck.Path), r.Target)
	switch {
	case r.Kind != deck.Image || path.IsAbs(r.Target) || !d.tree.around(file):
		return d.refuse(r, "outside", "use a file of this repository", "%s: %v", r.Target, errOutside)
	case !exists(d.tree.dir, filepath.FromSlash(file)):
		return d.refuse(r, "missing-image", "mend the path, or add the file", "there is no file %s", file)
	}
	return answer{}
}

// link is a claim if a boolean or a claim stands where it points, and a value otherwise.
func (d referrer) link(r deck.Reference, file string) answer {
	n, refused := d.target(r, file)
	if n == nil {
		return refused
	}
	if c, ok := claimAt(d.driver, n, file, r.Fragment); ok {
		return d.claim(r, c)
	}
	return d.value(r, n)
}

// target finds what a pointer of a deck points at, or says why it cannot.
func (d referrer) target(r deck.Reference, file string) (*node, answer) {
	n, err := d.docs.lookUp(file, r.Fragment)
	var broken brokenError
	var pointer *pointerError
	switch {
	case err == nil:
		return n, answer{}
	case errors.Is(err, errMissing):
		return nil, d.noFile(r, file)
	case errors.As(err, &pointer):
		return nil, d.refuse(r, "unknown-reference", didYouMean(pointer.step, pointer.known), "%s: %v", file, err)
	case errors.As(err, &broken):
		hint := "mend the file, or take it back with git"
		if e := d.experimentOf(file); e != nil {
			hint = "deckgen run " + e.Name + " makes it anew"
		}
		return nil, d.refuse(r, "broken-record", brokenHint(err, hint), "%v", err)
	}
	return nil, d.refuse(r, "unreadable", hintOf(err), "%v", err)
}

const noRecord = " has no record yet"

// noFile says what a reference to a file that is not there should perhaps have said.
func (d referrer) noFile(r deck.Reference, file string) answer {
	if e := d.experimentOf(file); e != nil && path.Base(file) == "result.json" {
		return d.refuse(r, "unknown-reference", "deckgen run "+e.Name, "%s"+noRecord, e.Name)
	}
	name, inAssets := strings.CutPrefix(path.Dir(file), "assets/")
	if made := path.Base(file) == "result.json" || path.Ext(file) == ".svg"; inAssets && made &&
		strings.Count(name, "/") == 1 && !d.tree.has(path.Dir(file)) {
		return d.refuse(r, "unknown-reference", didYouMean(name, experimentNames(d.Experiments)), "there is no experiment %s", name)
	}
	rule := "unknown-reference"
	if r.Kind == deck.Image {
		rule = "missing-image"
		if isColor(r.Target) {
			return d.refuse(r, rule, colorHint, "Marp takes no colour from an image: there is no file %s", file)
		}
	}
	return d.refuse(r, rule, d.similar(file), "there is no file %s", file)
}

func (d referrer) refuse(r deck.Reference, rule, hint, format string, args ...any) answer {
	p := d.problem(r, rule, hint, format, args...)
	return answer{problem: &p}
}

func (d referrer) problem(r deck.Reference, rule, hint, format string, args ...any) deck.Problem {
	return deck.Problem{Path: d.deck.Path, Line: r.Line, Col: r.Col, Slide: r.Slide, Rule: rule,
		Message: fmt.Sprintf(format, args...), Hint: hint}
}

// figureNames lists the figures that a record declares.
func figureNames(ids map[string]lab.FigureID) []string { return slices.Sorted(maps.Keys(ids)) }
