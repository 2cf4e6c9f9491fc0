package deck

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"deckgen/deckgen/internal/lazy"
)

// guard is the edit for the opening bracket of a link that goes: at the start
// of a line the text must not become a list item or a heading, so its first
// character is written as an entity there.
func (d *Deck) guard(p place) (s span, text string) {
	s = span{p.whole.start, p.label.start}
	label := p.label.in(d.Src)
	if label == "" || !d.startsLine(p.whole.start) || !blockStart().MatchString(label+d.rest(p.whole.end)) {
		return s, ""
	}
	c, size := utf8.DecodeRuneInString(label)
	return span{s.start, s.end + size}, fmt.Sprintf("&#%d;", c)
}

// blockStart matches a line that starts a block other than a paragraph.
var blockStart = lazy.Regexp("^(?:[-+*](?:[ \t]|$)|#{1,6}(?:[ \t]|$)|>|\\d{1,9}[.)](?:[ \t]|$)|[-=_*]+[ \t]*$|```|~~~|\\||<|\\$\\$|\\[)")

// startsLine reports whether only container prefixes stand before an offset in
// its line.
func (d *Deck) startsLine(at int) bool {
	start := bytes.LastIndexByte(d.Src[:at], '\n') + 1
	return strings.Trim(string(d.Src[start:at]), " \t>-+*.)0123456789") == ""
}

// rest is what follows an offset in its line.
func (d *Deck) rest(at int) string {
	return string(bytes.TrimRight(d.Src[at:nextLine(d.Src, at)], "\r\n"))
}

// flanks reports whether a run of emphasis characters next to a link opens or
// closes emphasis only because a letter, not a bracket, would stand beside it.
func (d *Deck) flanks(p place) bool {
	if p.label.start == p.label.end {
		return false
	}
	first, _ := utf8.DecodeRune(d.Src[p.label.start:])
	last, _ := utf8.DecodeLastRune(d.Src[:p.label.end])
	before := bytes.TrimRight(d.Src[:p.whole.start], "*_~")
	after := bytes.TrimLeft(d.Src[p.whole.end:], "*_~")
	outerBefore, _ := utf8.DecodeLastRune(before)
	outerAfter, _ := utf8.DecodeRune(after)
	return len(before) < p.whole.start && isLetter(outerBefore) && isLetter(first) ||
		len(after) < len(d.Src)-p.whole.end && isLetter(outerAfter) && isLetter(last)
}

// followsFormula reports whether a digit would come to stand directly after a
// dollar, which then closes no formula.
func (d *Deck) followsFormula(p place) bool {
	return p.label.start < p.label.end && isDigit(d.Src[p.label.start]) && p.whole.start > 0 && d.Src[p.whole.start-1] == '$'
}

// isLetter reports whether a character counts for emphasis as a letter: neither
// space nor punctuation.
func isLetter(r rune) bool {
	return r != utf8.RuneError && !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r)
}

// imageKeyword matches a word of an alt text that Marp takes for a size or a
// filter.
var imageKeyword = lazy.Regexp(`^(?:(?:\d*\.)?\d+%|[wh](?:idth|eight)?:\S+|(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(?::\S+)?)$`)

// keepWord is what has to stand around the text of a link in an alt text, so
// that Marp does not take a word such as 85% for a size.
func (d *Deck) keepWord(p place) (before, after string) {
	for word := range strings.FieldsSeq(p.label.in(d.Src)) {
		if imageKeyword().MatchString(word) {
			return "*", "*"
		}
	}
	return "", ""
}
