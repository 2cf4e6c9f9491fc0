package deckgen

import (
	"errors"

	"deckgen/deckgen/deck"
)

type buildFlags struct {
	runFlags
	formatFlag
}

// Help gives examples of build.
func (buildFlags) Help() string {
	return `A deck is rendered again if it, a picture or a theme has changed, or if marp-cli, the browser or deckgen
is another one; in any case with --force, and by deckgen render.

Examples:
  deckgen build                                 every deck, running only what is stale
  deckgen build slides/05_learning_technic.md   one deck, with the experiments that it shows
  deckgen build --fidelity quick                with drafts of what is stale, in seconds
  deckgen build --format single,pdf             in one HTML file and as PDF`
}

// buildVerb is every verb in turn. Problems that check finds do not keep the deck from being rendered, so that one can
// look at it.
func (d *driver) buildVerb(f buildFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	unlock, err := d.tree.lock("build")
	if err != nil {
		return err
	}
	defer unlock()
	if len(sel.experiments) > 0 {
		if _, err := d.run(sel.experiments, f.runFlags); err != nil {
			return err
		}
		if _, err := d.draw(sel.experiments); err != nil {
			return err
		}
	}
	changes, err := d.fill(sel.decks)
	if err != nil {
		return err
	}
	if err := d.say(changes); err != nil {
		return err
	}
	if sel.decks, err = d.reread(sel.decks); err != nil {
		return err
	}
	checked := d.check(sel, int(f.Seeds), checkFlags{dataFlag: f.dataFlag, Format: "text"})
	same := make(chan bool, 1)
	compared := d.compared()
	d.closing.Go(func() { same <- d.committed(compared...) }) // nothing that is compared is written any more
	if err := d.render(sel.decks, f.Format, f.Force); err != nil {
		return errors.Join(checked, err)
	}
	if err := d.gallery(f.Data); err != nil {
		return errors.Join(checked, err)
	}
	d.compareWithCommit(<-same)
	return checked
}

// reread are the decks as they are now.
func (d *driver) reread(decks []*deck.Deck) ([]*deck.Deck, error) {
	var files []string
	for _, dk := range decks {
		files = append(files, dk.Path)
	}
	return d.parseAll(files)
}
