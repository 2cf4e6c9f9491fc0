package deck

import (
	"bytes"
	"unicode/utf8"
)

// placeNumbers keeps the numbers in the sentences, the tables, the alternative texts and the notes of a deck with references.
func (b *builder) placeNumbers() {
	if len(b.deck.Refs) == 0 {
		return
	}
	p := b.pen()
	for _, s := range b.prose {
		for at := s.start; at < s.end; at++ {
			if !isDigit(b.src[at]) {
				continue
			}
			in := span{at, numberEnd(b.src[:s.end], at)}
			at = in.end
			if !b.partOfWord(in) {
				n := Number{Text: in.in(b.src)}
				n.Slide, n.Line, n.Col = p.move(in.start)
				b.deck.Numbers = append(b.deck.Numbers, n)
			}
		}
	}
}

// numberEnd is where the number ends that starts at an offset: digits and
// commas, decimals, a percent sign.
func numberEnd(src []byte, at int) int {
	for at < len(src) && (isDigit(src[at]) || src[at] == ',') {
		at++
	}
	if at+1 < len(src) && src[at] == '.' && isDigit(src[at+1]) {
		for at++; at < len(src) && isDigit(src[at]); at++ {
		}
	}
	if at < len(src) && src[at] == '%' {
		return at + 1
	}
	if bytes.HasPrefix(src[at:], []byte("％")) {
		return at + len("％")
	}
	return at
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
