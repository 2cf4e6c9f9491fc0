package deckgen

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
)

// rerunInspection tells what came out otherwise when experiments were run once more.
var rerunInspection = inspection{[]deck.Rule{
	{Name: "not-reproduced", Severity: deck.Error, Summary: "an experiment that is run again gives another record or another figure"},
}, func(c *checker) []deck.Problem { return c.irreproducible }}

// rerun runs experiments again, keeping everything in memory, and compares with what is on disk, byte for byte. An
// experiment whose record is missing, broken or stale has nothing to be compared with; other rules say so.
func (c *checker) rerun(f checkFlags) error {
	var todo []*state
	for _, s := range c.states {
		if s.fresh() {
			again := *s
			again.seeds = len(s.result.Seeds)
			todo = append(todo, &again)
		} else {
			c.talk("not run again, for its record is %s: %s", s.word(), s.experiment.Name)
		}
	}
	if f.Sample > 0 {
		todo = c.sample(todo, int(f.Sample))
	}
	var es []*lab.Experiment
	for _, s := range todo {
		es = append(es, s.experiment)
	}
	if err := errors.Join(c.current(es...), c.permitAll(es)); err != nil {
		return err
	}
	same := 0
	err := c.runAll(todo, "to compare", runFlags{dataFlag: f.dataFlag, Jobs: f.Jobs, Force: true}, func(s *state, r *lab.Result, _ time.Duration) (string, error) {
		faults, err := c.reproduce(s, r)
		c.irreproducible = append(c.irreproducible, faults...)
		if len(faults) > 0 || err != nil {
			return "not the same bytes", err
		}
		same++
		return "the same bytes", nil
	})
	if err == nil {
		c.talk("ran again %d of %s: %d the same, byte for byte", len(todo), plural(len(c.states), "experiment"), same)
	}
	return err
}

// sample picks n experiments. Which they are follows from the last commit, so that each commit tries others.
func (c *checker) sample(todo []*state, n int) []*state {
	head, _ := c.git("rev-parse", "--verify", "--quiet", "HEAD") // "" where there is none
	key := func(s *state) string { return digest([]byte(head + s.experiment.Name)) }
	todo = slices.SortedFunc(slices.Values(todo), func(a, b *state) int { return cmp.Compare(key(a), key(b)) })
	return todo[:min(n, len(todo))]
}

// reproduce compares a result with the record and the figures on disk.
func (c *checker) reproduce(s *state, r *lab.Result) ([]deck.Problem, error) {
	raw, figures, err := made(s.experiment, r)
	if err != nil {
		return nil, err
	}
	if p, same := recordDifference(s, raw); !same {
		return []deck.Problem{p}, nil // other figures would only follow from it
	}
	var problems []deck.Problem
	for _, f := range figures {
		if p, same := c.figureDifference(s.experiment, f); !same {
			problems = append(problems, p)
		}
	}
	return problems, nil
}

func irreproducible(file, name string) deck.Problem {
	return deck.Problem{Path: file, Rule: "not-reproduced", Hint: "if deckgen check --rerun " + name +
		" now says something else, the run depends on more than its parameters, seeds and data: the clock, the order of a map, the processor"}
}

// recordDifference names the first place where a new record is not the old one. What differs only because another
// figure was drawn does not count: the figure says it better. Nor does the seal, which follows from the rest.
func recordDifference(s *state, raw []byte) (p deck.Problem, same bool) {
	p = irreproducible(recordFile(s.experiment), s.experiment.Name)
	was, err := leaves(s.raw)
	is, err2 := leaves(raw)
	diffs := leafDifferences(was, is)
	follows := func(d leafDifference) bool { return strings.HasPrefix(d.pointer, "/figures/") || d.pointer == "/seal" }
	findings := slices.DeleteFunc(slices.Clone(diffs), follows)
	switch {
	case bytes.Equal(raw, s.raw) || len(diffs) > 0 && len(findings) == 0:
		return p, true
	case len(diffs) == 0 || err != nil || err2 != nil:
		p.Line, p.Col = position(s.raw, firstDifference(s.raw, raw))
		p.Message = "the record says the same as a second run, but is written in other bytes from here on"
		return p, false
	}
	first := findings[0]
	p.Line, p.Col = position(s.raw, first.at)
	p.Message = fmt.Sprintf("a second run gives another record: %s was %s and is %s", first.pointer, first.was, first.is)
	if len(findings) > 1 {
		p.Message += fmt.Sprintf("; and %s", plural(len(findings)-1, "more difference"))
	}
	return p, false
}

// A leafDifference is a pointer below which two JSON trees differ.
type leafDifference struct {
	pointer, was, is string
	at               int // where it stands in the old file, or would stand
}

// leafDifferences lists them in the order of the old file, what is only in the new one last.
func leafDifferences(was, is []leaf) (diffs []leafDifference) {
	now := map[string]string{}
	for _, l := range is {
		now[l.pointer] = l.value
	}
	for _, l := range was {
		value, ok := now[l.pointer]
		delete(now, l.pointer)
		switch {
		case !ok:
			diffs = append(diffs, leafDifference{l.pointer, l.value, "not there", l.at})
		case value != l.value:
			diffs = append(diffs, leafDifference{l.pointer, l.value, value, l.at})
		}
	}
	for _, l := range is {
		if _, ok := now[l.pointer]; ok {
			diffs = append(diffs, leafDifference{l.pointer, "not there", l.value, 0})
		}
	}
	return diffs
}

// figureDifference names the first line in which a new figure is not the file on disk.
func (c *checker) figureDifference(e *lab.Experiment, f figure.Figure) (p deck.Problem, same bool) {
	p = irreproducible(figureFile(e, f.Name), e.Name)
	old, err := c.tree.read(p.Path)
	switch {
	case errors.Is(err, errMissing):
		p.Message = "a second run draws this figure, which is not there"
	case err != nil:
		p.Rule, p.Message, p.Hint = "unreadable", err.Error(), hintOf(err)
	case bytes.Equal(old, f.SVG):
		return p, true
	default:
		at := firstDifference(old, f.SVG)
		p.Line, p.Col = position(old, at)
		p.Message = fmt.Sprintf("a second run draws another figure: here stands %q, and then %q", around(old, at), around(f.SVG, at))
	}
	return p, false
}

// firstDifference is the offset of the first byte in which two texts differ.
func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// around is a piece of a text for a message.
func around(b []byte, at int) string {
	const before, after = 8, 24
	return strings.ToValidUTF8(string(b[max(0, at-before):min(len(b), at+after)]), "")
}
