package deckgen

import (
	"errors"
	"fmt"
	"slices"

	"deckgen/deckgen/deck"
)

type fillFlags struct {
	nameArgs
	JSON bool `name:"json" help:"Write what changed as JSON."`
}

// Help gives examples of fill.
func (fillFlags) Help() string {
	return `Examples:
  deckgen fill                                 every deck
  deckgen fill slides/05_learning_technic.md   one deck
  deckgen fill optimizers/paths                the decks that show an experiment
  deckgen fill --json | jq -r '.[].line'`
}

func (d *driver) fillVerb(f fillFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	unlock, err := d.tree.lock("fill")
	if err != nil {
		return err
	}
	defer unlock()
	shown := &selection{}
	for _, dk := range sel.decks {
		for _, e := range d.shownBy(dk) {
			if e.Command == nil { // filling executes nothing
				shown.addExperiments(e)
			}
		}
	}
	if _, err := d.draw(shown.experiments); err != nil {
		return err
	}
	changes, err := d.fill(sel.decks)
	switch {
	case err != nil:
		return err
	case f.JSON:
		return indented(d.sys.out, append([]change{}, changes...))
	}
	return d.say(changes)
}

// say writes what fill changed.
func (d *driver) say(changes []change) error {
	for _, c := range changes {
		if _, err := fmt.Fprintf(d.sys.out, "%s:%d: %s → %s\n", c.Deck, c.Line, orNothing(c.Was), c.Is); err != nil {
			return err
		}
	}
	return nil
}

// A change is what fill did at one place of a deck.
type change struct {
	Deck string `json:"deck"`
	Line int    `json:"line"`
	Was  string `json:"was"` // "" where nothing stood
	Is   string `json:"is"`
}

// fill puts into decks what they refer to. Where a reference leads nowhere no deck is touched, and the problems are
// shown. It returns what changed.
func (d *driver) fill(decks []*deck.Deck) (changes []change, err error) {
	d.docs.forget()
	var (
		problems []deck.Problem
		outs     []output
	)
	for _, dk := range decks {
		src, ch, ps, err := d.filled(dk)
		if err != nil {
			return nil, err
		}
		problems = append(problems, ps...)
		changes = append(changes, ch...)
		if string(src) != string(dk.Src) {
			outs = append(outs, output{dk.Path, src})
		}
	}
	if len(problems) > 0 {
		d.show(decks, problems)
		d.talk("nothing was filled: %s", plural(len(problems), "problem"))
		return nil, exitError(problems)
	}
	if err := d.unchanged(decks); err != nil {
		return nil, err
	}
	if _, err := d.tree.write(outs); err != nil {
		return nil, err
	}
	return changes, nil
}

// unchanged makes sure that nobody edited a deck meanwhile.
func (d *driver) unchanged(decks []*deck.Deck) error {
	for _, dk := range decks {
		if now, err := d.tree.read(dk.Path); err != nil || string(now) != string(dk.Src) {
			return fail("start again", "%s was changed while it was being filled", dk.Path)
		}
	}
	return nil
}

// filled is a deck as it should be.
func (d *driver) filled(dk *deck.Deck) (src []byte, changes []change, problems []deck.Problem, err error) {
	var edits []deck.Edit
	for _, r := range dk.Refs {
		a := (referrer{d, dk}).answer(r)
		switch {
		case a.problem != nil && r.Kind == deck.Image && a.problem.Rule != "unknown-reference":
			// an author's own picture: there is nothing to fill, and check says what is wrong with it
		case a.problem != nil:
			problems = append(problems, *a.problem)
		case len(a.edits) > 0:
			edits = append(edits, a.edits...)
			changes = append(changes, change{dk.Path, r.Line, a.was, a.is})
		}
	}
	if len(edits) == 0 || len(problems) > 0 {
		return dk.Src, nil, problems, nil
	}
	if src, err = dk.Apply(edits); err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", dk.Path, err)
	}
	return src, changes, nil, nil
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// exitError is the outcome of a command that found problems: they decide it, unless something could not be read.
func exitError(problems []deck.Problem) error {
	found := error(nil)
	for _, p := range problems {
		if slices.Contains(undecided, p.Rule) {
			return errUnread
		}
		if p.Severity == deck.Error {
			found = errProblems
		}
	}
	return found
}

// errUnread is returned when something could not be read, and that was shown already.
var errUnread = errors.New("not everything could be read, so the rest is not certain")
