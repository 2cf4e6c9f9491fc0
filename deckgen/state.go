package deckgen

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/lab"
	"deckgen/deckgen/source"
)

// A state is how an experiment's record stands to the code, parameters, data and seeds of today.
type state struct {
	experiment *lab.Experiment
	params     json.RawMessage // as they are now
	code       lab.Code
	data       *lab.DataID
	seeds      int

	raw     []byte      // the record as it is on disk
	result  *lab.Result // the record; nil if there is none or it is broken
	broken  error       // why the record cannot be read
	reasons []string    // why it is stale
	older   []string    // if it is: where this program is older than the source on disk
	err     error       // why nothing can be said
	memory  int64       // the most that a run held, in bytes, once it has run and if that is known
}

func (s *state) missing() bool { return s.raw == nil && s.broken == nil }
func (s *state) fresh() bool   { return s.result != nil && len(s.reasons) == 0 && s.err == nil }

// word says in a word how the record stands.
func (s *state) word() string {
	switch {
	case s.err != nil:
		return "unknown"
	case s.broken != nil:
		return "broken"
	case s.missing():
		return "missing"
	case len(s.reasons) > 0:
		return "stale"
	}
	return "fresh"
}

// states looks at several experiments side by side.
func (d *driver) states(es []*lab.Experiment, seeds int, dataDir string) []*state {
	out := make([]*state, len(es))
	var wg sync.WaitGroup
	for i, e := range es {
		wg.Go(func() { out[i] = d.state(e, seeds, dataDir) })
	}
	wg.Wait()
	return out
}

func (d *driver) state(e *lab.Experiment, seeds int, dataDir string) *state {
	s := &state{experiment: e, seeds: e.Seeds}
	if seeds > 0 && e.Seeds > 0 {
		s.seeds = seeds
	}
	s.err = d.today(s, dataDir)
	s.load(d)
	if s.result != nil && s.err == nil {
		d.foreign[e].takeAsRecorded(s)
		s.compare()
		s.forgetParams(d)
	}
	return s
}

// forgetParams drops what a program says of parameters that is older than their source on disk, and remembers why.
func (s *state) forgetParams(d *driver) {
	if len(s.reasons) == 0 || s.experiment.Command != nil {
		return
	}
	if s.older, _ = d.outdated(s.experiment); len(s.older) > 0 { // an error is one of its code, too
		s.reasons = slices.DeleteFunc(s.reasons, func(why string) bool { return strings.HasPrefix(why, "parameter ") })
	}
}

// today finds out what a run would compute with.
func (d *driver) today(s *state, dataDir string) (err error) {
	e := s.experiment
	if s.params, err = json.Marshal(e.Params); err != nil {
		return fmt.Errorf("%s: parameters: %w", e.Name, err)
	}
	if s.code, err = d.codeOf(e); err != nil {
		return fmt.Errorf("%s: %w", e.Name, err)
	}
	if e.Data != nil {
		id, err := e.Data(dataDir)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		s.data = &id
	}
	return nil
}

// codeOf identifies what an experiment computes with. It is shared, and not to be changed.
func (d *driver) codeOf(e *lab.Experiment) (lab.Code, error) {
	if e.Command != nil {
		return e.Command.Code()
	}
	c, err := d.code()
	if err != nil {
		return lab.Code{}, err
	}
	reach, _ := c.reached.LoadOrStore(e, sync.OnceValues(func() (lab.Code, error) {
		reached, err := c.disk.Reach(c.function(e.Run), c.function(e.Draw))
		return recorded(reached), err
	}))
	return reach.(func() (lab.Code, error))()
}

// recorded is the form of a code digest in a record.
func recorded(c source.Code) lab.Code {
	parts := map[string]string{}
	for k, sum := range c {
		parts[k] = sum[:8]
	}
	return lab.Code{SHA256: c.SHA256(), Parts: parts}
}

func (s *state) load(d *driver) {
	raw, err := d.tree.read(recordFile(s.experiment))
	if errors.Is(err, errMissing) {
		return
	}
	if err != nil {
		s.broken = err
		return
	}
	s.raw = raw
	if s.broken = mangled(raw); s.broken != nil {
		return
	}
	if s.result, err = d.records.of(recordFile(s.experiment), raw, func() (*lab.Result, error) { return lab.Decode(raw) }); err != nil {
		s.broken = err
	} else if s.result.Experiment != s.experiment.Name {
		s.broken = fmt.Errorf("it is the record of %s", s.result.Experiment)
		s.result = nil
	} else {
		d.docs.isValid(recordFile(s.experiment), raw)
	}
}

// compare finds the reasons why the record is stale.
func (s *state) compare() {
	r := s.result
	switch draft := s.experiment.IsDraft(); {
	case r.Draft && !draft:
		s.reasons = append(s.reasons, "it is a draft")
		return // made on purpose with other parameters
	case draft && !r.Draft:
		s.reasons = append(s.reasons, "a draft is asked for")
	}
	s.reasons = append(s.reasons, paramChanges(r.Params, s.params)...)
	if r.Code.SHA256 != s.code.SHA256 {
		s.reasons = append(s.reasons, codeChanges(r.Code.Parts, s.code.Parts)...)
	}
	if len(r.Seeds) < s.seeds {
		s.reasons = append(s.reasons, fmt.Sprintf("it has %s, %d are asked for", plural(len(r.Seeds), "seed"), s.seeds))
	}
	switch {
	case s.data == nil && r.Data != nil:
		s.reasons = append(s.reasons, "it reads no data set any more")
	case s.data != nil && (r.Data == nil || *r.Data != *s.data):
		s.reasons = append(s.reasons, fmt.Sprintf("it is from other data (%s) than %s", dataName(r.Data), dataName(s.data)))
	}
	if len(s.reasons) == 0 && lab.Edited(s.raw) {
		s.reasons = append(s.reasons, editedByHand)
	}
}

// editedByHand is why numbers of a record cannot be trusted, though nothing else has changed.
const editedByHand = "its record is not as the run wrote it: somebody edited it, or a merge mixed two"

func dataName(id *lab.DataID) string {
	if id == nil {
		return "none"
	}
	return fmt.Sprintf("%s %.8s", id.Name, id.SHA256)
}

// codeChanges names the declarations that changed, came or went.
func codeChanges(was, is map[string]string) (out []string) {
	for _, k := range slices.Sorted(maps.Keys(is)) {
		switch old, ok := was[k]; {
		case !ok:
			out = append(out, k+" is new to it")
		case old != is[k]:
			out = append(out, k+" changed")
		}
	}
	for _, k := range slices.Sorted(maps.Keys(was)) {
		if _, ok := is[k]; !ok {
			out = append(out, k+" is no longer part of it")
		}
	}
	if len(out) == 0 {
		out = append(out, "the digest of the code differs")
	}
	return out
}

// paramChanges names the parameters that differ.
func paramChanges(was, is json.RawMessage) (out []string) {
	a, b := flatten(was), flatten(is)
	for _, k := range slices.Sorted(maps.Keys(b)) {
		switch old, ok := a[k]; {
		case !ok:
			out = append(out, fmt.Sprintf("parameter %s is new", k))
		case old != b[k]:
			out = append(out, fmt.Sprintf("parameter %s was %s and is %s", k, old, b[k]))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(a)) {
		if _, ok := b[k]; !ok {
			out = append(out, fmt.Sprintf("parameter %s is gone", k))
		}
	}
	return out
}

// flatten lists what stands at each end of a JSON tree, by path. One with nothing in it, which may be written as null, has
// no ends.
func flatten(raw json.RawMessage) map[string]string {
	out := map[string]string{}
	ends, _ := leaves(raw) // what is no JSON has none
	for _, l := range ends {
		if l.pointer == "" && slices.Contains([]string{"null", "{}", "[]"}, l.value) {
			continue
		}
		out[strings.TrimPrefix(l.pointer, "/")] = l.value
	}
	return out
}

// few shortens a list of reasons for a line.
func few(reasons []string) string {
	const most = 3
	if len(reasons) > most {
		return strings.Join(reasons[:most], "; ") + fmt.Sprintf("; and %d more", len(reasons)-most)
	}
	return strings.Join(reasons, "; ")
}

// outdated says where the program differs from the source on disk, in what an experiment reaches: its declaration, which
// holds the parameters, and what that names. It does not enter some functions.
func (d *driver) outdated(e *lab.Experiment, without ...any) ([]string, error) {
	c, err := d.code()
	if err != nil || c.compiled == nil || c.compiled == c.disk {
		return nil, err
	}
	var closed []string
	for _, f := range without {
		closed = append(closed, c.function(f))
	}
	name, err := c.disk.Variable(d.Folder, "Name", e.Name)
	if err != nil {
		return nil, err
	}
	if name != "" {
		return c.changes(name, closed...)
	}
	var changes []string
	for _, f := range []string{c.function(e.Run), c.function(e.Draw)} {
		if slices.Contains(closed, f) {
			continue
		}
		more, err := c.changes(f, closed...)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
	}
	return changes, nil
}

// changes says where the program differs from the source on disk in what a declaration reaches.
func (c *codebase) changes(name string, without ...string) ([]string, error) {
	disk, err := c.disk.Reach(name, without...)
	if err != nil {
		return nil, err
	}
	compiled, err := c.compiled.Reach(name, without...)
	if err != nil {
		return []string{path.Base(name) + " is new to it"}, nil
	}
	if disk.SHA256() == compiled.SHA256() {
		return nil, nil
	}
	return codeChanges(recorded(compiled).Parts, recorded(disk).Parts), nil
}

// current refuses a program that is older than the source: what it makes would carry the name of code that did not run.
func (d *driver) current(es ...*lab.Experiment) error {
	var changes []string
	for _, e := range es {
		if e.Command != nil {
			continue
		}
		why, err := d.outdated(e)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		changes = append(changes, why...)
	}
	if len(changes) == 0 {
		return nil
	}
	slices.Sort(changes)
	return fail("build it again, or use: go run ./cmd/deckgen", "this program is not built from the source on disk: %s",
		few(slices.Compact(changes)))
}
