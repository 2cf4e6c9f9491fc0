package deckgen

import (
	"bytes"
	"path"
	"slices"

	"deckgen/deckgen/deck"
)

// A deckChange is a deck of which slides are not as they were.
type deckChange struct {
	Path   string        `json:"path"`
	State  string        `json:"state"`
	Whole  []string      `json:"whole"` // what concerns every slide: the front matter, a theme
	Slides []slideChange `json:"slides"`
}

// A slideChange is a slide that is new, gone or changed.
type slideChange struct {
	Was     int      `json:"was,omitempty"` // its number before; none if it is new
	Is      int      `json:"is,omitempty"`  // its number now; none if it is gone
	Heading string   `json:"heading"`
	State   string   `json:"state"`
	Text    bool     `json:"text"`  // its source is another
	Shows   []string `json:"shows"` // what it shows that is another: figures, and places in records
}

// compareDecks compares the slides of a deck in two states of a repository.
func compareDecks(was, is *driver, file string, diff *difference) (c deckChange, unread error) {
	a, errA := was.parse(file)
	b, errB := is.parse(file)
	if unread = diff.unread(errA, errB); unread != nil {
		return c, unread
	}
	c = deckChange{Path: file, State: stateOf(errA, errB), Whole: []string{}, Slides: []slideChange{}}
	if errA != nil {
		a = &deck.Deck{}
	}
	if errB != nil {
		b = &deck.Deck{}
	}
	if c.State == isChanged {
		c.Whole = append(c.Whole, wholeDeck(a, b, diff)...)
	}
	for _, pair := range pairSlides(a, b) {
		if s, changed := compareSlides(was, is, a, b, pair); changed {
			c.Slides = append(c.Slides, s)
		}
	}
	if c.State == isChanged && len(c.Slides)+len(c.Whole) == 0 {
		c.State = ""
	}
	return c, nil
}

// wholeDeck lists what concerns every slide.
func wholeDeck(a, b *deck.Deck, diff *difference) (changes []string) {
	matter := func(dk *deck.Deck) []byte { return dk.Src[dk.FrontMatter.Start:dk.FrontMatter.End] }
	if !bytes.Equal(matter(a), matter(b)) {
		changes = append(changes, "the front matter")
	}
	for _, f := range diff.Files {
		if path.Dir(f.Path) == "assets/themes" {
			changes = append(changes, f.Path)
		}
	}
	return changes
}

// A pair is a slide before and after, as indexes; -1 where there is none.
type pair struct{ was, is int }

func compareSlides(was, is *driver, a, b *deck.Deck, p pair) (c slideChange, changed bool) {
	c = slideChange{Was: p.was + 1, Is: p.is + 1, State: isChanged, Shows: []string{}}
	switch {
	case p.was < 0:
		c.State, c.Heading, c.Text = isNew, b.Slides[p.is].Heading, true
		return c, true
	case p.is < 0:
		c.State, c.Heading, c.Text = isGone, a.Slides[p.was].Heading, true
		return c, true
	}
	c.Heading = b.Slides[p.is].Heading
	c.Text = slideText(a, p.was) != slideText(b, p.is)
	for _, r := range b.Refs {
		if r.Slide == p.is+1 && r.Kind != deck.Code {
			c.shows(was, is, path.Dir(b.Path), r)
		}
	}
	return c, c.Text || len(c.Shows) > 0
}

// shows adds what a reference shows if that is not as it was. A listing stands in the deck itself.
func (c *slideChange) shows(was, is *driver, dir string, r deck.Reference) {
	file, err := join(dir, r.Target)
	if err != nil {
		return
	}
	name := file
	same := false
	if r.Kind == deck.Image {
		a, _ := was.tree.read(file)
		b, _ := is.tree.read(file)
		same = bytes.Equal(a, b)
	} else {
		name += "#" + r.Fragment
		a, _ := was.docs.lookUp(file, r.Fragment)
		b, _ := is.docs.lookUp(file, r.Fragment)
		same = a == nil && b == nil || a != nil && b != nil && bytes.Equal(a.raw, b.raw)
	}
	if !same && !slices.Contains(c.Shows, name) {
		c.Shows = append(c.Shows, name)
	}
}

func slideText(dk *deck.Deck, i int) string {
	s := dk.Slides[i]
	return string(bytes.TrimSpace(dk.Src[s.Start:s.End]))
}

// pairSlides finds for each slide what it was: first those that did not change, between them those that kept their
// heading, and what is left between those stands for each other in order.
func pairSlides(a, b *deck.Deck) []pair {
	var texts, headings [2][]string
	for side, dk := range []*deck.Deck{a, b} {
		for i, s := range dk.Slides {
			texts[side] = append(texts[side], slideText(dk, i))
			headings[side] = append(headings[side], s.Heading)
		}
	}
	return pairBetween(pair{}, pair{len(a.Slides), len(b.Slides)}, [][2][]string{texts, headings})
}

// pairBetween pairs the slides of a stretch by the first of some keys, and what lies between those by the next.
func pairBetween(from, to pair, keys [][2][]string) (pairs []pair) {
	if len(keys) == 0 {
		return inOrder(from, to)
	}
	was, is := keys[0][0][from.was:to.was], keys[0][1][from.is:to.is]
	for _, p := range anchors(was, is, from) {
		pairs = append(append(pairs, pairBetween(from, p, keys[1:])...), p)
		from = pair{p.was + 1, p.is + 1}
	}
	return append(pairs, pairBetween(from, to, keys[1:])...)
}

// inOrder pairs what lies in a stretch, the first with the first; what is left over is gone or new.
func inOrder(from, to pair) (pairs []pair) {
	for from.was < to.was || from.is < to.is {
		p := pair{-1, -1}
		if from.was < to.was {
			p.was = from.was
			from.was++
		}
		if from.is < to.is {
			p.is = from.is
			from.is++
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// anchors pairs equal elements of two lists, in order on both sides: the equal ones at both ends, and between them a
// longest chain of those that occur once in each list. The pairs are counted from an offset.
func anchors(a, b []string, offset pair) (pairs []pair) {
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		pairs = append(pairs, pair{offset.was + head, offset.is + head})
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for _, p := range chain(a[head:len(a)-tail], b[head:len(b)-tail]) {
		pairs = append(pairs, pair{offset.was + head + p.was, offset.is + head + p.is})
	}
	for i := tail; i > 0; i-- {
		pairs = append(pairs, pair{offset.was + len(a) - i, offset.is + len(b) - i})
	}
	return pairs
}

// chain is a longest increasing chain of the elements that occur once in each list (patience sorting).
func chain(a, b []string) []pair {
	count, at := map[string]pair{}, map[string]int{}
	for i, s := range a {
		n := count[s]
		count[s], at[s] = pair{n.was + 1, n.is}, i
	}
	for _, s := range b {
		n := count[s]
		count[s] = pair{n.was, n.is + 1}
	}
	var candidates []pair
	for i, s := range b {
		if count[s] == (pair{1, 1}) {
			candidates = append(candidates, pair{at[s], i})
		}
	}
	return longestIncreasing(candidates)
}

// longestIncreasing picks the most pairs, in order, whose first numbers increase.
func longestIncreasing(pairs []pair) []pair {
	var tops []int // the last pair of the best chain of each length
	before := make([]int, len(pairs))
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(tops, p.was, func(top, was int) int { return pairs[top].was - was })
		before[i] = -1
		if n > 0 {
			before[i] = tops[n-1]
		}
		if n == len(tops) {
			tops = append(tops, i)
		} else {
			tops[n] = i
		}
	}
	var out []pair
	if len(tops) > 0 {
		for i := tops[len(tops)-1]; i >= 0; i = before[i] {
			out = append(out, pairs[i])
		}
	}
	slices.Reverse(out)
	return out
}
