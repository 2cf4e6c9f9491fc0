package deckgen

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// subjectInspection compares what a number or a figure is of, by the names in its path, with what the words around it name.
var subjectInspection = ofDecks(otherSubjects,
	deck.Rule{Name: "other-subject", Severity: deck.Warning, Summary: "a number or a figure is of something else than the words around it name"})

func otherSubjects(c *checker, dk *deck.Deck) (problems []deck.Problem) {
	w, d := newWordsOf(dk), referrer{c.driver, dk}
	for _, r := range dk.Refs {
		file, err := resolve(dk, r.Target)
		if err != nil {
			continue
		}
		var p deck.Problem
		switch r.Kind {
		case deck.Link:
			p = d.otherValue(w, r, file)
		case deck.Image:
			p = d.otherFigure(w, r, file)
		}
		if n := len(problems); p.Rule != "" && (n == 0 || problems[n-1].Line != p.Line || problems[n-1].Message != p.Message) {
			problems = append(problems, p)
		}
	}
	return problems
}

// otherValue looks at the steps of a pointer, such as sgd in /values/sgd/length, of which there are others beside.
func (d referrer) otherValue(w *wordsOf, r deck.Reference, file string) (p deck.Problem) {
	if !strings.HasPrefix(r.Fragment, "/values/") && !strings.HasPrefix(r.Fragment, "/params/") {
		return p
	}
	const hint = "point at the other value, or mend the words"
	for at := strings.Index(r.Fragment[1:], "/") + 1; at < len(r.Fragment); {
		step, _, _ := strings.Cut(r.Fragment[at+1:], "/")
		if said, meant := mislabelled(w, r, step); said != "" {
			return d.problem(r, "other-subject", hint, "the words before this number say %q, and it is of %q", said, meant)
		}
		if n, err := d.docs.lookUp(file, r.Fragment[:at]); err == nil && w.names(step) {
			if said := w.otherThan(step, n.alike(step), w.before(r), r); said != "" {
				return d.problem(r, "other-subject", hint, "this number is of %s, and the words around it speak of %s", step, said)
			}
		}
		at += 1 + len(step)
	}
	return p
}

// otherFigure looks at the parts of the name of a figure, such as relu in relu-he, which those of other figures differ in.
func (d referrer) otherFigure(w *wordsOf, r deck.Reference, file string) (p deck.Problem) {
	n, err := d.docs.lookUp(path.Dir(file)+"/result.json", "/figures")
	if err != nil {
		return p
	}
	n.open()
	if other := w.strange(r, path.Dir(file)); other != "" {
		own := strings.TrimPrefix(path.Dir(file), "assets/")
		return d.problem(r, "other-subject", "show a figure of "+other+", or a number of "+own,
			"this figure is of %s, and the numbers in its alternative text are of %s", own, other)
	}
	parts := strings.Split(figureName(file), "-")
	for i, part := range parts {
		if !w.names(part) {
			continue
		}
		if said := w.otherThan(part, beside(parts, i, n.names()), strings.ToLower(r.Text), r); said != "" {
			return d.problem(r, "other-subject", "show the other figure, or mend the words", "this figure is of %s, and the words around it speak of %s", part, said)
		}
	}
	return p
}

// strange is the experiment that all numbers in the alternative text of a figure are of, if the figure is of another one;
// else "".
func (w *wordsOf) strange(r deck.Reference, folder string) (other string) {
	for _, q := range w.onSlide[r.Slide] {
		of, err := resolve(w.deck, q.Target)
		switch of = path.Dir(of); {
		case err != nil || !q.InAlt() || q.Line != r.Line:
			continue
		case of == folder || other != "" && of != other:
			return ""
		}
		other = of
	}
	return strings.TrimPrefix(other, "assets/")
}

// beside are the names that stand in one part of a figure's name where the other parts are the same.
func beside(parts []string, i int, figures []string) (others []string) {
	for _, name := range figures {
		of := strings.Split(name, "-")
		if len(of) != len(parts) {
			continue
		}
		other := of[i]
		of[i] = parts[i]
		if other != parts[i] && slices.Equal(of, parts) {
			others = append(others, other)
		}
	}
	return others
}

// wordsOf are the words of a deck in lower case, without where its links lead.
type wordsOf struct {
	deck     *deck.Deck
	all      map[string]bool // in Latin letters
	slides   []string
	headings []string
	onSlide  map[int][]*deck.Reference
}

func newWordsOf(dk *deck.Deck) *wordsOf {
	w := &wordsOf{deck: dk, all: map[string]bool{}, onSlide: map[int][]*deck.Reference{}}
	if len(dk.Refs) == 0 {
		return w
	}
	for i := range dk.Refs {
		r := &dk.Refs[i]
		w.onSlide[r.Slide] = append(w.onSlide[r.Slide], r)
	}
	for _, s := range dk.Slides {
		w.slides = append(w.slides, wordsIn(dk.Src[s.Start:s.End]))
		w.headings = append(w.headings, strings.ToLower(s.Heading))
	}
	for _, slide := range w.slides {
		for word := range strings.FieldsFuncSeq(slide, func(r rune) bool { return !latin(r) }) {
			w.all[word] = true
		}
	}
	return w
}

// wordsIn leaves out destinations: what stands in round brackets behind a link, in the first braces of \href, behind a
// fence, and behind the label of a definition.
func wordsIn(src []byte) string {
	var out strings.Builder
	out.Grow(len(src) / 2)
	for len(src) > 0 {
		i := bytes.IndexAny(src, "](\\`")
		if i < 0 {
			break
		}
		end := 0
		switch rest := src[i:]; {
		case bytes.HasPrefix(rest, []byte("](")):
			if end = bytes.IndexByte(rest, ')'); bytes.Contains(rest[:max(0, end)], []byte(` "`)) {
				end = bytes.Index(rest, []byte(`")`))
			}
		case bytes.HasPrefix(rest, []byte(`\href{`)):
			end = bytes.IndexByte(rest, '}')
		case bytes.HasPrefix(rest, []byte("```")), bytes.HasPrefix(rest, []byte("]: ")):
			end = bytes.IndexByte(rest, '\n')
		}
		out.Write(src[:i])
		out.WriteByte(' ')
		src = src[i+max(1, end):]
	}
	out.Write(src)
	return strings.ToLower(out.String())
}

// names reports whether a deck calls something by a name, rather than by a translation of it.
func (w *wordsOf) names(name string) bool {
	if len(name) < 2 || !latin(rune(name[0])) || name[0] <= '9' || slices.Contains(commonKeys, name) {
		return false
	}
	for word := range strings.SplitSeq(name, "_") {
		if !w.all[strings.ToLower(word)] {
			return false
		}
	}
	return true
}

// commonKeys are words that say nothing by themselves.
var commonKeys = strings.Fields("with without none all first last best worst mean start end min max total count values params in on of to at by and or no")

// before is the text of the line up to a reference.
func (w *wordsOf) before(r deck.Reference) string { return wordsIn(w.deck.LineBefore(r)) }

// otherThan is a name beside the right one that the words of a reference speak of, where nothing speaks of the right one:
// the last of those before it, or one in the heading. The alternative text of a picture stands for itself.
func (w *wordsOf) otherThan(name string, names []string, words string, r deck.Reference) string {
	heading := w.headings[r.Slide-1]
	said := lastOf(words, names)
	switch own := lastMention(words, name) >= 0; {
	case own || said == "" && lastMention(heading, name) >= 0:
		return ""
	case said != "" && (r.Kind == deck.Image || r.InAlt()):
		return said
	case lastMention(w.slides[r.Slide-1], name) >= 0:
		return ""
	case said == "":
		said = lastOf(heading, names)
	}
	return said
}

// lastOf is the name that a text mentions last, "" for none.
func lastOf(text string, names []string) (said string) {
	at := -1
	for _, name := range names {
		if i := lastMention(text, name); i > at && !slices.Contains(commonKeys, name) {
			said, at = name, i
		}
	}
	return said
}

// alike are the names beside one in a record of what has the same parts.
func (n *node) alike(name string) (others []string) {
	n.open()
	own := n.byName[name]
	if own == nil || own.raw[0] != '{' {
		return nil
	}
	own.open()
	for other, there := range n.byName {
		if there.open(); other != name && len(there.byName) > 0 && slices.Equal(there.names(), own.names()) {
			others = append(others, other)
		}
	}
	slices.Sort(others)
	return others
}

// lastMention is where a text in lower case last has a name as a word, -1 for nowhere.
func lastMention(text, name string) int {
	if len(name) < 2 {
		return -1
	}
	name = strings.ToLower(strings.ReplaceAll(name, "_", " "))
	for end := len(text); ; {
		i := strings.LastIndex(text[:end], name)
		if i < 0 {
			return -1
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(name):])
		if !latin(before) && !latin(after) {
			return i
		}
		end = i + len(name) - 1
	}
}

func latin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// A label is a word for what keys of records often tell apart.
type label struct {
	keys  []string
	words func() *regexp.Regexp
}

// labels are in groups, of which only one can be right.
var labels = [][]label{
	{{[]string{"train"}, lazy.Regexp(`訓練|\btraining\b|\btrain\b`)}, {[]string{"test"}, lazy.Regexp(`テスト|\btest\b`)},
		{[]string{"validation"}, lazy.Regexp(`検証|\bvalidation\b`)}},
	{{[]string{"with"}, lazy.Regexp(`あり|\bwith\b`)}, {[]string{"without", "none"}, lazy.Regexp(`なし|\bwithout\b`)}},
}

// mislabelled says which label stands last before a number whose key has another one of its group.
func mislabelled(w *wordsOf, r deck.Reference, step string) (said, meant string) {
	for word := range strings.SplitSeq(step, "_") {
		for _, group := range labels {
			own := slices.IndexFunc(group, func(l label) bool { return slices.Contains(l.keys, word) })
			if own < 0 {
				continue
			}
			before, last, by := w.before(r), -1, own
			for i, l := range group {
				for _, m := range l.words().FindAllStringIndex(before, -1) {
					if m[0] > last {
						last, by, said = m[0], i, before[m[0]:m[1]]
					}
				}
			}
			if by != own {
				return said, word
			}
		}
	}
	return "", ""
}
