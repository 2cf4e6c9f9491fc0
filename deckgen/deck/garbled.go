package deck

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"deckgen/deckgen/internal/lazy"
)

// odd are characters that nobody types, with what they do on a slide.
func odd(r rune) string {
	switch {
	case r == 0:
		return "Marp shows � in its place"
	case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
		return "it shows as nothing, or as a box"
	case r == '\u2028', r == '\u2029':
		return "it is an invisible line end"
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return "it turns the text around it to run the other way"
	case r == '\ufeff':
		return "it is invisible, and part of the word around it"
	case r == utf8.RuneError:
		return "a character was lost where the file was converted"
	}
	return ""
}

// oddCharacters reports the first of each odd character.
func (b *builder) oddCharacters(start int) {
	told := map[rune]bool{}
	for at := start; at < len(b.src); {
		if c := b.src[at]; c >= ' ' && c < 0x7f || c == '\n' {
			at++
			continue
		}
		r, size := utf8.DecodeRune(b.src[at:])
		if why := odd(r); why != "" && !(r == utf8.RuneError && size == 1) && !told[r] {
			told[r] = true
			b.report(at, "odd-character", fmt.Sprintf("the character U+%04X is here: %s", r, why), "delete it")
		}
		at += size
	}
}

var conflictLine = lazy.Regexp(`(?m)^(?:<{7} .*|>{7} .*)$`)

// conflicts reports what git left behind in a merge.
func (b *builder) conflicts() {
	if !bytes.Contains(b.src, []byte("<<<<<<< ")) && !bytes.Contains(b.src, []byte(">>>>>>> ")) {
		return
	}
	for _, m := range conflictLine().FindAllIndex(b.src, -1) {
		b.report(m[0], "conflict-marker", "git left this line behind: a merge was not finished", "decide for one of the two sides, and delete the lines <<<<<<<, ======= and >>>>>>>")
	}
}
