package deck

import (
	"bytes"
	"slices"
)

// A mend is a piece of text that puts something right where it is inserted.
type mend struct {
	at   int
	text string
	Mend
}

// A Mend is what Mended did about a problem.
type Mend struct {
	Rule        string
	Slide, Line int
	Message     string // in the past tense
}

// mend notes what would put a problem right without a doubt.
func (b *builder) mend(at int, rule, text, message string) {
	b.deck.mends = append(b.deck.mends, mend{at, text, Mend{Rule: rule, Message: message}})
}

func (b *builder) placeMends() {
	slices.SortStableFunc(b.deck.mends, func(x, y mend) int { return x.at - y.at })
	p := b.pen()
	for i := range b.deck.mends {
		m := &b.deck.mends[i]
		m.Slide, m.Line, _ = p.move(m.at)
	}
}

// Mended returns the deck with its problems mended where that leaves no doubt
// and wanted says so, and what was done. Nothing is taken away.
func (d *Deck) Mended(wanted func(Mend) bool) (src []byte, done []Mend) {
	var out bytes.Buffer
	from := 0
	for _, m := range d.mends {
		if wanted(m.Mend) {
			out.Write(d.Src[from:m.at])
			out.WriteString(m.text)
			from = m.at
			done = append(done, m.Mend)
		}
	}
	out.Write(d.Src[from:])
	return out.Bytes(), done
}
