package deckgen

import (
	"fmt"
	"strings"

	"deckgen/deckgen/deck"
)

// glyphInspection finds characters that show as an empty box.
var glyphInspection = ofLayouts(missingGlyphs,
	deck.Rule{Name: "missing-glyph", Severity: deck.Error, Summary: "no font on this machine has a character of the slide"})

func missingGlyphs(l *layout) (problems []deck.Problem) {
	for i, s := range l.slides {
		seen := ""
		for _, b := range s.Boxes {
			var chars []string
			for _, c := range b.Chars {
				if !strings.ContainsRune(seen, c) {
					seen += string(c)
					chars = append(chars, fmt.Sprintf("%c (U+%04X)", c, c))
				}
			}
			if len(chars) == 0 {
				continue
			}
			p := l.problem(i, "missing-glyph", "install a font that has it (Debian: apt install fonts-noto fonts-noto-cjk), or write it otherwise",
				"no font here has %s: a box shows instead", few(chars))
			problems = append(problems, l.atText(p, firstRune(b.Chars)))
		}
	}
	return problems
}

func firstRune(s string) string { return string([]rune(s)[:1]) }
