package deck

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// Parse finds the slides, references and problems of a deck. It never fails:
// what is wrong is in Problems. src must not change afterwards.
func Parse(path string, src []byte) *Deck {
	d := &Deck{Path: path, Src: src}
	b := &builder{deck: d}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		b.src, d.lines, d.Slides = src, []int{0}, []Slide{{End: len(src), Line: 1}}
		b.report(0, "utf-16", "this file is UTF-16: Marp reads nothing in it", "save it as UTF-8")
		b.place()
		return d
	}
	b.src = b.readable(src)
	b.walk()
	b.conflicts()
	b.misreadings()
	b.withoutMarp()
	b.divide()
	b.unmatched()
	b.place()
	return d
}

// A builder fills a Deck. It notes where things are; lines, columns and slide
// numbers come last, in one pass over the sorted offsets.
type builder struct {
	deck        *Deck
	src         []byte // as long as the deck, made readable for the Markdown parser
	spans       *spans
	definitions []*definition
	byLabel     map[string]*definition // the first of each label
	used        map[string]bool        // labels that a link or an image names
	pending     []pendingLink          // reference links, until all definitions are known
	breaks      []slideBreak           // rulers, and headings that may divide
	visible     []int                  // offsets of what makes a slide not blank
	directiveAt []int                  // offsets of Deck.Directives
	problemAt   []int                  // offsets of Deck.Problems
	blockAt     []int                  // offsets of Deck.Blocks
	suspects    []int                  // offsets of fences that may lack their end
	tags        []tag                  // of HTML
	texts       []span                 // what shows as text in the block at hand, adjacent pieces joined
	prose       []span                 // what shows as text in sentences
	code        []code                 // in order
	unfinished  bool                   // there may be placeholders
	lateEnd     int                    // of front matter that is none
	mathSuspect int                    // one more than the offset of a formula of the slide that may lack its end, else 0
	mathFault   bool                   // an unclosed formula was reported: what follows is upside down
}

// readable returns a copy of src with the same offsets in which the Markdown
// parser sees what Marp sees: no byte order mark, no front matter, and a lone
// CR ends a line.
func (b *builder) readable(src []byte) []byte {
	b.src = bytes.Clone(src)
	start := 0
	if bytes.HasPrefix(src, byteOrderMark) {
		start = len(byteOrderMark)
		copy(b.src, "\n\n\n")
	}
	b.normaliseCR()
	b.deck.lines = lineStarts(b.src, start)
	b.reportGarbled()
	b.oddCharacters(start)
	b.unfinished = leavesPlaceholders(src)
	b.readFrontMatter(start)
	return b.src
}

// reportGarbled finds the first byte that is no UTF-8.
func (b *builder) reportGarbled() {
	if utf8.Valid(b.src) {
		return
	}
	for at := 0; at < len(b.src); {
		r, size := utf8.DecodeRune(b.src[at:])
		if r == utf8.RuneError && size == 1 {
			b.report(at, "not-utf8", fmt.Sprintf("byte %#x is no UTF-8: Marp shows � in its place", b.src[at]), "save the file as UTF-8")
			return
		}
		at += size
	}
}

// normaliseCR makes line ends of CRs that no LF follows.
func (b *builder) normaliseCR() {
	first := -1
	for at := 0; ; at++ {
		i := bytes.IndexByte(b.src[at:], '\r')
		if i < 0 {
			break
		}
		if at += i; at+1 < len(b.src) && b.src[at+1] == '\n' {
			continue
		}
		b.src[at] = '\n'
		if first < 0 {
			first = at
		}
	}
	if first >= 0 {
		b.report(first, "lone-cr", "the line ends with a lone carriage return, which not every program takes for a line end",
			"save the file with LF or CRLF line ends")
	}
}

func lineStarts(src []byte, first int) []int {
	lines := make([]int, 1, 1+bytes.Count(src, []byte("\n")))
	lines[0] = first
	for at := nextLine(src, first); at < len(src); at = nextLine(src, at) {
		lines = append(lines, at)
	}
	if n := len(src); n > first && src[n-1] == '\n' {
		lines = append(lines, n)
	}
	return lines
}

// lineOf is the index in lines of the line that holds an offset.
func (d *Deck) lineOf(offset int) int {
	return max(0, sort.SearchInts(d.lines, offset+1)-1)
}

// Position returns the line and the column, both 1-based, of a byte offset.
// Columns count characters.
func (d *Deck) Position(offset int) (line, col int) {
	i := d.lineOf(offset)
	if offset < d.lines[i] { // inside the byte order mark
		return 1, 1
	}
	return i + 1, 1 + utf8.RuneCount(d.Src[d.lines[i]:min(offset, len(d.Src))])
}

// Offset is where a line, 1-based, starts; the end of the deck if it has no such line.
func (d *Deck) Offset(line int) int {
	if line > len(d.lines) {
		return len(d.Src)
	}
	return d.lines[line-1]
}

// SlideAt is the slide, 1-based, that an offset is on.
func (d *Deck) SlideAt(offset int) int {
	return max(1, sort.Search(len(d.Slides), func(i int) bool { return d.Slides[i].from > offset }))
}

// A Reader shows the text around positions. Where they come in order it counts each byte once, however long the lines are.
type Reader struct {
	deck     *Deck
	line     int
	col, at  int // a column of that line, and its offset
	from, to int // where the line begins and ends, without its line end
}

// Reader returns a reader of the deck.
func (d *Deck) Reader() *Reader { return &Reader{deck: d} }

// Around returns up to n characters of a line before a column, and up to n from it on; both are 1-based. There is nothing
// around a position that the deck does not have.
func (r *Reader) Around(line, col, n int) (before, after string) {
	if line < 1 || line > len(r.deck.lines) {
		return "", ""
	}
	if line != r.line {
		r.open(line)
	}
	if col < r.col {
		r.col, r.at = 1, r.from
	}
	src := r.deck.Src
	for ; r.col < col && r.at < r.to; r.col++ {
		_, size := utf8.DecodeRune(src[r.at:r.to])
		r.at += size
	}
	start, end := r.at, r.at
	for i := 0; i < n && start > r.from; i++ {
		_, size := utf8.DecodeLastRune(src[r.from:start])
		start -= size
	}
	for i := 0; i < n && end < r.to; i++ {
		_, size := utf8.DecodeRune(src[end:r.to])
		end += size
	}
	return string(src[start:r.at]), string(src[r.at:end])
}

func (r *Reader) open(line int) {
	d := r.deck
	r.line, r.col, r.from, r.to = line, 1, d.lines[line-1], len(d.Src)
	if line < len(d.lines) {
		r.to = d.lines[line]
	}
	r.to = r.from + len(bytes.TrimRight(d.Src[r.from:r.to], "\r\n"))
	r.at = r.from
}

// A pen gives positions for offsets that only increase, each byte counted
// once however long the lines are.
type pen struct {
	deck      *Deck
	line, at  int // the line's index, and up to where col has counted
	col       int // characters before at
	slide     int // index
	nextSlide []int
}

// move returns slide, line and column of an offset, all 1-based.
func (p *pen) move(offset int) (slide, line, col int) {
	lines := p.deck.lines
	for p.line+1 < len(lines) && lines[p.line+1] <= offset {
		p.line++
		p.at, p.col = lines[p.line], 0
	}
	if offset > p.at {
		p.col += utf8.RuneCount(p.deck.Src[p.at:offset])
		p.at = offset
	}
	for p.slide < len(p.nextSlide) && p.nextSlide[p.slide] <= offset {
		p.slide++
	}
	return p.slide + 1, p.line + 1, p.col + 1
}

// place sorts everything and gives it slides, lines and columns.
func (b *builder) place() {
	d := b.deck
	sort.SliceStable(d.Refs, func(i, j int) bool { return d.Refs[i].place.whole.start < d.Refs[j].place.whole.start })
	p := b.pen()
	for i := range d.Refs {
		r := &d.Refs[i]
		r.index = i
		r.Slide, r.Line, r.Col = p.move(r.place.whole.start)
	}
	p = b.pen()
	for i := range d.Comments {
		c := &d.Comments[i]
		c.Slide, c.Line, c.Col = p.move(c.Start)
	}
	b.placeLinks()
	p = b.pen()
	for i, at := range b.directiveAt {
		c := &d.Directives[i]
		c.Slide, c.Line, c.Col = p.move(at)
	}
	b.placeBlocks()
	b.placeProblems()
	b.placeNumbers()
	b.placeMends()
}

func (b *builder) placeLinks() {
	references := map[int]bool{}
	for _, r := range b.deck.Refs {
		references[r.place.whole.start] = true
	}
	links := b.deck.Links
	sort.SliceStable(links, func(i, j int) bool { return links[i].at < links[j].at })
	p := b.pen()
	for i := range links {
		l := &links[i]
		l.Reference = references[l.at]
		l.Slide, l.Line, l.Col = p.move(l.at)
	}
}

func (b *builder) placeProblems() {
	sort.Stable(byOffset{b.problemAt, b.deck.Problems})
	p := b.pen()
	for i, at := range b.problemAt {
		q := &b.deck.Problems[i]
		q.Slide, q.Line, q.Col = p.move(at)
	}
}

func (b *builder) pen() *pen {
	p := &pen{deck: b.deck, at: b.deck.lines[0]}
	for _, s := range b.deck.Slides[1:] {
		p.nextSlide = append(p.nextSlide, s.from)
	}
	return p
}

// report notes a problem at an offset. The rule is one of Rules.
func (b *builder) report(at int, rule, message, hint string) {
	b.problemAt = append(b.problemAt, at)
	b.deck.Problems = append(b.deck.Problems, Problem{
		Path: b.deck.Path, Rule: rule, Severity: severities[rule], Message: message, Hint: hint,
	})
}

// byOffset sorts problems together with their offsets.
type byOffset struct {
	at       []int
	problems []Problem
}

func (s byOffset) Len() int           { return len(s.at) }
func (s byOffset) Less(i, j int) bool { return s.at[i] < s.at[j] }
func (s byOffset) Swap(i, j int) {
	s.at[i], s.at[j] = s.at[j], s.at[i]
	s.problems[i], s.problems[j] = s.problems[j], s.problems[i]
}
