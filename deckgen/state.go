package deckgen

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/lab"
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

// allReasons says why it is not fresh: the reasons why it is stale, and what could not be read.
func (s *state) allReasons() []string {
	why := append([]string{}, s.reasons...)
	for _, err := range []error{s.err, s.broken} {
		if err != nil {
			why = append(why, err.Error())
		}
	}
	return why
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
