package deckgen

import (
	"context"
	"fmt"
	"path"
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

// close waits for what is under way, and leaves to the next process what was found out about the source.
func (d *driver) close() {
	d.enough()
	d.closing.Wait()
	d.scripts.Wait()
	d.tree.close()
	if d.read == nil {
		return
	}
	if memo, err := d.read.disk.Memo(); err == nil && memo != nil {
		remember(d.codeMemo(), memo)
	}
}

// talk writes a line to standard error.
func (d *driver) talk(format string, args ...any) { fmt.Fprintf(d.sys.err, format+"\n", args...) }

func folder(e *lab.Experiment) string     { return "assets/" + e.Name }
func recordFile(e *lab.Experiment) string { return folder(e) + "/result.json" }

func experimentNames(es []*lab.Experiment) (names []string) {
	for _, e := range es {
		names = append(names, e.Name)
	}
	return names
}

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

func (d *driver) parse(file string) (*deck.Deck, error) {
	src, err := d.tree.read(file)
	if err != nil {
		return nil, err
	}
	return d.decks.of(file, src, func() (*deck.Deck, error) { return deck.Parse(file, src), nil })
}

func (d *driver) parseAll(files []string) (decks []*deck.Deck, err error) {
	for _, file := range files {
		dk, err := d.parse(file)
		if err != nil {
			return nil, err
		}
		decks = append(decks, dk)
	}
	return decks, nil
}

// plural writes "1 figure", "3 figures".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
