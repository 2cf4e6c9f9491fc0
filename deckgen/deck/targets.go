package deck

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"

	"deckgen/deckgen/internal/lazy"
)

// target keeps where a link or an image leads.
func (b *builder) target(n ast.Node, dest []byte, t Target) {
	t.Dest, t.at = unescape(dest), n.Pos()
	t.Background = t.Image && hasWord(t.Alt, "bg")
	t.Footnote = !t.Image && t.at >= 0 && bytes.HasPrefix(b.src[t.at:], []byte("[^"))
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
	htmlImage = lazy.Regexp(`(?i)<(img|video|audio|source|a)\b[^>]*?\s(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))[^>]*>`)
	htmlAlt   = lazy.Regexp(`(?i)\salt\s*=\s*(?:"([^"]*)"|'([^']*)')`)
)

// htmlImages keeps the pictures, films and links in a piece of HTML.
func (b *builder) htmlImages(in span) {
	text := b.src[in.start:in.end]
	for _, m := range htmlImage().FindAllSubmatchIndex(text, -1) {
		element := string(bytes.ToLower(text[m[2]:m[3]]))
		t := Target{Image: element != "a", HTML: true, at: in.start + m[0]}
		if element != "img" {
			t.Alt = element // none is wanted
		}
		for _, group := range []int{4, 6, 8} {
			if m[group] >= 0 {
				t.Dest = html.UnescapeString(string(text[m[group]:m[group+1]]))
			}
		}
		if alt := htmlAlt().FindSubmatch(text[m[0]:m[1]]); alt != nil {
			t.Alt = html.UnescapeString(string(alt[1]) + string(alt[2]))
		}
		b.deck.Links = append(b.deck.Links, t)
	}
}
