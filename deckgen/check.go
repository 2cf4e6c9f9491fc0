package deckgen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"deckgen/deckgen/deck"
)

// A checker holds what the rules look at: all of it is read, and every figure identified, before the first rule runs.
type checker struct {
	*driver
	*selection
	states   []*state
	sketches []*sketch // of each state; nil where there is no record
	undrawn  []error   // why a figure could not be drawn, of each state
	layouts  []*layout // of each deck; none if nobody looked

	irreproducible []deck.Problem // what came out otherwise, if experiments were run again
}

func (d *driver) checkVerb(f checkFlags) error {
	if f.Rules {
		return d.listRules(f.Names)
	}
	if f.JSON {
		f.Format = "json"
	}
	if f.Fork {
		if err := d.visit(f); err != nil {
			return err
		}
	}
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	return d.check(sel, 0, f)
}

// check shows every problem of what is selected. It changes nothing, and trains nothing unless asked to run again.
func (d *driver) check(sel *selection, seeds int, f checkFlags) error {
	set, err := d.readSettings()
	if err != nil {
		return err
	}
	if f.Fix {
		if err := d.fix(sel, set); err != nil {
			return err
		}
	}
	d.docs.forget()
	c := &checker{driver: d, selection: sel}
	var g errgroup.Group
	if f.Rendered {
		g.Go(func() (err error) {
			c.layouts, err = d.layOut(sel.decks)
			return err
		})
	}
	c.states = d.states(sel.experiments, seeds, f.Data)
	c.sketchAll()
	if err := g.Wait(); err != nil {
		return err
	}
	var failed error // of a run; the rest is said all the same
	if f.Rerun || f.Sample > 0 {
		if failed = c.rerun(f); d.ctx.Err() != nil {
			return failed
		}
	}
	r := d.newReport(sel, c.problems(set.severer(sel.decks)))
	if err := formats[f.Format](d.sys.out, r); err != nil {
		return err
	}
	d.talk("%s", summary(r.tally()))
	return cmp.Or(failed, exitError(r.problems))
}

// problems are what all inspections find, side by side.
func (c *checker) problems(v severer) (problems []deck.Problem) {
	found := make([][]deck.Problem, len(inspections))
	var wg sync.WaitGroup
	for i, in := range inspections {
		wg.Go(func() { found[i] = in.find(c) })
	}
	wg.Wait()
	for _, p := range slices.Concat(found...) {
		if p.Severity = v.of(p); p.Severity != deck.Off {
			problems = append(problems, p)
		}
	}
	return problems
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

// summary says in one line what was checked and how it is.
func summary(t tally) string {
	checked := fmt.Sprintf("checked %s with %s, %s and %s", plural(t.Decks, "deck"), plural(t.Slides, "slide"),
		plural(t.References, "reference"), plural(t.Experiments, "experiment"))
	var said []string
	for _, c := range []struct {
		n    int
		noun string
	}{{t.Errors, "error"}, {t.Warnings, "warning"}, {t.Hints, "hint"}} {
		if c.n > 0 {
			said = append(said, plural(c.n, c.noun))
		}
	}
	if len(said) == 0 {
		said = append(said, "all is well")
	}
	return checked + ": " + strings.Join(said, ", ")
}
