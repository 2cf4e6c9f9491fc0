package deckgen

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// foreignInspection says what check --fork cannot decide.
var foreignInspection = inspection{[]deck.Rule{
	{Name: "not-redrawn", Severity: deck.Warning, Summary: "figures were not drawn again, for their code is not that of this program (with --fork)"},
}, foreignProblems}

func foreignProblems(c *checker) (problems []deck.Problem) {
	for _, s := range c.states {
		f := c.foreign[s.experiment]
		if f == nil || s.result == nil {
			continue
		}
		p := deck.Problem{Path: recordFile(s.experiment), Rule: "not-redrawn", Message: s.experiment.Name +
			" has other code than this program (" + few(f.why) + "): its figures were compared with the digests in its record"}
		if !f.declared {
			p.Message += ", its parameters, seeds and data with nothing"
		}
		if !f.declared && asBefore(s) {
			p.Message += "; they are still those of this program: was it run since?"
		}
		p.Hint = "read the change; then check it with a program that is built from it"
		problems = append(problems, p)
	}
	return problems
}

// asBefore reports whether a record has the parameters and seeds that this program knows.
func asBefore(s *state) bool {
	params, err := json.Marshal(s.experiment.Params)
	return err == nil && s.experiment.Params != nil && len(s.result.Seeds) == s.experiment.Seeds &&
		len(paramChanges(s.result.Params, params)) == 0
}

// A foreign experiment is one whose code on disk is not that of this program, as it is in a fork. That code cannot be run
// without trusting it, so what is said of it comes from its source and its record alone.
type foreign struct {
	why      []string
	declared bool // the program knows its parameters, seeds and data
}

// takeAsRecorded takes from the record what nothing but the foreign code could tell.
func (f *foreign) takeAsRecorded(s *state) {
	if f != nil && !f.declared {
		s.params, s.seeds, s.data = s.result.Params, len(s.result.Seeds), s.result.Data
	}
}

// visit puts the experiments in the place of this program's that the source on disk declares: those whose code is
// another, and those of records that the program does not know.
func (d *driver) visit(f checkFlags) error {
	if f.Rerun || f.Sample > 0 {
		return fail("leave out --fork, with a program that is built from it, if you trust it", "nothing of a fork is run")
	}
	d.foreign = map[*lab.Experiment]*foreign{}
	c, err := d.code()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // there is no Go
	case err != nil:
		return err
	case c.compiled == nil:
		return fail("set Project.Source", "this program does not know the source that it is built from")
	}
	var all []*lab.Experiment
	for _, e := range d.Experiments {
		if e, err = d.abroad(c, e); err != nil {
			return err
		}
		if e != nil {
			all = append(all, e)
		}
	}
	d.Experiments = all
	return d.discover(c)
}

// abroad is an experiment of this program as the source on disk has it; nil if it is not there any more.
func (d *driver) abroad(c *codebase, e *lab.Experiment) (*lab.Experiment, error) {
	if e.Command != nil {
		return e, nil
	}
	why, err := d.outdated(e)
	if err == nil && len(why) == 0 {
		return e, nil
	}
	name, err := c.disk.Variable(d.Folder, "Name", e.Name)
	if err != nil || name == "" {
		return nil, err
	}
	run, draw := c.function(e.Run), c.function(e.Draw)
	differs, err := c.changes(name, run, draw)
	there := *e
	there.Command = &lab.Command{Code: func() (lab.Code, error) {
		if reached, err := c.disk.Reach(run, draw); err == nil {
			return recorded(reached), nil
		}
		return d.codeAsRecorded(c, e, name)
	}}
	d.foreign[&there] = &foreign{why, err == nil && len(differs) == 0}
	return &there, nil
}

// discover adds the experiments that the source declares and the program does not know, if they have a record.
func (d *driver) discover(c *codebase) error {
	return fs.WalkDir(d.tree.root.FS(), "assets", func(file string, _ fs.DirEntry, err error) error {
		if path.Base(file) != "result.json" || err != nil || d.experimentOf(file) != nil {
			return nil
		}
		e := &lab.Experiment{Name: strings.TrimPrefix(path.Dir(file), "assets/")}
		name, err := c.disk.Variable(d.Folder, "Name", e.Name)
		if err != nil || name == "" {
			return err
		}
		e.Command = &lab.Command{Code: func() (lab.Code, error) { return d.codeAsRecorded(c, e, name) }}
		d.foreign[e] = &foreign{why: []string{"it is new"}}
		d.Experiments = append(d.Experiments, e)
		return nil
	})
}

// codeAsRecorded is the code that a record names, as it is on disk. Where nobody can say which functions run, that tells
// what has changed and what is gone; nothing else can have come without a change in these.
func (d *driver) codeAsRecorded(c *codebase, e *lab.Experiment, name string) (lab.Code, error) {
	s := &state{experiment: e}
	if s.load(d); s.result == nil {
		return lab.Code{}, nil // other rules say so
	}
	reached, err := c.disk.Reach(name)
	if err != nil {
		return lab.Code{}, err
	}
	was, is := s.result.Code, recorded(reached)
	maps.DeleteFunc(is.Parts, func(part, _ string) bool { return was.Parts[part] == "" })
	if maps.Equal(was.Parts, is.Parts) {
		is.SHA256 = was.SHA256
	}
	return is, nil
}
