package deck

import (
	"bytes"
	"slices"
	"strings"

	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
)

// A tag is one in a piece of HTML.
type tag struct {
	at   int
	name string
	end  bool
}

var (
	tagPattern = lazy.Regexp(`<(/?)([A-Za-z][A-Za-z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>`)
	commentIn  = lazy.Regexp(`(?s)<!--.*?-->`)
)

// closed are the elements whose end has to be written; browsers know where others end.
var closed = strings.Fields(`a abbr article aside audio b big blockquote button center cite code del details div em figcaption figure font footer
	h1 h2 h3 h4 h5 h6 header i iframe ins kbd label main mark nav object ol pre q s samp section select small span strong style sub summary
	sup svg table time tt u ul var video`)

// known are the others that are not rare.
var knownTags = append(strings.Fields(`area base br col dd dl dt embed hr img input li link meta option p rp rt ruby script source tbody td
	textarea tfoot th thead title tr track wbr rect circle line path text g`), closed...)

// keepTags notes the tags of a piece of HTML.
func (b *builder) keepTags(in span) {
	text := b.src[in.start:in.end]
	if bytes.Contains(text, []byte("<!--")) {
		text = commentIn().ReplaceAllFunc(text, func(c []byte) []byte { return bytes.Repeat([]byte(" "), len(c)) })
	}
	for _, m := range tagPattern().FindAllSubmatchIndex(text, -1) {
		t := tag{in.start + m[0], strings.ToLower(string(text[m[4]:m[5]])), m[2] < m[3]}
		if bytes.HasSuffix(text[m[6]:m[7]], []byte("/")) && !slices.Contains([]string{"div", "span", "b", "i"}, t.name) {
			continue
		}
		b.tags = append(b.tags, t)
	}
}

// unmatched reports tags that have no partner on their slide, and those that are nearly one that there is.
func (b *builder) unmatched() {
	slices.SortStableFunc(b.tags, func(x, y tag) int { return x.at - y.at })
	var open, crossed []tag // crossed: what the end of an element around it ended
	slide := 0
	told := false // of this slide: what follows may be a consequence
	for _, t := range b.tags {
		for slide+1 < len(b.deck.Slides) && b.deck.Slides[slide+1].from <= t.at {
			b.unclosed(crossed, open, told)
			slide, open, crossed, told = slide+1, nil, nil, false
		}
		if !slices.Contains(closed, t.name) {
			b.misspelledTag(t)
			continue
		}
		if !t.end {
			open = append(open, t)
			continue
		}
		i := lastNamed(open, t.name)
		if i < 0 {
			if j := lastNamed(crossed, t.name); j >= 0 {
				crossed = slices.Delete(crossed, j, j+1)
				continue
			}
			if !told {
				b.report(t.at, "html-unclosed", "</"+t.name+"> ends nothing: there is no <"+t.name+"> before it on this slide", "delete it, or add <"+t.name+">")
			}
			told = true
			continue
		}
		crossed = append(crossed, open[i+1:]...)
		open = open[:i]
	}
	b.unclosed(crossed, open, told)
}

func lastNamed(tags []tag, name string) int {
	i := len(tags) - 1
	for i >= 0 && tags[i].name != name {
		i--
	}
	return i
}

// endsWithOuter reports whether an element ends with the one around it. Those that change the look of text go on behind it.
func endsWithOuter(t tag) bool {
	return !slices.Contains([]string{"a", "b", "big", "code", "em", "font", "i", "s", "small", "strong", "tt", "u"}, t.name)
}

// unclosed reports the first of the elements that go on to the end of a slide.
func (b *builder) unclosed(crossed, open []tag, told bool) {
	open = slices.Concat(slices.DeleteFunc(crossed, endsWithOuter), open)
	if len(open) == 0 || told {
		return
	}
	t := slices.MinFunc(open, func(x, y tag) int { return x.at - y.at })
	b.report(t.at, "html-unclosed", "<"+t.name+"> is never closed on this slide: it goes on to the end of it", "close it with </"+t.name+">")
}

func (b *builder) misspelledTag(t tag) {
	if slices.Contains(knownTags, t.name) || len(t.name) < 3 || strings.Contains(t.name, "-") || t.end {
		return
	}
	for _, known := range knownTags {
		if len(known) > 2 && near.Edits(t.name, known) == 1 {
			b.report(t.at, "html-shown", "there is no element <"+t.name+">: Marp shows it as text", "did you mean <"+known+">?")
			return
		}
	}
}

// styleSheet reports a style sheet that does not end, or whose braces do not match.
func (b *builder) styleSheet(in span) {
	text := b.src[in.start:in.end]
	if !endsStyle(text) {
		b.report(in.start+bytes.IndexByte(text, '<'), "style-syntax", "the style sheet is never closed: it takes up everything below it", "close it with a line </style>")
		return
	}
	if why := braces(text); why != "" {
		b.report(in.start+bytes.IndexByte(text, '<'), "style-syntax", "in this style sheet "+why+": what comes after it may be lost", "mend the braces")
	}
}

var cssSkipped = lazy.Regexp(`(?s)/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`)

// braces says what is wrong with those of a style sheet, "" for nothing.
func braces(css []byte) string {
	depth := 0
	for _, c := range cssSkipped().ReplaceAll(css, nil) {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return "a } closes nothing"
			}
		}
	}
	if depth > 0 {
		return "a { is never closed"
	}
	return ""
}
