package deckgen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
	"deckgen/deckgen/script"
	"deckgen/deckgen/source"
)

// A driver carries one command through a repository.
type driver struct {
	Project
	ctx  context.Context
	sys  system
	tree *tree
	code func() (*codebase, error) // read when first asked for
	read *codebase                 // what code returned, once it was asked
	docs *documents
	*memos

	foreign   map[*lab.Experiment]*foreign // of check --fork
	enough    func()                       // decks need not be read ahead any more
	closing   *sync.WaitGroup              // processes that end
	scripts   *script.Set                  // the experiments that are commands; they are among Experiments, too
	allowExec bool                         // they may run, this once
	trusted   func() bool                  // they may run always; looked up when first asked for
}

type memos struct {
	decks   memo[*deck.Deck]
	records memo[*lab.Result]
	sources memo[*source.Parts] // of listings
}

// A codebase is the module's source, as it is on disk and as it went into the program.
type codebase struct {
	disk, compiled *source.Module
	reached        sync.Map // of functions that return a lab.Code, by experiment
}

func open(ctx context.Context, p Project, sys system) (*driver, error) {
	t, err := openTree(sys.dir)
	if err != nil {
		return nil, fmt.Errorf("-C: %w", plain(sys.dir, err))
	}
	d := &driver{Project: p, ctx: ctx, sys: sys, tree: t, docs: newDocuments(t), memos: new(memos), closing: new(sync.WaitGroup)}
	d.code = sync.OnceValues(d.openCode)
	d.trusted = sync.OnceValue(d.isTrusted)
	ahead, enough := context.WithCancel(ctx)
	d.enough = enough
	d.closing.Go(func() { d.readAhead(ahead) })
	if !d.ours() {
		d.Experiments = nil
	}
	d.scripts = script.Load(ctx, t.dir, t.root.FS(), d.permit)
	d.Experiments = append(slices.Clone(d.Experiments), d.scripts.Experiments...)
	if err := lab.Validate(d.Experiments); err != nil {
		return nil, fail("rename its folder in "+script.Folder, "%w", err)
	}
	return d, nil
}

// readAhead parses the decks while the source is looked at, on another core, until somebody knows that few will do.
func (d *driver) readAhead(ctx context.Context) {
	files, _ := d.deckFiles() // whoever needs them sees the error
	for _, file := range files {
		if ctx.Err() != nil {
			return
		}
		d.parse(file)
	}
}

// close leaves to the next process what was found out about the source.
func (d *driver) close() {
	d.tree.close()
	if d.read == nil {
		return
	}
	if memo, err := d.read.disk.Memo(); err == nil && memo != nil {
		remember(d.codeMemo(), memo)
	}
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

// talk writes a line to standard error.
func (d *driver) talk(format string, args ...any) { fmt.Fprintf(d.sys.err, format+"\n", args...) }

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

func folder(e *lab.Experiment) string     { return "assets/" + e.Name }
func recordFile(e *lab.Experiment) string { return folder(e) + "/result.json" }

// experimentOf finds the experiment whose folder a file lies in.
func (d *driver) experimentOf(file string) *lab.Experiment {
	name, ok := strings.CutPrefix(path.Dir(file), "assets/")
	if !ok {
		return nil
	}
	i := slices.IndexFunc(d.Experiments, func(e *lab.Experiment) bool { return e.Name == name })
	if i < 0 {
		return nil
	}
	return d.Experiments[i]
}

// A selection is what the arguments name.
type selection struct {
	experiments []*lab.Experiment
	decks       []*deck.Deck
	all         bool
}

// selected finds what the names on the command line stand for. A deck brings the experiments that it shows; an
// experiment brings the decks that show it.
func (d *driver) selected(names []string) (*selection, error) {
	files, err := d.deckFiles()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return d.everything(files)
	}
	d.enough()
	s := &selection{}
	var named []string
	for _, name := range names {
		if es := d.experimentsNamed(name); len(es) > 0 {
			s.addExperiments(es...)
			continue
		}
		file, err := d.deckNamed(name, files)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(named, file) {
			named = append(named, file)
		}
	}
	others, err := d.showing(s.experiments, files, named)
	if err != nil {
		return nil, err
	}
	for _, file := range named {
		dk, err := d.parse(file)
		if err != nil {
			return nil, err
		}
		s.decks = append(s.decks, dk)
		s.addExperiments(d.shownBy(dk)...)
	}
	s.decks = append(s.decks, others...)
	return s, nil
}

// showing finds the decks that show any of the experiments, leaving out some.
func (d *driver) showing(es []*lab.Experiment, files, without []string) (decks []*deck.Deck, err error) {
	for _, file := range files {
		if len(es) == 0 || slices.Contains(without, file) {
			continue
		}
		dk, err := d.parse(file)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(d.shownBy(dk), func(e *lab.Experiment) bool { return slices.Contains(es, e) }) {
			decks = append(decks, dk)
		}
	}
	return decks, nil
}

func (d *driver) everything(files []string) (*selection, error) {
	s := &selection{all: true, experiments: d.Experiments}
	for _, file := range files {
		dk, err := d.parse(file)
		if err != nil {
			return nil, err
		}
		s.decks = append(s.decks, dk)
	}
	if len(s.decks) == 0 && len(s.experiments) == 0 {
		return nil, fail(d.noDeckHint(), "there is no deck and no experiment in %s", d.tree.dir)
	}
	return s, nil
}

// noDeckHint says how to come to a deck, perhaps with a file that is there already.
func (d *driver) noDeckHint() string {
	for _, name := range d.tree.list(".") {
		if path.Ext(name) == ".md" && name != "README.md" {
			return name + " is a deck if its front matter says marp: true, or if it is named: deckgen check " + name
		}
	}
	return "deckgen new deck talk makes a deck here, -C DIR works on another folder"
}

func (s *selection) addExperiments(es ...*lab.Experiment) {
	for _, e := range es {
		if !slices.Contains(s.experiments, e) {
			s.experiments = append(s.experiments, e)
		}
	}
}

// deckFiles lists the decks of the repository. A folder that cannot be read is an error: it may hold some.
func (d *driver) deckFiles() (files []string, err error) {
	files = d.decksAtTop()
	err = d.tree.walk("slides", func(name string, _ fs.DirEntry) {
		if isMarkdown(name) {
			files = append(files, name)
		}
	})
	return files, err
}

// decksAtTop lists the decks beside the folders: there a Markdown file is one if it says marp: true.
func (d *driver) decksAtTop() (files []string) {
	for _, name := range d.tree.list(".") {
		if !isMarkdown(name) {
			continue
		}
		if src, err := d.tree.read(name); err != nil || !bytes.HasPrefix(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), []byte("---")) {
			continue // most have no front matter
		}
		if dk, err := d.parse(name); err == nil && slices.ContainsFunc(dk.Directives, saysMarp) {
			files = append(files, name)
		}
	}
	return files
}

// isMarkdown reports whether a file may be a deck by its name.
func isMarkdown(name string) bool { return path.Ext(name) == ".md" || path.Ext(name) == ".markdown" }

func saysMarp(v deck.Directive) bool { return v.FrontMatter && v.Key == "marp" && v.Value == "true" }

func (d *driver) experimentsNamed(name string) (found []*lab.Experiment) {
	name = strings.TrimSuffix(name, "/")
	for _, e := range d.Experiments {
		if e.Name == name || path.Dir(e.Name) == name {
			found = append(found, e)
		}
	}
	return found
}

// deckNamed finds a deck by its path from the working directory, or by its name alone.
func (d *driver) deckNamed(name string, files []string) (string, error) {
	if isMarkdown(name) {
		file, err := d.tree.local(absolute(d.sys.dir, filepath.FromSlash(name)))
		if err != nil {
			return "", fail("deckgen -C DIR works on another folder", "%s: %w", name, err)
		}
		if d.tree.has(file) {
			return file, nil
		}
	}
	known := slices.Clone(files)
	for _, file := range files {
		base := path.Base(file)
		if name == file || name == base || name == strings.TrimSuffix(base, path.Ext(base)) {
			return file, nil
		}
	}
	for _, e := range d.Experiments {
		if section := path.Dir(e.Name); !slices.Contains(known, section) {
			known = append(known, section)
		}
		known = append(known, e.Name)
	}
	return "", fail(didYouMean(name, known), "there is no experiment, section or deck %q", name)
}

func (d *driver) parse(file string) (*deck.Deck, error) {
	src, err := d.tree.read(file)
	if err != nil {
		return nil, err
	}
	return d.decks.of(file, src, func() (*deck.Deck, error) { return deck.Parse(file, src), nil })
}

// shownBy lists the experiments that a deck shows something of, in the order of the list.
func (d *driver) shownBy(dk *deck.Deck) (shown []*lab.Experiment) {
	seen := map[*lab.Experiment]bool{}
	for _, r := range dk.Refs {
		if file, err := resolve(dk, r.Target); err == nil {
			seen[d.experimentOf(file)] = true
		}
	}
	for _, e := range d.Experiments {
		if seen[e] {
			shown = append(shown, e)
		}
	}
	return shown
}

// plural writes "1 figure", "3 figures".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
