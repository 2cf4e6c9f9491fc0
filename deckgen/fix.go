package deckgen

import (
	"slices"

	"deckgen/deckgen/deck"
)

// fix mends decks where that leaves no doubt, writes all of them or none, and goes on with what they are then. A rule
// that is off is left alone.
func (d *driver) fix(sel *selection, set *settings) error {
	unlock, err := d.tree.lock("check --fix")
	if err != nil {
		return err
	}
	defer unlock()
	var outs []output
	var said []change
	mended := slices.Clone(sel.decks)
	for i, dk := range sel.decks {
		var done []change
		if mended[i], done = mend(dk, set); len(done) > 0 {
			outs, said = append(outs, output{dk.Path, mended[i].Src}), append(said, done...)
		}
	}
	if err := d.unchanged(sel.decks); err != nil {
		return err
	}
	if _, err := d.tree.write(outs); err != nil {
		return err
	}
	for _, c := range said {
		d.talk("%s:%d: %s [%s]", c.Deck, c.Line, c.Is, c.Was)
	}
	sel.decks = mended
	return nil
}

// mend goes on as long as there is something to mend: what was text before may be a table now. Every step makes a deck
// with fewer problems of its rule, and ten are more than a person needs.
func mend(dk *deck.Deck, set *settings) (mended *deck.Deck, done []change) {
	for range 10 {
		v := set.severer([]*deck.Deck{dk})
		src, mends := dk.Mended(func(m deck.Mend) bool {
			return v.of(deck.Problem{Path: dk.Path, Slide: m.Slide, Rule: m.Rule}) != deck.Off
		})
		if len(mends) == 0 {
			break
		}
		for _, m := range mends {
			done = append(done, change{Deck: dk.Path, Line: m.Line, Was: m.Rule, Is: m.Message})
		}
		dk = deck.Parse(dk.Path, src)
	}
	return dk, done
}
