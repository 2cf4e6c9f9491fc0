package deckgen

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"

	"deckgen/deckgen/deck"
)

func (d *driver) renderVerb(args nameArgs) error {
	sel, err := d.selected(args.Names)
	if err != nil {
		return err
	}
	unlock, err := d.tree.lock("render")
	if err != nil {
		return err
	}
	defer unlock()
	return d.render(sel.decks)
}

// render makes the HTML of decks, and the PDF where there is a browser to print it.
func (d *driver) render(decks []*deck.Deck) error {
	m, err := d.findMarp()
	if err != nil {
		return err
	}
	var problems []deck.Problem
	for _, dk := range decks {
		ps, err := d.renderDeck(m, dk)
		if err != nil {
			return fmt.Errorf("%s: %w", dk.Path, err)
		}
		problems = append(problems, ps...)
	}
	d.show(decks, problems)
	if m.browser == "" && len(decks) > 0 {
		d.talk("no PDF was made, for want of a Chromium: install one (Debian: apt install chromium fonts-noto-cjk) or set CHROME_PATH")
	}
	return exitError(problems)
}

// outputFolder is where a deck is rendered to: slides/a.md becomes build/a.
func outputFolder(deckPath string) string {
	return "build/" + strings.TrimPrefix(strings.TrimSuffix(deckPath, path.Ext(deckPath)), "slides/")
}

const copyName = "deck.md"

// renderDeck renders a copy of a deck in a folder of its own, which takes the place of the old one once it is complete.
func (d *driver) renderDeck(m *marp, dk *deck.Deck) ([]deck.Problem, error) {
	src, pictures, problems, err := d.standalone(dk)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	final := outputFolder(dk.Path)
	temp := path.Join(path.Dir(final), "."+path.Base(final)+".new")
	defer d.tree.root.RemoveAll(temp)
	if err := d.tree.root.RemoveAll(temp); err != nil {
		return nil, plain(temp, err)
	}
	if err := d.tree.scratch(output{path.Join(temp, copyName), src}); err != nil {
		return nil, err
	}
	for _, file := range pictures {
		b, err := d.tree.read(file)
		if err != nil {
			return nil, err
		}
		if err := d.tree.scratch(output{path.Join(temp, file), b}); err != nil {
			return nil, err
		}
	}
	if err := d.convert(m, temp); err != nil {
		return nil, err
	}
	html, err := d.tree.read(path.Join(temp, "index.html"))
	if err != nil {
		return nil, err
	}
	problems = inspect(dk, string(html), d.themes())
	if err := d.tree.root.Remove(path.Join(temp, copyName)); err != nil {
		return nil, plain(temp, err)
	}
	if err := d.replaceFolder(temp, final); err != nil {
		return nil, err
	}
	d.talk("rendered %s", final+"/index.html")
	return problems, nil
}

// convert makes the HTML and the PDF at the same time.
func (d *driver) convert(m *marp, folder string) error {
	var g errgroup.Group
	g.Go(func() error { return m.convert(d.ctx, folder, "index.html") })
	if m.browser != "" {
		g.Go(func() error { return m.convert(d.ctx, folder, "index.pdf", "--pdf", "--allow-local-files") })
	}
	return g.Wait()
}

func (d *driver) replaceFolder(from, to string) error {
	old := path.Join(path.Dir(to), "."+path.Base(to)+".old")
	root := d.tree.root
	if err := root.RemoveAll(old); err != nil {
		return plain(old, err)
	}
	if d.tree.has(to) {
		if err := root.Rename(to, old); err != nil {
			return plain(to, err)
		}
	}
	if err := root.Rename(from, to); err != nil {
		return plain(to, err)
	}
	return root.RemoveAll(old)
}

// standalone is the deck as it may leave the repository: values and claims are plain text, and every picture is named
// by its place beside the deck. It returns the files of the pictures, too.
func (d *driver) standalone(dk *deck.Deck) (src []byte, pictures []string, problems []deck.Problem, err error) {
	var edits []deck.Edit
	for _, r := range dk.Refs {
		if r.Kind != deck.Image {
			edits = append(edits, dk.Unlink(r)...)
			continue
		}
		file, err := join(path.Dir(dk.Path), r.Target)
		a := (referrer{d, dk}).answer(r)
		if a.problem == nil && !d.tree.has(file) {
			a = (referrer{d, dk}).noFile(r, file)
		}
		if a.problem != nil || err != nil {
			problems = append(problems, *a.problem)
			continue
		}
		pictures = append(pictures, file)
		edits = append(edits, dk.SetTarget(r, file)...)
	}
	src, err = dk.Apply(edits)
	return src, pictures, problems, err
}
