package deckgen

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/lab"
	"deckgen/deckgen/source"
)

// A codebase is the module's source, as it is on disk and as it went into the program.
type codebase struct {
	disk, compiled *source.Module
	reached        sync.Map // of functions that return a lab.Code, by experiment
}

// codeMemo is the file in the user's cache that remembers which code an experiment of this repository reaches.
func (d *driver) codeMemo() string { return d.cached("code", digest([]byte(d.tree.dir))) }

func (d *driver) openCode() (*codebase, error) {
	disk := source.Once(d.tree.root.FS())
	c := &codebase{}
	var err error
	if c.disk, err = source.Open(disk); err != nil {
		return nil, fail("keep the program in the repository that holds its experiments", "the source of the experiments cannot be read: %w", err)
	}
	d.read = c
	if memo, err := os.ReadFile(d.codeMemo()); err == nil {
		c.disk.Recall(memo)
	}
	if d.Source == nil {
		return c, nil
	}
	compiled, same := disk, true
	if pkg, ok := strings.CutPrefix(reflect.TypeFor[driver]().PkgPath(), c.disk.Path()+"/"); ok {
		own := source.NewOverlay(disk, pkg, ownSource)
		compiled, same = own, own.Same()
	}
	theirs := source.NewOverlay(compiled, d.Folder, d.Source)
	if same && theirs.Same() {
		c.compiled = c.disk
		return c, nil
	}
	c.compiled, err = source.Open(theirs)
	return c, err
}

// function is the name of a function as the source package wants it. For a function literal it is the variable that
// holds it.
func (c *codebase) function(f any) string {
	fn := runtime.FuncForPC(reflect.ValueOf(f).Pointer())
	file, line := fn.FileLine(fn.Entry())
	m := c.disk
	if c.compiled != nil {
		m = c.compiled
	}
	return m.Declared(runtimeName(f), file, line)
}

// runtimeName is the name of a function with the import path of its package, which for package main is not its name.
func runtimeName(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	if symbol, ok := strings.CutPrefix(name, "main."); ok {
		if b, ok := debug.ReadBuildInfo(); ok {
			return b.Path + "." + symbol
		}
	}
	return name
}

// ours reports whether the experiments that the program was built with belong to this repository; any folder with a
// deck in it may be filled and checked too.
func (d *driver) ours() bool {
	if len(d.Experiments) == 0 {
		return false
	}
	c, err := d.code()
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist) // a go.mod that is broken is for others to complain about
	}
	name := runtimeName(d.Experiments[0].Run)
	return strings.HasPrefix(name, c.disk.Path()+"/") || strings.HasPrefix(name, c.disk.Path()+".")
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
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, source.ErrNoFunction) {
			err = c.absent(e, err)
		}
		return recorded(reached), err
	}))
	return reach.(func() (lab.Code, error))()
}

// absent says of a function that is not on disk whether the program was built when it was.
func (c *codebase) absent(e *lab.Experiment, err error) error {
	if c.compiled == nil {
		return err
	}
	if _, inside := c.compiled.Reach(c.function(e.Run), c.function(e.Draw)); inside != nil {
		return err
	}
	return notBuiltFrom("%w", err)
}

// notBuiltFrom is for a program that is older or newer than the source.
func notBuiltFrom(format string, args ...any) error {
	return fail("build it again, or use: go run ./cmd/deckgen", "this program is not built from the source on disk: "+format, args...)
}

// recorded is the form of a code digest in a record.
func recorded(c source.Code) lab.Code {
	parts := map[string]string{}
	for k, sum := range c {
		parts[k] = sum[:8]
	}
	return lab.Code{SHA256: c.SHA256(), Parts: parts}
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
	return notBuiltFrom("%s", few(slices.Compact(changes)))
}
