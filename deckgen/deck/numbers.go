package deck

import (
	"regexp"
	"unicode/utf8"
)

var typedNumber = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?%?`)

// placeNumbers keeps the numbers in the sentences of a deck with references.
func (b *builder) placeNumbers() {
	if len(b.deck.Refs) == 0 {
		return
	}
	p := b.pen()
	for _, s := range b.prose {
		for _, m := range typedNumber.FindAllIndex(b.src[s.start:s.end], -1) {
			at := span{s.start + m[0], s.start + m[1]}
			if b.partOfWord(at) {
				continue
			}
			n := Number{Text: at.in(b.src)}
			n.Slide, n.Line, n.Col = p.move(at.start)
			b.deck.Numbers = append(b.deck.Numbers, n)
		}
	}
}

// partOfWord reports whether digits belong to a date, a version, a name or a
// path.
func (b *builder) partOfWord(at span) bool {
	before, _ := utf8.DecodeLastRune(b.src[:at.start])
	after, _ := utf8.DecodeRune(b.src[at.end:])
	return joins(before) || joins(after) && after != '.'
}

func joins(r rune) bool {
	return r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' ||
		r == '/' || r == ':' || r == '.' || r == '#' || r == '$' || r == '\\')
}
