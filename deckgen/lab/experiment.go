// Package lab says what an experiment is, what it found, and how that is kept on disk.
package lab

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strings"

	"deckgen/deckgen/figure"
)

// An Experiment is a question, its parameters, and two pure functions that answer it: Run computes, Draw shows.
type Experiment struct {
	// Name is section/name, such as "optimizers/paths". It is also the folder of the record and the figures under
	// assets, and so the path that a deck names.
	Name string
	// Title says in a line what is tried.
	Title string
	// Params are what Run computes with. They are recorded as JSON, so that a slide can show them.
	Params any
	// Seeds is the number of runs behind each value; 0 where chance plays no part.
	Seeds int
	// Data identifies the data set that Run reads, without loading it, for a folder of files or "" for the default;
	// nil where Run reads none.
	Data func(dir string) (DataID, error)
	// Run computes the result from the input alone: no clock, no environment, no state from one run to the next.
	Run func(Input) (*Result, error)
	// Draw makes the figures from the result alone, which it must not change.
	Draw func(*Result) ([]figure.Figure, error)
	// Command says what Run and Draw start where they are no Go; nil where they are.
	Command *Command
	// Quick answers the question roughly, in seconds, while one works on a slide. Nil: Run does, with one seed.
	Quick *Quick

	draft bool
}

// A Command is how an experiment in another language is run.
type Command struct {
	File string               // the file that says so, from the top of the repository
	Run  []string             // a program and its arguments
	Draw []string             // the same; nil where Run makes the figures, and hands them on in Result.Made
	Code func() (Code, error) // identifies both, and the files that they read, as they are now
}

// A Quick is a smaller form of an experiment: fewer steps or trials, the same figures.
type Quick struct {
	Params any
	Run    func(Input) (*Result, error)
}

// Draft is the quick form of an experiment, or the experiment itself where there is nothing to save. What the quick form
// finds is marked as a draft wherever it goes.
func (e *Experiment) Draft() *Experiment {
	if e.Quick == nil && e.Seeds <= 1 || e.Command != nil {
		return e
	}
	d := *e
	d.draft, d.Seeds = true, min(e.Seeds, 1)
	if e.Quick != nil {
		d.Params, d.Run = e.Quick.Params, e.Quick.Run
	}
	return &d
}

// IsDraft reports whether this is the quick form of an experiment.
func (e *Experiment) IsDraft() bool { return e.draft }

// Validate reports what is wrong with a list of experiments: a programmer's mistake, found before anything runs.
func Validate(all []*Experiment) error {
	seen := map[string]bool{}
	for _, e := range all {
		switch {
		case !isName(e.Name):
			return fmt.Errorf("experiment %q: the name must be section/name in lower-case letters, digits, - and _", e.Name)
		case seen[e.Name]:
			return fmt.Errorf("experiment %s is listed twice", e.Name)
		case e.Run == nil || e.Draw == nil:
			return fmt.Errorf("experiment %s needs both Run and Draw", e.Name)
		case e.Quick != nil && e.Quick.Run == nil:
			return fmt.Errorf("experiment %s: Quick needs a Run", e.Name)
		case e.Seeds < 0:
			return fmt.Errorf("experiment %s: Seeds must not be negative", e.Name)
		}
		seen[e.Name] = true
	}
	return nil
}

// isName reports whether a text is section/name in the characters that are safe in files, addresses and references.
func isName(s string) bool {
	section, name, ok := strings.Cut(s, "/")
	return ok && section != "" && name != "" && strings.Trim(section+name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

// Input is everything that a run may depend on besides the parameters.
type Input struct {
	Experiment string          // the name; it separates the random numbers of one experiment from another's
	Seeds      []uint64        // one for each repetition: 1, 2, …
	DataDir    string          // the folder of the data set's files, or "" for the default set
	Context    context.Context // ended when the user interrupts

	Parts   *Parts                // what is known of the parts from earlier runs; may be nil
	Workers chan struct{}         // holds as many tokens as parts may run at once, over all experiments; nil: one at a time
	Tick    func(done, total int) // told when a part is done; may be nil
}

// Rand is the random number generator for one purpose of one seed. Each purpose has its own, so that a change in how
// many numbers one curve draws leaves the others alone.
func (in Input) Rand(seed uint64, purpose string) *rand.Rand {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s", in.Experiment, seed, purpose))
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(h[:]), binary.LittleEndian.Uint64(h[8:])))
}

// Map computes the independent parts of a run side by side, on as many cores as the input allows, and returns what f
// made of each item, in the order of the items. Which core did which part never shows in the result.
func Map[T, U any](in Input, items []T, f func(T) (U, error)) ([]U, error) {
	ctx := in.Context
	if ctx == nil {
		ctx = context.Background()
	}
	workers := in.Workers
	if workers == nil {
		workers = make(chan struct{}, 1)
		workers <- struct{}{}
	}
	out := make([]U, len(items))
	errs := make(chan error, len(items))
	started, failed, done := 0, error(nil), 0
	finish := func(err error) {
		if done++; err != nil && failed == nil {
			failed = err
		}
		if in.Tick != nil && failed == nil {
			in.Tick(done, len(items))
		}
	}
	for started < len(items) && failed == nil {
		select {
		case <-ctx.Done():
			failed = ctx.Err()
		case err := <-errs:
			finish(err)
		case token := <-workers:
			i := started
			started++
			go func() {
				defer func() { workers <- token }()
				var err error
				out[i], err = calm(f, items[i])
				errs <- err
			}()
		}
	}
	for done < started {
		select {
		case <-ctx.Done(): // the parts under way touch nothing outside themselves: leave them
			return nil, ctx.Err()
		case err := <-errs:
			finish(err)
		}
	}
	return out, failed
}

// calm makes an error of a panic: one experiment must not end the others.
func calm[T, U any](f func(T) (U, error), item T) (out U, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f(item)
}

// Grid is Map over every variant with every seed: out[v][s] is what f made of variant v with seed s. What is known of a
// part from an earlier run is not computed again, if U is plain data: numbers, texts, and slices, maps and structs with
// exported fields of these.
func Grid[V, U any](in Input, variants []V, f func(v V, seed uint64) (U, error)) ([][]U, error) {
	type part struct{ v, s int }
	var parts []part
	for s := range in.Seeds { // seed by seed, so that all variants of the first are done first
		for v := range variants {
			parts = append(parts, part{v, s})
		}
	}
	grid := int64(0)
	if in.Parts != nil {
		grid = in.Parts.grids.Add(1)
	}
	flat, err := Map(in, parts, func(p part) (U, error) {
		seed := in.Seeds[p.s]
		return known(in.Parts, in.Parts.key(grid, p.v, seed), func() (U, error) { return f(variants[p.v], seed) })
	})
	out := make([][]U, len(variants))
	for i, u := range flat {
		out[parts[i].v] = append(out[parts[i].v], u)
	}
	return out, err
}
