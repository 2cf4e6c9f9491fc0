// Package script makes experiments of commands in any language: an experiment.yaml in the folder
// experiments/<section>/<name> says what to run, and what the command writes becomes the record. Nothing is executed by
// loading one.
package script

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
)

// Folder is where experiments lie, from the top of the repository, and File what says that there is one.
const (
	Folder = "experiments"
	File   = "experiment.yaml"
)

// A Set is the experiments of a repository that are commands.
type Set struct {
	Experiments []*lab.Experiment
	busy        sync.WaitGroup
	alike       sync.Map // the names of those that are
}

// Wait returns when no command runs any more. The end of the context that Load was given brings that about.
func (s *Set) Wait() { s.busy.Wait() }

// Alike reports whether the last run of an experiment had several seeds and found the same with each, figures and all.
func (s *Set) Alike(experiment string) bool {
	_, ok := s.alike.Load(experiment)
	return ok
}

// A script is one of them.
type script struct {
	*spec
	name   string
	ctx    context.Context
	root   string // the repository
	fsys   fs.FS  // its files
	dir    string // the folder of the experiment, from the root
	file   string // its experiment.yaml
	permit func(experiment string) error
	set    *Set
	slots  chan struct{} // limits the drawing that goes on at once
}

// Load finds the experiments of the repository in the folder root, whose files fsys shows. An experiment.yaml with a
// mistake becomes an experiment that says so instead of running. Before anything is executed permit is asked.
func Load(ctx context.Context, root string, fsys fs.FS, permit func(experiment string) error) *Set {
	set := &Set{}
	files, _ := fs.Glob(fsys, Folder+"/*/*/"+File) // the pattern is a good one
	slots := make(chan struct{}, runtime.NumCPU())
	for _, file := range files {
		dir := path.Dir(file)
		s := &script{name: strings.TrimPrefix(dir, Folder+"/"), ctx: ctx, root: root, fsys: fsys, dir: dir, file: file,
			permit: permit, set: set, slots: slots}
		set.Experiments = append(set.Experiments, s.experiment())
	}
	return set
}

func (s *script) experiment() *lab.Experiment {
	e := &lab.Experiment{Name: s.name, Command: &lab.Command{File: s.file}}
	src, err := fs.ReadFile(s.fsys, s.file)
	if err == nil {
		s.spec, err = parse(s.file, src)
	}
	if err != nil {
		e.Run = func(lab.Input) (*lab.Result, error) { return nil, err }
		e.Draw = func(*lab.Result) ([]figure.Figure, error) { return nil, err }
		e.Command.Code = func() (lab.Code, error) { return lab.Code{}, err }
		return e
	}
	e.Title, e.Params, e.Seeds = s.Title.is, json.RawMessage(s.Params), int(s.Seeds)
	e.Run, e.Draw = s.run, s.draw
	e.Command.Run, e.Command.Code = s.Command.is, s.code
	if s.Draw != nil {
		e.Command.Draw = s.Draw.Command.is
	}
	return e
}

// run starts the command once for each seed, or once where chance plays no part.
func (s *script) run(in lab.Input) (*lab.Result, error) {
	seeds := make([]*uint64, 0, 1)
	for i := range in.Seeds {
		seeds = append(seeds, &in.Seeds[i])
	}
	if len(seeds) == 0 {
		seeds = append(seeds, nil)
	}
	runs, err := lab.Map(in, seeds, func(seed *uint64) (*found, error) { return s.one(in.Context, seed) })
	if err != nil {
		return nil, err
	}
	r, err := merge(runs, len(in.Seeds) > 0)
	if err != nil {
		return nil, err
	}
	r.Made = runs[0].figures
	if s.set.alike.Delete(s.name); alike(runs) {
		s.set.alike.Store(s.name, nil)
	}
	if s.Draw != nil && len(r.Made) > 0 {
		return nil, fmt.Errorf("%s: the run wrote %s, but figures are for draw to make", s.file, fileName(r.Made[0]))
	}
	return r, nil
}

// one is a run with one seed.
func (s *script) one(ctx context.Context, seed *uint64) (*found, error) {
	input, err := json.Marshal(struct {
		Experiment string          `json:"experiment"`
		Params     json.RawMessage `json:"params"`
		Seed       *uint64         `json:"seed,omitempty"`
	}{s.name, json.RawMessage(s.Params), seed})
	if err != nil {
		return nil, err
	}
	values := s.Params.blanks()
	if seed != nil {
		values["seed"] = strconv.FormatUint(*seed, 10)
	}
	f, err := s.execute(ctx, s.Command, values, input)
	if err != nil && seed != nil {
		return nil, fmt.Errorf("seed %d: %w", *seed, err)
	}
	return f, err
}

// draw makes the figures from the record, with the command for it. Without one the run made them.
func (s *script) draw(r *lab.Result) ([]figure.Figure, error) {
	if s.Draw == nil {
		return r.Made, nil
	}
	input, err := lab.Encode(r)
	if err != nil {
		return nil, err
	}
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	f, err := s.execute(s.ctx, s.Draw.Command, s.Params.blanks(), input)
	if err != nil {
		return nil, err
	}
	if len(f.values)+len(f.claims)+len(f.tables)+len(f.series) > 0 {
		return nil, fmt.Errorf("%s: draw wrote more than figures; that is for command to do", s.file)
	}
	return f.figures, nil
}

// execute runs a command, its blanks filled in, with a file to read and an empty folder to write into.
func (s *script) execute(ctx context.Context, command words, values map[string]string, input []byte) (*found, error) {
	if ctx == nil {
		ctx = s.ctx
	}
	temp, err := os.MkdirTemp("", "deckgen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	in, out := filepath.Join(temp, "input.json"), filepath.Join(temp, "output")
	if err := os.WriteFile(in, append(input, '\n'), 0o600); err != nil {
		return nil, err
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		return nil, err
	}
	values["input"], values["output"] = in, out
	memory, err := s.start(ctx, fillIn(command.is, values), in, out)
	if err != nil {
		return nil, err
	}
	f, err := s.collect(out, command)
	if err != nil {
		return nil, err
	}
	f.memory = memory
	return f, nil
}
