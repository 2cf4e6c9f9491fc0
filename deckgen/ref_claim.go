package deckgen

import (
	"path"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// claim fills the title of a link with the statement and its evidence. The text is the author's.
func (d referrer) claim(r deck.Reference, c lab.Claim) answer {
	if c.Statement == "" || r.Math {
		return answer{}
	}
	title := c.Statement
	if c.Evidence != "" {
		title += ": " + c.Evidence
	}
	if r.HasTitle && r.Title == title {
		return answer{}
	}
	return answer{edits: d.deck.SetTitle(r, title), was: r.Title, is: title}
}

// claimAt reads the claim that a pointer names: the claim itself, its boolean, or a boolean that stands alone.
func claimAt(d *driver, n *node, file, pointer string) (c lab.Claim, ok bool) {
	switch n.raw[0] {
	case '{':
		return c, n.isClaim() && n.decode(&c)
	case 't', 'f':
		c.Holds = n.raw[0] == 't'
	default:
		return c, false
	}
	if path.Base(pointer) == "holds" {
		if parent, err := d.docs.lookUp(file, path.Dir(pointer)); err == nil {
			if whole, ok := claimAt(d, parent, file, path.Dir(pointer)); ok {
				return whole, true
			}
		}
	}
	c.Held, c.Of = 1, 1
	return c, true
}

// isClaim reports whether an object has what makes it a claim.
func (n *node) isClaim() bool {
	n.open()
	statement, holds := n.byName["statement"], n.byName["holds"]
	return statement != nil && statement.raw[0] == '"' && holds != nil && (holds.raw[0] == 't' || holds.raw[0] == 'f')
}

// claimOf finds the claim that a reference of a deck makes, if it makes one.
func (d referrer) claimOf(r deck.Reference) (c lab.Claim, ok bool) {
	if r.Kind != deck.Link {
		return c, false
	}
	file, err := resolve(d.deck, r.Target)
	if err != nil {
		return c, false
	}
	n, err := d.docs.lookUp(file, r.Fragment)
	if err != nil {
		return c, false
	}
	return claimAt(d.driver, n, file, r.Fragment)
}
