package deckgen

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/figure"
	"deckgen/deckgen/page"
)

type renderFlags struct {
	nameArgs
	formatFlag
}

// Help gives examples of render.
func (renderFlags) Help() string {
	return `The folder build/<deck> holds the HTML and what else was asked for the last time.

Examples:
  deckgen render                                         every deck
  deckgen render slides/05_learning_technic.md --format single
  deckgen render --format pdf,pptx,png`
}

func (d *driver) renderVerb(f renderFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	unlock, err := d.tree.lock("render")
	if err != nil {
		return err
	}
	defer unlock()
	rendered := d.render(sel.decks, f.Format, true)
	return errors.Join(rendered, d.gallery(""))
}

// render makes decks in the formats that are asked for; those that are up to date only if again is set.
func (d *driver) render(decks []*deck.Deck, asked []string, again bool) error {
	m, err := d.findMarp()
	if err != nil {
		return err
	}
	es, err := m.editions(asked)
	if err != nil {
		return err
	}
	var problems []deck.Problem
	for _, dk := range decks {
		var ps []deck.Problem
		if ps, err = d.renderDeck(m, dk, es, again); err != nil {
			err = fmt.Errorf("%s: %w", dk.Path, err)
			break
		}
		problems = append(problems, ps...)
	}
	d.show(decks, problems)
	if err != nil {
		return err
	}
	if len(asked) == 0 && m.browser == "" && len(decks) > 0 {
		d.talk("no PDF was made, for want of a Chromium: %s", getBrowser)
	}
	return exitError(problems)
}

// outputFolder is where a deck is rendered to: slides/a.md becomes build/a.
func outputFolder(deckPath string) string {
	return "build/" + strings.TrimPrefix(strings.TrimSuffix(deckPath, path.Ext(deckPath)), "slides/")
}

// A rendering is a deck on its way into its folder, which takes the place of the old one once it is complete.
type rendering struct {
	*driver
	marp *marp
	deck *deck.Deck
	out  string            // what becomes the folder
	work string            // holds a copy of the deck, with its pictures standing still, where they are in the repository
	html []byte            // as Marp makes it
	uses map[string]string // the files that the pages load, by the addresses by which they name them
}

// renderDeck makes a deck in several formats. Where something that it shows is missing, the old folder stays.
func (d *driver) renderDeck(m *marp, dk *deck.Deck, es []edition, again bool) ([]deck.Problem, error) {
	final := outputFolder(dk.Path)
	r := &rendering{driver: d, marp: m, deck: dk, out: hidden(final, ".new"), work: hidden(final, ".work")}
	for _, folder := range []string{r.out, r.work} {
		defer d.tree.root.RemoveAll(folder)
		if err := d.tree.root.RemoveAll(folder); err != nil {
			return nil, plain(folder, err)
		}
	}
	from := r.madeFrom(es)
	if !again && r.madeOf(from, receiptFile(dk)) {
		d.talk("%s is up to date", final)
		return nil, nil
	}
	src, problems, err := d.standalone(dk)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	if problems, err = r.make(src, es); err != nil || len(problems) > 0 {
		return problems, err
	}
	return nil, r.receipt(from, receiptFile(dk), final, slices.Collect(maps.Values(r.uses))...)
}

// make makes the folder, and says what is wrong with it.
func (r *rendering) make(src []byte, es []edition) ([]deck.Problem, error) {
	problems, err := r.page(src)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	if problems, err = r.write(es); err != nil {
		return nil, err
	}
	final := outputFolder(r.deck.Path)
	if err := r.replaceFolder(r.out, final); err != nil {
		return nil, err
	}
	for _, e := range es {
		r.talk("rendered %s/%s", final, e.file(r.deck))
	}
	return append(problems, r.inspect(r.deck, string(r.html))...), nil
}

// page makes the HTML, and finds out which files it loads.
func (r *rendering) page(src []byte) ([]deck.Problem, error) {
	copied, made := path.Join(r.work, r.deck.Path), path.Join(r.work, "page.html")
	if err := r.tree.scratch(output{copied, src}); err != nil {
		return nil, err
	}
	if err := r.marp.convert(r.ctx, copied, made); err != nil {
		return nil, err
	}
	var err error
	if r.html, err = r.tree.read(made); err != nil {
		return nil, err
	}
	return r.findUses(), nil
}

// write puts the formats into the new folder. Those that a browser prints are made side by side.
func (r *rendering) write(es []edition) (problems []deck.Problem, err error) {
	if err := r.copyPictures(); err != nil {
		return nil, err
	}
	var g errgroup.Group
	g.SetLimit(r.sys.cpus)
	for _, e := range es {
		g.Go(func() (err error) {
			switch e.name {
			case "html":
				return r.folder(e.file(r.deck))
			case "single":
				problems, err = r.single(e.file(r.deck))
				return err
			}
			return r.print(e)
		})
	}
	err = g.Wait()
	return problems, err
}

// folder writes the HTML that finds its pictures beside it.
func (r *rendering) folder(file string) error {
	html := page.Rewrite(r.html, func(u page.Use) string { return relative(r.uses[u.URL], u.URL) })
	return r.tree.scratch(output{path.Join(r.out, file), html})
}

// copyPictures copies what the pages load: as it is for the HTML, without motion for what is printed.
func (r *rendering) copyPictures() error {
	for address, file := range r.uses {
		b, err := r.tree.read(file)
		if err != nil {
			return err
		}
		if err := r.tree.scratch(output{path.Join(r.out, file), b}); err != nil {
			return err
		}
		if path.Ext(file) == ".svg" {
			b = figure.Still(b)
		}
		named, _ := located(address)
		if err := r.tree.scratch(output{path.Join(r.work, path.Dir(r.deck.Path), named), b}); err != nil {
			return err
		}
	}
	return nil
}

func (r *rendering) print(e edition) error {
	if err := r.tree.root.MkdirAll(path.Join(r.out, path.Dir(e.to(r.deck))), 0o755); err != nil {
		return plain(r.out, err)
	}
	flags := append([]string{"--allow-local-files", "--browser-timeout", "120"}, e.flags...)
	if err := r.marp.convert(r.ctx, path.Join(r.work, r.deck.Path), path.Join(r.out, e.to(r.deck)), flags...); err != nil {
		return err
	}
	if !r.tree.has(path.Join(r.out, e.file(r.deck))) {
		return fmt.Errorf("marp-cli made no %s", e.file(r.deck))
	}
	return nil
}

func (d *driver) replaceFolder(from, to string) error {
	old := hidden(to, ".old")
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

// standalone is the deck as it may leave the repository: values and claims are plain text. A picture that is not there
// is a problem.
func (d *driver) standalone(dk *deck.Deck) (src []byte, problems []deck.Problem, err error) {
	var edits []deck.Edit
	for _, r := range dk.Refs {
		if r.Kind != deck.Image {
			edits = append(edits, dk.Unlink(r)...)
			continue
		}
		if a := (referrer{d, dk}).answer(r); a.problem != nil {
			problems = append(problems, *a.problem)
		}
	}
	src, err = dk.Apply(edits)
	return src, problems, err
}
