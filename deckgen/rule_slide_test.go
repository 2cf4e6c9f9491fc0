package deckgen

import (
	"testing"

	"deckgen/deckgen/deck"
)

// An empty slide is found at the line that starts it, whether or not that line ends.
func TestEmptySlideLine(t *testing.T) {
	for _, src := range []string{"# One\n\n---\n", "# One\n\n---", "# One\n\n---\n\n", "# One\n\n---\n\n---\n\n# Three\n"} {
		found := emptySlides(deck.Parse("deck.md", []byte(src)))
		if len(found) != 1 || found[0].Line != 3 || found[0].Slide != 2 {
			t.Errorf("%q: %+v", src, found)
		}
	}
}
