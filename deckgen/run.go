package deckgen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"deckgen/deckgen/lab"
)

type runFlags struct {
	nameArgs
	dataFlag
	execFlag
	Fidelity string `enum:"full,quick" default:"full" help:"With quick, every figure in seconds: one seed, smaller parameters, marked as a draft."`
	Force    bool   `short:"f" help:"Run also what is fresh."`
	Seeds    count  `placeholder:"N" help:"Repeat with N seeds instead of the experiment's own number."`
	Jobs     count  `short:"j" placeholder:"N" help:"Use N cores. Default: all."`
}

// Help gives examples of run.
func (runFlags) Help() string {
	return `Examples:
  deckgen run optimizers/paths       one experiment, if it is stale
  deckgen run optimizers --force     a section, in any case
  deckgen run --seeds 10 -j 4        more seeds, on four cores
  deckgen run --data ~/mnist         on MNIST in IDX files
  deckgen run --fidelity quick       drafts of what is stale, in seconds`
}

func (d *driver) runVerb(f runFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	if len(sel.experiments) == 0 {
		return fail("deckgen list shows the experiments", "there is no experiment to run")
	}
	unlock, err := d.tree.lock("run")
	if err != nil {
		return err
	}
	defer unlock()
	_, err = d.run(sel.experiments, f)
	return err
}

// run runs those of the experiments that are stale, or all of them if forced, and returns the names of the files that
// changed. What one of them finished is kept even if another fails.
func (d *driver) run(es []*lab.Experiment, f runFlags) (changed []string, err error) {
	states := d.states(es, int(f.Seeds), f.Data)
	if f.Fidelity == quick {
		states = d.drafts(states, f)
	}
	for _, s := range states {
		d.addLost(s)
	}
	todo, err := d.todo(states, f.Force)
	if err != nil {
		return nil, err
	}
	if len(todo) == 0 {
		d.talk("nothing to run: %s fresh", plural(len(es), "record"))
		return nil, nil
	}
	defer d.tidy()
	var remarks []string
	err = d.runAll(todo, "", f, func(s *state, r *lab.Result, took time.Duration) (string, error) {
		remarks = append(remarks, d.remarks(s, r)...)
		files, err := d.keep(s.experiment, r)
		if changed = append(changed, files...); err == nil {
			d.keepTime(s.experiment, took)
		}
		if len(files) == 0 {
			return "nothing changed", err
		}
		return plural(len(files), "file") + " changed", err
	})
	for _, m := range remarks {
		d.talk("%s", m)
	}
	slices.Sort(changed)
	return changed, err
}

// remarks are what went well and is hardly meant.
func (d *driver) remarks(s *state, r *lab.Result) (said []string) {
	e := s.experiment
	if d.alike(e, r) {
		said = append(said, fmt.Sprintf("%s found the same with each seed, so that ± is 0\n  hint: %s", e.Name, alikeHint(e)))
	}
	if e.Command == nil {
		return said
	}
	if now, err := e.Command.Code(); err == nil && now.SHA256 != s.code.SHA256 {
		said = append(said, fmt.Sprintf("%s is stale already, for what it reads was changed while it ran: %s\n  hint: let it write only into the folder that DECKGEN_OUTPUT names, or say in %s what it reads: inputs: [run.py]",
			e.Name, few(codeChanges(s.code.Parts, now.Parts)), e.Command.File))
	}
	return said
}

// todo picks the experiments to run. It refuses, before anything runs, what could not be recorded honestly.
func (d *driver) todo(states []*state, force bool) (todo []*state, err error) {
	var (
		errs []error
		run  []*lab.Experiment
	)
	for _, s := range states {
		switch {
		case s.err != nil:
			errs = append(errs, s.err)
		case errors.Is(s.broken, lab.ErrNewer) && !force:
			errs = append(errs, brokenRecord(s))
		case force || !s.fresh():
			todo = append(todo, s)
			run = append(run, s.experiment)
		}
	}
	return todo, errors.Join(append(errs, d.current(run...), d.permitAll(run))...)
}

// addLost adds to the reasons why an experiment is stale those figures that only a run can make again.
func (d *driver) addLost(s *state) {
	e := s.experiment
	if e.Command == nil || e.Command.Draw != nil || s.result == nil || s.err != nil {
		return
	}
	faults := d.figureFaults(s, &sketch{ids: s.result.Figures})
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		s.reasons = append(s.reasons, name+": "+faults[name])
	}
}

// why says why an experiment is run.
func (s *state) why() string {
	switch {
	case s.broken != nil:
		return "its record cannot be read: " + s.broken.Error()
	case s.missing():
		return "it has no record yet"
	case len(s.reasons) > 0:
		return few(s.reasons)
	}
	return "forced"
}

// runAll runs experiments side by side, and hands each result to done, one at a time, which says in a few words what
// became of it. All of them share the workers; only a few more of them than there are workers are under way at once, so
// that some are finished, and kept, before others begin.
func (d *driver) runAll(todo []*state, why string, f runFlags, done func(*state, *lab.Result, time.Duration) (string, error)) error {
	var (
		workers = d.workers(f)
		slots   = make(chan struct{}, cap(workers)+1)
		show    = d.progress(todo)
		wg      sync.WaitGroup
		mu      sync.Mutex // held while something is written: an interrupt waits for it
		errs    = make([]error, len(todo))
	)
	for i, s := range todo {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if d.ctx.Err() != nil {
				return
			}
			began, outcome := time.Now(), ""
			show.begin(s, cmp.Or(why, s.why()))
			in := d.input(s, f)
			in.Workers, in.Tick = workers, func(done, total int) { show.tick(s, done, total) }
			r, err := runOne(s, in)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && d.ctx.Err() == nil {
				outcome, err = done(s, r, time.Since(began))
				outcome = fromBefore(in.Parts) + outcome
			}
			errs[i] = err
			show.end(s, err, time.Since(began), outcome)
		})
	}
	err := d.await(&wg, &mu, errs)
	show.close()
	return err
}

// workers are as many tokens as cores may be in use.
func (d *driver) workers(f runFlags) chan struct{} {
	jobs := cmp.Or(int(f.Jobs), d.sys.cpus)
	workers := make(chan struct{}, jobs)
	for range jobs {
		workers <- struct{}{}
	}
	return workers
}

// await waits until all are done, or until the user interrupts and nothing is being written. Runs that do not heed the
// interrupt are left behind.
func (d *driver) await(wg *sync.WaitGroup, mu *sync.Mutex, errs []error) error {
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
	case <-d.ctx.Done():
	}
	if err := d.ctx.Err(); err != nil {
		mu.Lock()
		defer mu.Unlock()
		return err
	}
	return errors.Join(errs...)
}

const quick = "quick"

// drafts takes the quick form of each experiment whose record is not what a run would make anyway.
func (d *driver) drafts(states []*state, f runFlags) (out []*state) {
	for _, s := range states {
		if f.Force || !s.fresh() {
			s = d.state(s.experiment.Draft(), 0, f.Data)
		}
		out = append(out, s)
	}
	return out
}

// input is what an experiment's run gets.
func (d *driver) input(s *state, f runFlags) lab.Input {
	in := lab.Input{Experiment: s.experiment.Name, DataDir: f.Data, Context: d.ctx, Parts: d.parts(s, f.Force)}
	for n := range s.seeds {
		in.Seeds = append(in.Seeds, uint64(n+1))
	}
	return in
}

// fromBefore says how much of a run was known.
func fromBefore(p *lab.Parts) string {
	if p == nil || p.Known.Load() == 0 {
		return ""
	}
	return plural(int(p.Known.Load()), "part") + " known from before, "
}

// runOne runs an experiment and says in the result what it was made from.
func runOne(s *state, in lab.Input) (r *lab.Result, err error) {
	e := s.experiment
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s panicked: %v\n%s", e.Name, p, debug.Stack())
		}
	}()
	if r, err = e.Run(in); err != nil {
		if errors.Is(err, context.Canceled) {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	if r == nil {
		return nil, fmt.Errorf("%s: Run returned no result", e.Name)
	}
	s.memory, r.Draft = r.Memory, e.IsDraft()
	r.Experiment, r.Params, r.Seeds, r.Code, r.Data = e.Name, s.params, in.Seeds, s.code, s.data
	return r, nil
}
