package deckgen

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/terminal"
)

// show writes problems to standard output for people.
func (d *driver) show(decks []*deck.Deck, problems []deck.Problem) error {
	return writeText(d.sys.out, d.newReport(&selection{decks: decks}, problems))
}

// writeText shows each problem with its line and a caret.
func writeText(w io.Writer, r report) error {
	readers := map[string]*deck.Reader{}
	for _, dk := range r.selection.decks {
		readers[dk.Path] = dk.Reader()
	}
	var b strings.Builder
	for _, p := range r.problems {
		b.WriteString(text(p, readers[p.Path]))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text is a problem for people: where, what, the line itself, and what to do.
func text(p deck.Problem, r *deck.Reader) string {
	var b strings.Builder
	b.WriteString(p.Path)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Col)
	}
	fmt.Fprintf(&b, ": %s: ", p.Severity)
	if p.Slide > 0 {
		fmt.Fprintf(&b, "slide %d: ", p.Slide)
	}
	fmt.Fprintf(&b, "%s [%s]\n", p.Message, p.Rule)
	if r != nil && p.Line > 0 {
		line, caret := excerpt(r.Around(p.Line, p.Col, excerptWidth+1))
		fmt.Fprintf(&b, "    %s\n    %s^\n", line, caret)
	}
	if p.Hint != "" {
		fmt.Fprintf(&b, "    hint: %s\n", p.Hint)
	}
	return terminal.Clean(b.String())
}

const excerptWidth = 96

// excerpt is the part of a line around a place in it, and the blanks that bring a caret below it, whatever the width of
// the characters on a terminal.
func excerpt(before, after string) (part, blanks string) {
	runes := []rune(strings.ReplaceAll(before+after, "\t", " "))
	at := utf8.RuneCountInString(before)
	start, ahead := at, 0
	for start > 0 && ahead < excerptWidth/2 {
		start--
		ahead += runewidth.RuneWidth(runes[start])
	}
	end, width := at, ahead
	for end < len(runes) && width < excerptWidth {
		width += runewidth.RuneWidth(runes[end])
		end++
	}
	part, blanks = string(runes[start:end]), strings.Repeat(" ", ahead)
	if start > 0 {
		part, blanks = "…"+part, " "+blanks
	}
	if end < len(runes) {
		part += "…"
	}
	return part, blanks
}
