package page

import (
	"bytes"

	"golang.org/x/net/html"
)

// Slides takes a page apart: the style sheets of its head, and each slide as the element that Marp made, without scripts.
// A page that is cut off loses the slide in which it ends.
func Slides(page []byte) (sheets [][]byte, slides [][]byte) {
	var (
		slide   bytes.Buffer
		depth   int // of elements svg around here
		inStyle bool
		script  bool
	)
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		raw := bytes.Clone(z.Raw())
		token := z.Token()
		opens := token.Type == html.StartTagToken
		if inStyle && token.Type == html.TextToken && len(slides) == 0 && depth == 0 {
			sheets = append(sheets, raw)
		}
		inStyle = opens && token.Data == "style"
		if opens && (depth > 0 && token.Data == "svg" || isSlide(token)) {
			depth++
		}
		if token.Data == "script" && token.Type != html.TextToken {
			script = opens
			continue
		}
		if depth == 0 || script {
			continue
		}
		slide.Write(raw)
		if token.Type == html.EndTagToken && token.Data == "svg" {
			if depth--; depth == 0 {
				slides = append(slides, bytes.Clone(slide.Bytes()))
				slide.Reset()
			}
		}
	}
	return sheets, slides
}
