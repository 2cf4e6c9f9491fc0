package deck

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"deckgen/deckgen/internal/lazy"
)

// target keeps where a link or an image leads.
func (b *builder) target(n ast.Node, dest []byte, t Target) {
	t.Dest, t.at = unescape(dest), n.Pos()
	t.Background = t.Image && hasWord(t.Alt, "bg")
	b.deck.Links = append(b.deck.Links, t)
}

func hasWord(text, word string) bool {
	for w := range strings.FieldsSeq(text) {
		if w == word {
			return true
		}
	}
	return false
}

var (
	htmlImage = lazy.Regexp(`(?i)<img\b[^>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>`)
	htmlAlt   = lazy.Regexp(`(?i)\salt\s*=\s*(?:"([^"]*)"|'([^']*)')`)
)

// htmlImages keeps the pictures in a piece of HTML.
func (b *builder) htmlImages(in span) {
	html := b.src[in.start:in.end]
	for _, m := range htmlImage().FindAllSubmatchIndex(html, -1) {
		t := Target{Image: true, HTML: true, at: in.start + m[0]}
		for _, group := range []int{2, 4} {
			if m[group] >= 0 {
				t.Dest = string(html[m[group]:m[group+1]])
			}
		}
		if alt := htmlAlt().FindSubmatch(html[m[0]:m[1]]); alt != nil {
			t.Alt = string(alt[1]) + string(alt[2])
		}
		b.deck.Links = append(b.deck.Links, t)
	}
}
