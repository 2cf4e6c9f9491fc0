package deckgen

import (
	"fmt"
	"strings"
	"sync"

	"deckgen/deckgen/deck"
)

// A checker holds what the rules look at: all of it is read, and every figure identified, before the first rule runs.
type checker struct {
	*driver
	*selection
	states   []*state
	sketches []*sketch // of each state; nil where there is no record
	undrawn  []error   // why a figure could not be drawn, of each state
}

// A rule finds problems of one sort.
type rule func(*checker) []deck.Problem

// rules are all of them, each in a file of its own.
var rules = []rule{
	deckRule,
	referenceRule,
	claimRule,
	recordRule,
	figureRule,
	orphanRule,
}

func (d *driver) checkVerb(f checkFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	return d.check(sel, 0, f.Data)
}

// check shows every problem of what is selected. It changes nothing and trains nothing.
func (d *driver) check(sel *selection, seeds int, dataDir string) error {
	d.docs.forget()
	c := &checker{driver: d, selection: sel, states: d.states(sel.experiments, seeds, dataDir)}
	c.sketchAll()
	found := make([][]deck.Problem, len(rules))
	var wg sync.WaitGroup
	for i, rule := range rules {
		wg.Go(func() { found[i] = rule(c) })
	}
	wg.Wait()
	var problems []deck.Problem
	for _, f := range found {
		problems = append(problems, f...)
	}
	d.show(sel.decks, problems)
	d.talk("%s", summary(sel, problems))
	return exitError(problems)
}

// sketchAll finds out, side by side, which figures the records make.
func (c *checker) sketchAll() {
	c.sketches, c.undrawn = make([]*sketch, len(c.states)), make([]error, len(c.states))
	var wg sync.WaitGroup
	for i, s := range c.states {
		if s.result != nil {
			wg.Go(func() { c.sketches[i], c.undrawn[i] = c.sketch(s) })
		}
	}
	wg.Wait()
}

func summary(sel *selection, problems []deck.Problem) string {
	slides, refs := 0, 0
	for _, dk := range sel.decks {
		slides, refs = slides+len(dk.Slides), refs+len(dk.Refs)
	}
	checked := fmt.Sprintf("checked %s with %s, %s and %s", plural(len(sel.decks), "deck"), plural(slides, "slide"),
		plural(refs, "reference"), plural(len(sel.experiments), "experiment"))
	errors, warnings := 0, 0
	for _, p := range problems {
		if p.Severity == deck.Error {
			errors++
		} else {
			warnings++
		}
	}
	var said []string
	if errors > 0 {
		said = append(said, plural(errors, "error"))
	}
	if warnings > 0 {
		said = append(said, plural(warnings, "warning"))
	}
	if len(said) == 0 {
		said = append(said, "all is well")
	}
	return checked + ": " + strings.Join(said, ", ")
}
