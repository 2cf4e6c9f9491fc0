package deckgen

import (
	"maps"
	"slices"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// figureInspection redoes draw: each figure on the disk must be what its record makes. Problems are said where a slide
// shows the figure.
var figureInspection = inspection{[]deck.Rule{
	{Name: "stale-figure", Severity: deck.Error, Summary: "a figure is missing, or not what its record makes"},
}, figureProblems}

func figureProblems(c *checker) (problems []deck.Problem) {
	for i, s := range c.states {
		if s.result == nil {
			continue
		}
		at := deck.Problem{Path: recordFile(s.experiment), Rule: "stale-figure", Hint: redrawHint(s.experiment)}
		if err := c.undrawn[i]; err != nil {
			at.Rule, at.Message = "unreadable", err.Error()
			problems = append(problems, at)
			continue
		}
		if why := c.undrawable(s.experiment); len(why) > 0 {
			at.Rule, at.Message, at.Hint = "unreadable", "this program is not built from the source on disk: "+few(why), "build it again, or use: go run ./cmd/deckgen"
			problems = append(problems, at)
			continue
		}
		faults := c.figureFaults(s, c.sketches[i])
		for _, name := range slices.Sorted(maps.Keys(faults)) {
			at.Message = faults[name]
			problems = append(problems, c.whereShown(s, name, at)...)
		}
	}
	return problems
}

// undrawable says where the program draws in another way than the source on disk, or with other parameters.
func (c *checker) undrawable(e *lab.Experiment) []string {
	if e.Command != nil {
		return nil
	}
	why, _ := c.outdated(e, e.Run) // an error is said with the state of the experiment
	return why
}

// redrawHint says what brings figures up to date.
func redrawHint(e *lab.Experiment) string {
	if e.Command != nil && e.Command.Draw == nil {
		return "deckgen run " + e.Name
	}
	return "deckgen draw " + e.Name
}

// whereShown says a problem of a figure at each place of a deck that shows it, or else at its file.
func (c *checker) whereShown(s *state, name string, p deck.Problem) (problems []deck.Problem) {
	if name == "" {
		return []deck.Problem{p}
	}
	p.Path = figureFile(s.experiment, name)
	for _, dk := range c.decks {
		for _, r := range dk.Refs {
			if file, err := resolve(dk, r.Target); err == nil && r.Kind == deck.Image && file == p.Path {
				problems = append(problems, (referrer{c.driver, dk}).problem(r, p.Rule, p.Hint, "%s: %s", p.Path, p.Message))
			}
		}
	}
	if len(problems) == 0 {
		problems = append(problems, p)
	}
	return problems
}
