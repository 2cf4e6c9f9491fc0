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

type checkFlags struct {
	nameArgs
	dataFlag
	execFlag
	Rendered bool   `help:"Look at the slides in a Chromium, too: what is cut off, not loaded, too small or too pale."`
	Rerun    bool   `help:"Run the experiments again as well, and compare records and figures byte for byte. Changes nothing."`
	Sample   count  `placeholder:"N" help:"As --rerun, for N experiments that follow from the last commit."`
	Jobs     count  `short:"j" placeholder:"N" help:"Use N cores to run again. Default: all."`
	Fork     bool   `help:"Check the files of a fork, whose experiments are not those of this program: what only their code could tell is a warning."`
	Fix      bool   `help:"Mend first what leaves no doubt, and say what that was."`
	Rules    bool   `help:"List the rules instead, or show the pages of those that are named."`
	Format   string `enum:"text,json,github,sarif" default:"text" placeholder:"FORMAT" help:"Write text, json, github (annotations of a workflow) or sarif."`
	JSON     bool   `name:"json" help:"As --format json."`
}

// Help gives examples of check.
func (checkFlags) Help() string {
	return `Examples:
  deckgen check                                 everything
  deckgen check slides/05_learning_technic.md   one deck, and the experiments that it shows
  deckgen check --rendered                      the slides as they show in a Chromium, too
  deckgen check --fix                           put in the blanks and empty lines that are missing, then check
  deckgen check --rules                         what is looked for
  deckgen check --rules stale-figure            the page of a rule: what it means, an example, what to do
  deckgen check --rerun optimizers              run a section again: are records and figures the same bytes?
  deckgen check --fork                          the files of a fork, by our program; nothing of theirs is run
  deckgen check --sample 1                      run one experiment again; each commit tries another
  deckgen check --json | jq .summary            for programs
  deckgen check --format github                 annotations, in a workflow on GitHub
  deckgen check --format sarif > deckgen.sarif  for code scanning`
}

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
	return c.formulasOnce(problems)
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
