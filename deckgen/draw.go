package deckgen

import (
	"errors"
	"sync"

	"deckgen/deckgen/lab"
)

type drawFlags struct {
	nameArgs
	execFlag
}

// Help gives examples of draw.
func (drawFlags) Help() string {
	return `Examples:
  deckgen draw                    every figure
  deckgen draw optimizers         those of a section
  deckgen draw optimizers/paths   those of an experiment`
}

func (d *driver) drawVerb(f drawFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	unlock, err := d.tree.lock("draw")
	if err != nil {
		return err
	}
	defer unlock()
	changed, err := d.draw(sel.experiments)
	if err == nil && len(changed) == 0 {
		d.talk("nothing to draw")
	}
	return err
}

// draw brings the figures of experiments up to date with their records, and returns the names of the files that
// changed. An experiment without a record has nothing to draw.
func (d *driver) draw(es []*lab.Experiment) (changed []string, err error) {
	if err := d.current(es...); err != nil {
		return nil, err
	}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs = make([]error, len(es))
	)
	for i, e := range es {
		wg.Go(func() {
			files, err := d.drawOne(e)
			mu.Lock()
			defer mu.Unlock()
			changed, errs[i] = append(changed, files...), err
		})
	}
	wg.Wait()
	for _, file := range changed {
		d.talk("drew %s", file)
	}
	return changed, errors.Join(errs...)
}

func (d *driver) drawOne(e *lab.Experiment) ([]string, error) {
	s := &state{experiment: e}
	s.load(d)
	if e.Command != nil {
		if e.Command.Draw == nil {
			d.sayLost(s)
			return nil, nil // the run made the figures
		}
		if s.code, s.err = e.Command.Code(); s.err != nil {
			return nil, s.err
		}
	}
	if s.missing() {
		d.talk("%s has no record yet: deckgen run %s", e.Name, e.Name)
		return nil, nil
	}
	if s.broken != nil {
		return nil, brokenRecord(s)
	}
	sk, err := d.sketch(s)
	if err != nil {
		return nil, err
	}
	if len(d.figureFaults(s, sk)) == 0 {
		return nil, nil
	}
	if lab.Edited(s.raw) { // drawing would seal it
		return nil, fail("deckgen run "+e.Name, "%s: %s", e.Name, editedByHand)
	}
	r := *s.result
	r.Code.Draw = s.code.Draw
	return d.keep(e, &r)
}

// sayLost says what to do where a figure that only a run can make is missing.
func (d *driver) sayLost(s *state) {
	if d.addLost(s); len(s.reasons) > 0 {
		d.talk("%s: %s, and only a run can make it: deckgen run %s", s.experiment.Name, few(s.reasons), s.experiment.Name)
	}
}

// brokenRecord says what is wrong with a record, and what to do.
func brokenRecord(s *state) error {
	return fail(brokenHint(s.broken, "deckgen run "+s.experiment.Name+" makes it anew"), "%s: %w", recordFile(s.experiment), s.broken)
}

// brokenHint says what to do about a record that cannot be read. Nothing but an update helps where it is too new.
func brokenHint(why error, otherwise string) string {
	if errors.Is(why, lab.ErrNewer) {
		return "update deckgen, or take the record back with git"
	}
	return otherwise
}
