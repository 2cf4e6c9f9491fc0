package deck

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

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

// A code is what shows as code, from its first byte to its last.
type code struct {
	span
	language string
}

// keepCode notes a block of code.
func (b *builder) keepCode(n ast.Node, language string) {
	if lines := n.Lines(); lines.Len() > 0 {
		b.code = append(b.code, code{span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}, language})
	}
}

// keepCodeSpan notes code in a line of text.
func (b *builder) keepCodeSpan(n *ast.CodeSpan) {
	first, ok := n.FirstChild().(*ast.Text)
	if last, also := n.LastChild().(*ast.Text); ok && also {
		b.code = append(b.code, code{span: span{first.Segment.Start, last.Segment.Stop}})
	}
}

// codeAt is the code that an offset is in, nil if it is in none.
func (b *builder) codeAt(at int) *code {
	i := sort.Search(len(b.code), func(i int) bool { return b.code[i].end > at })
	if i == len(b.code) || b.code[i].start > at {
		return nil
	}
	return &b.code[i]
}

var conflictLine = lazy.Regexp(`(?m)^(?:[<>]{7}(?: .*)?|\|{7} [^|\n]+)\r?$`)

// conflicts reports what git left behind in a merge. In code of a console or of no language a lecture may show it.
func (b *builder) conflicts() {
	src := b.deck.Src
	if !bytes.Contains(src, []byte("<<<<<<<")) && !bytes.Contains(src, []byte(">>>>>>>")) && !bytes.Contains(src, []byte("||||||| ")) {
		return
	}
	for _, m := range conflictLine().FindAllIndex(src, -1) {
		if c := b.codeAt(m[0]); c == nil || c.language != "" && !showsMarkdown(c.language) {
			b.conflict(m[0])
		}
	}
}

func (b *builder) conflict(at int) {
	b.report(at, "conflict-marker", "git left this line behind: a merge was not finished", "decide for one of the two sides, and delete the lines <<<<<<<, ======= and >>>>>>>")
}

// partsSides reports whether a line is the one that git puts between the two sides of a merge.
func partsSides(line []byte) bool { return string(bytes.TrimSpace(line)) == "=======" }

// shownConflict reports such a line within text. Below a single line of text it may make a heading of it.
func (b *builder) shownConflict(n ast.Node) {
	lines := n.Lines()
	for i := 1; i < lines.Len(); i++ {
		if seg := lines.At(i); partsSides(seg.Value(b.src)) {
			b.conflict(seg.Start)
		}
	}
	if h, ok := n.(*ast.Heading); ok && h.Level == 1 && lines.Len() > 1 && !b.isATX(lines.At(0).Start) {
		last := lines.At(lines.Len() - 1)
		if underline := nextLine(b.src, max(last.Start, last.Stop-1)); partsSides(b.lineOf(underline)) {
			b.conflict(underline)
		}
	}
}
