package deck

import (
	"bytes"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"deckgen/deckgen/internal/lazy"
)

// What stands in this file looks at what shows as text and was meant as
// something else: nobody writes ** or ![…](…) to have it read.

// text keeps a piece of text, joined with the one before it if they touch.
func (b *builder) text(s text.Segment, in inline) {
	t := span{s.Start, s.Stop}
	if !in.link {
		b.prose = append(b.prose, t)
	}
	if in.alt {
		return
	}
	if n := len(b.texts); n > 0 && b.texts[n-1].end == t.start {
		b.texts[n-1].end = t.end
		return
	}
	b.texts = append(b.texts, t)
}

// shownMarkup reports what a block shows though it was meant as something else.
func (b *builder) shownMarkup(n ast.Node) {
	if _, ok := n.(*ast.Paragraph); ok && (b.shownHeading(n) || b.shownTable(n) || b.shownBreak(n) || b.shownComment(n)) {
		return
	}
	if _, heading := n.(*ast.Heading); !heading && b.shownItem(n) {
		return
	}
	b.shownInline(n)
}

// shownInline does the same for what stands in the lines of text of a block or a cell.
func (b *builder) shownInline(n ast.Node) {
	if (b.shows("[") || b.shows("](")) && b.shownImage() {
		return
	}
	b.shownPointer()
	if b.shows("$") || b.shows(`\`) || b.shows("＄") {
		b.shownFormula()
	}
	if !b.spans.crowded[n] {
		b.shownEmphasis()
	}
	if b.shows("`") || b.shows("｀｀｀") {
		b.shownCode()
	}
	if b.shows("<") || b.shows("&") {
		b.shownHTML()
	}
	if b.unfinished {
		b.placeholder(n)
	}
}

// shows reports whether a text is in the block, before anything dearer looks.
func (b *builder) shows(text string) bool {
	return slices.ContainsFunc(b.texts, func(s span) bool { return bytes.Contains(b.src[s.start:s.end], []byte(text)) })
}

var (
	gluedHeading   = lazy.Regexp(`^(#{1,6})[^#\s!\d\x00-\x2f]`)
	foreignHeading = lazy.Regexp(`^(?:[#＃]*＃[#＃]*|#{7,})[ \x{3000}]*[^\s#＃]`)
)

// shownHeading finds a heading whose # stands directly before its text. A
// single # may be a hashtag, unless it starts the slide.
func (b *builder) shownHeading(n ast.Node) bool {
	first := n.Lines().At(0)
	if foreignHeading().Match(first.Value(b.src)) && n.Lines().Len() == 1 {
		b.report(first.Start, "heading-shown", "this is no heading to Marp: it takes one to six # of ASCII, and a blank", "write ## and a blank")
		return true
	}
	if b.src[first.Start] != '#' {
		return false
	}
	m := gluedHeading().FindSubmatch(first.Value(b.src))
	if m == nil {
		return false
	}
	if above := n.PreviousSibling(); len(m[1]) == 1 && (n.Lines().Len() > 1 || above != nil && above.Kind() != ast.KindThematicBreak) {
		return false
	}
	b.report(first.Start, "heading-shown", "this is no heading to Marp: a blank is missing after "+string(m[1]),
		"write "+string(m[1])+" and a blank")
	b.mend(first.Start+len(m[1]), "heading-shown", " ", "put a blank after "+string(m[1]))
	return true
}

// shownTable finds a row of dashes that makes no table, because the row above
// has another number of cells.
func (b *builder) shownTable(n ast.Node) bool {
	if !b.shows("|") {
		return false
	}
	lines := n.Lines()
	for i := 1; i < lines.Len(); i++ {
		above, row := lines.At(i-1), lines.At(i)
		header, dashes := above.Value(b.src), row.Value(b.src)
		if !delimiterRow(dashes) || !bytes.Contains(dashes, []byte("-")) || bytes.IndexByte(dashes, '|') < 0 || bytes.IndexByte(header, '|') < 0 {
			continue
		}
		b.report(row.Start, "table-shown", "this is no table to Marp: "+cellsDiffer(countCells(header), countCells(dashes)),
			"write as many groups of dashes as the header has cells")
		return true
	}
	if !b.rowsOnly(lines) {
		return false
	}
	b.report(lines.At(0).Start, "table-shown", "this is no table to Marp: the row of dashes below its header is missing", "write |---| with as many groups of dashes as the header has cells")
	return true
}

// rowsOnly reports whether all of a few lines look like rows of a table.
func (b *builder) rowsOnly(lines *text.Segments) bool {
	for i := range lines.Len() {
		seg := lines.At(i)
		row := bytes.TrimSpace(seg.Value(b.src))
		if len(row) < 4 || row[0] != '|' || row[len(row)-1] != '|' || countCells(row) < 2 {
			return false
		}
	}
	return lines.Len() > 1
}

var imageText = lazy.Regexp(`(!?)\[[^\[\]\n]*\]\(([^()<>\n]*)\)|(!)\[[^\[\]\n]+\]\[[^\[\]\n]*\]`)

// shownImage finds an image or a link that Marp shows as text.
func (b *builder) shownImage() bool {
	for _, s := range b.texts {
		for _, m := range imageText().FindAllSubmatchIndex(b.src[s.start:s.end], -1) {
			group := func(i int) []byte {
				if m[2*i] < 0 {
					return nil
				}
				return b.src[s.start+m[2*i] : s.start+m[2*i+1]]
			}
			at, dest := s.start+m[0], bytes.TrimSpace(group(2))
			switch {
			case at > 0 && b.src[at-1] == '\\', len(group(1)) == 0 && len(group(3)) == 0 && !bytes.ContainsAny(dest, "/."):
				continue
			case len(group(3)) > 0:
				b.report(at, "image-shown", "this is no image to Marp: nothing defines what the second brackets name",
					"write the path in round brackets")
			case bytes.ContainsAny(dest, " \t"):
				b.report(at, "image-shown", "this shows as text, because there is a blank in the path",
					"put the path in < and >, or write %20 for a blank")
			default:
				b.report(at, "image-shown", "this shows as text: Marp does not take it for an image or a link", "mend the path")
			}
			return true
		}
	}
	return b.shownAround() || b.shownLink()
}

var (
	linkText = lazy.Regexp(`\[[^\[\]\n]+\][ \t]+\((?:https?://|\.{1,2}/|/|#)[^()\s]*\)|\([^()\n]+\)\[https?://[^\]\s]+\]|\]\((?:https?://|\.{1,2}/)[^()\s]*$`)
	tailText = lazy.Regexp(`(?i)\]\([^()<>\n\s]+\.(?:svg|png|jpe?g|gif|webp)\)`)
)

// shownLink finds a link whose brackets are not where they belong.
func (b *builder) shownLink() bool {
	for _, s := range b.texts {
		text := b.src[s.start:s.end]
		if m := tailText().FindIndex(text); m != nil {
			b.report(s.start, "image-shown", "this shows as text: an image starts with ![, and nothing stands between the two", "write ![…](…)")
			return true
		}
		if m := linkText().FindIndex(text); m != nil && !bytes.Contains(text, pointerMark) {
			b.report(s.start+m[0], "image-shown", "this shows as text: it is no link to Marp", "write [text](address), with nothing between ] and (")
			return true
		}
	}
	return false
}

var pictureTail = lazy.Regexp(`(?i)\]\([^()<>\n]*\s[^()<>\n]*\.(?:svg|png|jpe?g|gif|webp)\)`)

// shownAround finds an image whose alternative text holds links, so that its
// brackets are pieces of text on their own.
func (b *builder) shownAround() bool {
	for _, s := range b.texts {
		m := pictureTail().FindIndex(b.src[s.start:s.end])
		if m == nil {
			continue
		}
		line := b.lineStart(s.start)
		open := bytes.LastIndex(b.src[line:s.start+m[0]], []byte("!["))
		b.report(line+max(open, 0), "image-shown", "this shows as text, because there is a blank in the path",
			"put the path in < and >, or write %20 for a blank")
		return true
	}
	return false
}

// shownPointer finds a reference that is none, for whatever reason.
func (b *builder) shownPointer() {
	for _, s := range b.texts {
		i := bytes.Index(b.src[s.start:s.end], pointerMark)
		if i < 0 || definitionLine().Match(b.src[b.lineStart(s.start):s.end]) {
			continue
		}
		if bytes.Contains(b.src[s.start:s.start+i], []byte(`\[`)) { // meant to be read
			continue
		}
		word := s.start + bytes.LastIndexAny(b.src[s.start:s.start+i], " \t([{") + 1
		b.report(word, "no-reference", "this shows as text: it looks like a reference and is none",
			"write [0.00](path.json#/pointer), with nothing between ] and (")
	}
}

var (
	texAlone  = lazy.Regexp(`\\\([^()]*\\[A-Za-z]+[^()]*\\\)|＄[^＄]*[\\^_][^＄]*＄|\\(?:begin|frac|sqrt|mathbf|boldsymbol|mathrm|text|hat|partial|sum|prod|int|left|right)\b`)
	texInText = lazy.Regexp(`\$[^$\n]*(?:\\[A-Za-z]+|\^|_\{)|\\[A-Za-z]{2,}[^$\n]*\$`)
)

// shownFormula finds a dollar beside something in TeX that belongs to no formula.
func (b *builder) shownFormula() {
	if b.mathFault { // formulas and text have changed places
		return
	}
	for _, s := range b.texts {
		m := texInText().FindIndex(b.src[s.start:s.end])
		if m == nil {
			m = texAlone().FindIndex(b.src[s.start:s.end])
		}
		if m == nil || m[0] > 0 && b.src[s.start+m[0]-1] == '\\' {
			continue
		}
		hint := "close it with $, with no blank inside the dollars and no digit after them"
		if b.shows(`\[`) || b.shows(`\(`) {
			hint = `write $…$ for \(…\), and $$…$$ for \[…\]`
		}
		b.report(s.start+m[0], "formula-shown", "this shows as text: Marp finds no formula here", hint)
		return
	}
}

var stars = []byte("**")

// shownEmphasis finds two ** that show, because of the characters beside them:
// in Japanese and Chinese that happens at every bracket.
func (b *builder) shownEmphasis() {
	for _, s := range b.texts {
		line := b.src[s.start:s.end]
		open := b.opensStrong(line)
		if open < 0 {
			continue
		}
		shut := bytes.Index(line[open+3:], stars)
		if shut < 0 || unicode.IsSpace(rune(line[open+2+shut])) {
			continue
		}
		b.report(s.start+open, "emphasis-shown", "the ** shows: what is beside it keeps Marp from making this bold",
			"move brackets and punctuation out of the **, or put a blank beside it")
		return
	}
	if b.shows("*") || b.shows("＊＊") || b.shows("__") || b.shows("==") || b.shows("~~") {
		b.shownStars()
	}
}

var (
	loneStars   = lazy.Regexp(`(?:^|[\s\p{Han}\p{Hiragana}\p{Katakana}])\*\*[\p{L}\p{N}「『（]|[\p{L}\p{N}」』）。]\*\*(?:$|[\s\p{Han}\p{Hiragana}\p{Katakana}、。])`)
	blankStars  = lazy.Regexp(`(?:^|\S)\*\*[ \t]+[^*\s][^*]*\*\*|\*\*[^*\s][^*]*[ \t]+\*\*(?:$|\S)`)
	otherStrong = lazy.Regexp(`＊＊[^＊]+＊＊|[\p{Han}\p{Hiragana}\p{Katakana}]__[^_]+__|__[^_]+__[\p{Han}\p{Hiragana}\p{Katakana}]|(?:^|[^\w=])==[^=\s][^=]*==(?:$|[^\w=])|~~[^~\s]|\*[「『（(【][^*]*[」』）)】]\*[\p{Han}\p{Hiragana}\p{Katakana}]`)
)

// shownStars finds emphasis that shows for other reasons than its neighbours.
func (b *builder) shownStars() {
	const hint = "write **bold** with ** on both sides, and no blank inside of them"
	for _, s := range b.texts {
		text := b.src[s.start:s.end]
		switch m := otherStrong().FindIndex(text); {
		case m != nil:
			b.report(s.start+m[0], "emphasis-shown", "this shows as it stands: Marp makes no emphasis of it", hint)
		case blankStars().Match(text):
			b.report(s.start+blankStars().FindIndex(text)[0], "emphasis-shown", "the ** shows, because there is a blank inside of it", hint)
		case loneStars().Match(text):
			b.report(s.start+loneStars().FindIndex(text)[0], "emphasis-shown", "the ** shows: it has no partner in this paragraph", hint)
		case s.end < len(b.src) && s.end > s.start && b.src[s.end] == '*' && b.src[s.end-1] == '*' && (s.end < 2 || b.src[s.end-2] != '\\'):
			b.report(s.end-1, "emphasis-shown", "a * shows: there are more of them on this side than on the other", hint)
		case s.start > 0 && s.end > s.start && b.src[s.start] == '*' && b.src[s.start-1] == '*':
			b.report(s.start, "emphasis-shown", "a * shows: there are more of them on this side than on the other", hint)
		default:
			continue
		}
		return
	}
}

// opensStrong is the index of a ** that was meant to open something, else -1.
func (b *builder) opensStrong(line []byte) int {
	for at := 0; ; at += 2 {
		i := bytes.Index(line[at:], stars)
		if i < 0 {
			return -1
		}
		at += i
		before, _ := utf8.DecodeLastRune(line[:at])
		after, _ := utf8.DecodeRune(line[at+2:])
		power := before < utf8.RuneSelf && (unicode.IsLetter(before) || unicode.IsDigit(before) || before == ')')
		if !power && before != '\\' && before != '*' && after != '*' && len(line) > at+2 && !unicode.IsSpace(after) {
			return at
		}
	}
}

// lostText reports what stands after the end of a comment on its last line.
func (b *builder) lostText(in span) {
	text := b.src[in.start:in.end]
	end := bytes.Index(text, []byte("-->")) + len("-->")
	lineEnd := nextLine(text, end)
	rest := bytes.TrimSpace(text[end:lineEnd])
	if len(rest) == 0 {
		return
	}
	at := in.start + end + bytes.Index(text[end:], rest)
	b.report(at, "text-after-comment", "Marp drops what follows the end of a comment on the same line", "start a new line after -->")
	if b.lineStart(in.start) == in.start && rest[0] != '>' { // at the margin, and no slip of the pen
		b.mend(in.start+end, "text-after-comment", b.deck.newline(in.start), "started a new line after the comment")
	}
}

func cellsDiffer(header, row int) string {
	return fmt.Sprintf("the header has %d cells, this row has %d", header, row)
}

// oddRows reports the rows of a table with more cells than its header, which Marp drops, with fewer, and what is no row at all.
func (b *builder) oddRows(n *east.Table) {
	columns := len(n.Alignments)
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		at := row.Pos()
		line := b.src[at:nextLine(b.src, at)]
		switch got := countCells(line); {
		case got > columns:
			b.report(at, "extra-cell", "Marp drops the end of this row: "+cellsDiffer(columns, got),
				`write \| for a bar that is text, also in formulas`)
		case partsSides(line):
			b.conflict(at)
		case columns > 1 && bytes.IndexByte(line, '|') < 0:
			b.report(at, "text-in-table", "this line is a row of the table above it", "put an empty line above it, or write | between its cells")
		case got < columns && (line[0] == '|' || bytes.Contains(line, []byte("｜"))):
			b.report(at, "missing-cell", "the last cells of this row are empty: "+cellsDiffer(columns, got), "write | for each of its cells")
		}
	}
}
