package deck

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// An Edit replaces Src[Start:End] by Text. It also knows what becomes of the
// reference it belongs to, so that Apply can tell a reference that is lost
// from one that was meant to change.
type Edit struct {
	Start, End int
	Text       string

	ref     int              // in Deck.Refs
	becomes func(*Reference) // what Parse must find; nil if the reference goes
}

// replace is an edit after which the reference reads differently.
func (r *Reference) replace(s span, text string, becomes func(*Reference)) Edit {
	return Edit{s.start, s.end, text, r.index, becomes}
}

// SetText replaces the text of a link or the alt text of an image by plain
// text, escaped for where it stands. There is nothing to do where it already
// says that, in code and tables, and where another reference may be inside.
// Markup inside the old text goes, unless all of it is in one emphasis, code
// span or formula.
func (d *Deck) SetText(r Reference, text string) []Edit {
	p := r.place
	if text = oneLine(text); p.context&inMath != 0 {
		text = plainTeX(writeTeX(text))
	}
	if text == r.Text || !r.inText() || r.place.context&mixed != 0 {
		return nil
	}
	becomes := func(r *Reference) { r.Text = text }
	if text == "" || p.context&inCode != 0 && strings.Contains(text, "`") { // the markup cannot hold it
		p.text = p.label
		p.context &^= inCode
	}
	edits := []Edit{r.replace(p.text, escapeText(text, p.context), becomes)}
	if p.context&shorthand != 0 {
		edits = append(edits, d.nameDefinition(r, becomes))
	}
	return edits
}

// inText reports whether a reference is a link or an image, which have text and
// a title.
func (r Reference) inText() bool { return r.Kind == Link || r.Kind == Image }

// nameDefinition makes a full reference of a link whose text was also the
// name of its definition.
func (d *Deck) nameDefinition(r Reference, becomes func(*Reference)) Edit {
	name := r.place.label.in(d.Src)
	end := span{r.place.whole.end, r.place.whole.end}
	if r.place.named == ast.ReferenceLinkCollapsed { // [name][]
		return r.replace(span{end.start - 1, end.end - 1}, name, becomes)
	}
	return r.replace(end, "["+name+"]", becomes)
}

// SetTitle replaces, adds, or with "" removes the title of a link or an image.
// A link in a formula has no place for one.
func (d *Deck) SetTitle(r Reference, title string) []Edit {
	p := r.place
	if title = oneLine(title); title == r.Title && r.HasTitle == (title != "") || r.Math || !r.inText() {
		return nil
	}
	becomes := func(r *Reference) { r.Title, r.HasTitle = title, title != "" }
	at, text := p.tail.title, ""
	if title != "" {
		text = escapeTitle(title, p.context)
	}
	switch after := d.afterDestination(p.tail.dest); {
	case at.end == at.start:
		at, text = span{after, after}, " "+text
	case title == "":
		at.start = after
	}
	return []Edit{r.replace(at, text, becomes)}
}

// afterDestination is just after a destination and its angle bracket.
func (d *Deck) afterDestination(dest span) int {
	if dest.start > 0 && d.Src[dest.start-1] == '<' && dest.end < len(d.Src) && d.Src[dest.end] == '>' {
		return dest.end + 1
	}
	return dest.end
}

// SetBody replaces the lines of fenced code, given with LF line ends. The
// fences grow if the new lines hold one as long.
func (d *Deck) SetBody(r Reference, body string) []Edit {
	body = normaliseLines(body)
	if r.Kind != Code || body == r.Body {
		return nil
	}
	becomes := func(r *Reference) { r.Body = body }
	f := r.place.fence
	edits := []Edit{r.replace(f.body, d.contained(body, f.prefix, r.place.whole.start), becomes)}
	if grow := longestFence(body, d.Src[f.open.start]) + 1 - (f.open.end - f.open.start); grow > 0 {
		more := strings.Repeat(string(d.Src[f.open.start]), grow)
		longer := max(0, f.open.end-f.open.start+grow-(f.close.end-f.close.start))
		edits = append(edits,
			r.replace(span{f.open.end, f.open.end}, more, becomes),
			r.replace(span{f.close.end, f.close.end}, more[:min(longer, grow)], becomes))
	}
	return edits
}

// normaliseLines makes every line end with LF, and empties lines of blanks,
// which a list item or a quote may not keep.
func normaliseLines(s string) string {
	var out strings.Builder
	for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)) {
		out.WriteString(normaliseLine(line))
	}
	return out.String()
}

func normaliseLine(line string) string {
	if strings.Trim(line, " \t\r\n") == "" {
		return "\n"
	}
	return strings.TrimRight(line, "\r\n") + "\n"
}

// longestFence is the length of the longest run of c at the start of a line.
func longestFence(body string, c byte) int {
	longest := 0
	for line := range strings.Lines(body) {
		if line = strings.TrimLeft(line, " \t"); line[0] == c {
			longest = max(longest, runLength([]byte(line)))
		}
	}
	return longest
}

// contained writes lines into the quotes and list items around a node: each
// line gets their prefix and the line end of the node's own line.
func (d *Deck) contained(lines, prefix string, at int) string {
	var out strings.Builder
	newline := d.newline(at)
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" {
			out.WriteString(strings.TrimRight(prefix, " \t"))
		} else {
			out.WriteString(prefix + line)
		}
		out.WriteString(newline)
	}
	return out.String()
}

// newline is the line end of the line at an offset, or of the deck's first
// line if that one is the last and has none.
func (d *Deck) newline(at int) string {
	for _, i := range []int{d.lineOf(at) + 1, 1} {
		if i >= len(d.lines) {
			continue
		}
		end := d.lines[i]
		start := end - 1
		if start > 0 && d.Src[start] == '\n' && d.Src[start-1] == '\r' {
			start--
		}
		return string(d.Src[start:end])
	}
	return "\n"
}

// Unlink turns a link into its text, as it is shown. Images stay, and so do
// code and tables: nothing of their references shows.
func (d *Deck) Unlink(r Reference) []Edit {
	if r.Kind != Link {
		return nil
	}
	p := r.place
	if r.Note {
		text := strings.ReplaceAll(unescape([]byte(p.label.in(d.Src))), "-->", "-- >")
		return []Edit{r.replace(p.whole, text, nil)}
	}
	open, shut := span{p.whole.start, p.label.start}, span{p.label.end, p.whole.end}
	before, after := "", ""
	switch {
	case r.Math:
	case p.context&inAlt != 0:
		before, after = d.keepWord(p)
	case d.flanks(p), d.followsFormula(p):
		before, after = "<span>", "</span>"
	default:
		open, before = d.guard(p)
	}
	return []Edit{r.replace(open, before, nil), r.replace(shut, after, nil)}
}
