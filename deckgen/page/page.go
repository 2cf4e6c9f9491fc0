// Package page reads and changes the pages that Marp makes of decks: the addresses of what they load, and their slides.
// Nothing here reads a file.
package page

import (
	"bytes"
	"slices"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"
)

// A Use is a place in a page that loads something: a picture, a font, a style sheet.
type Use struct {
	URL   string // as it stands in the page, unescaped
	Slide int    // 1-based; 0 where a theme or the page itself names it
}

// loading are the attributes by which elements load what they show.
var loading = map[string][]string{
	"img": {"src"}, "image": {"href", "xlink:href"}, "use": {"href", "xlink:href"}, "source": {"src"},
	"video": {"src", "poster"}, "audio": {"src"}, "track": {"src"}, "embed": {"src"}, "iframe": {"src"},
	"script": {"src"}, "link": {"href"}, "input": {"src"},
}

// Rewrite returns the page with each address replaced by what to says. All else stays the same bytes.
func Rewrite(page []byte, to func(Use) string) []byte {
	var out bytes.Buffer
	slide, inStyle := 0, false
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		raw := bytes.Clone(z.Raw()) // reading the token changes it
		token := z.Token()
		here := func(url string) string { return to(Use{url, slide}) }
		switch {
		case token.Type == html.TextToken && inStyle:
			raw = Sheet(raw, here)
		case token.Type == html.StartTagToken || token.Type == html.SelfClosingTagToken:
			if isSlide(token) {
				slide++
			}
			if rewriteTag(&token, here) {
				raw = []byte(token.String())
			}
		}
		inStyle = token.Type == html.StartTagToken && token.Data == "style"
		out.Write(raw)
	}
	return out.Bytes()
}

// isSlide reports whether a tag opens a slide.
func isSlide(t html.Token) bool {
	return t.Data == "svg" && slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "data-marpit-svg" })
}

// rewriteTag replaces the addresses in a tag and reports whether any of them changed.
func rewriteTag(t *html.Token, to func(string) string) (changed bool) {
	for i, a := range t.Attr {
		val := a.Val
		switch {
		case a.Key == "style" || a.Key == "data-background-image":
			val = string(Sheet([]byte(val), to))
		case slices.Contains(loading[t.Data], a.Key) && (t.Data != "link" || isSheet(t)):
			val = to(val)
		}
		changed = changed || val != a.Val
		t.Attr[i].Val = val
	}
	return changed
}

// isSheet reports whether a link loads something, and does not only name it.
func isSheet(t *html.Token) bool {
	return slices.ContainsFunc(t.Attr, func(a html.Attribute) bool {
		return a.Key == "rel" && (a.Val == "stylesheet" || a.Val == "icon" || a.Val == "preload")
	})
}

// Sheet returns a style sheet, or the content of a style attribute, with each address replaced by what to says.
func Sheet(sheet []byte, to func(url string) string) []byte {
	var out bytes.Buffer
	lexer, importing := css.NewLexer(parse.NewInputBytes(bytes.Clone(sheet))), false
	for {
		kind, text := lexer.Next()
		switch {
		case kind == css.ErrorToken:
			return out.Bytes()
		case kind == css.URLToken:
			text = rewriteURL(text, to)
		case kind == css.StringToken && importing:
			text = rewriteQuoted(text, to)
		}
		out.Write(text)
		importing = kind == css.AtKeywordToken && bytes.EqualFold(text, []byte("@import")) ||
			importing && (kind == css.WhitespaceToken || kind == css.CommentToken)
	}
}

// rewriteURL replaces the address in url(…), keeping the bytes where it stays the same.
func rewriteURL(token []byte, to func(string) string) []byte {
	inner, closed := bytes.CutSuffix(token[len("url("):], []byte(")"))
	inner = bytes.TrimSpace(inner)
	if !closed {
		return token // the sheet is cut off
	}
	text := inner
	if len(inner) == 0 || inner[0] != '"' && inner[0] != '\'' {
		text = slices.Concat([]byte(`"`), inner, []byte(`"`))
	}
	if is := rewriteQuoted(text, to); !bytes.Equal(is, text) {
		return slices.Concat([]byte("url("), is, []byte(")"))
	}
	return token
}

// rewriteQuoted replaces an address in quotation marks.
func rewriteQuoted(token []byte, to func(string) string) []byte {
	if n := len(token); n >= 2 && token[n-1] == token[0] {
		was := unescape(token[1 : n-1])
		if is := to(was); is != was {
			return quote(is)
		}
	}
	return token
}
