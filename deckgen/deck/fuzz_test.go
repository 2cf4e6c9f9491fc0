package deck

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// oddBytes are decks that no archive can hold.
var oddBytes = []string{
	"", "\n", "\r", "\xef\xbb\xbf", "\xef\xbb\xbf---\nmarp: true\n---\n# A",
	"# A\r---\r[0.1](r.json#/v)\r", "a\x00[0.1\x00](r.json#/v)\x00", "\xff[\xfe](r.json#/\xfd) \xc3",
	"\t[0.1](r.json#/v)", "-\t```go file=a.go#F\n\tx\n\t```", ">\t[0.1](r.json#/v)\n", "[0.1](r.json#/v)",
	"$$\n\\href{r.json#/v}{1}", "[t]: r.json#/t", "```go file=a#b\n```",
	"---", "---\n", "----\n---\n----", "---\n...\n# A", "---yaml\na: b\n---\n",
	strings.Repeat(">", 10_000) + " [0.1](r.json#/v)",
	strings.Repeat("- ", 1000) + "[0.1](r.json#/v)",
	"> - [a](r.json#/v\n>   \"t\")\n> [b](\nr.json#/v)",
}

func addDecks(f *testing.F) {
	for _, deck := range oddBytes {
		f.Add([]byte(deck))
	}
	paths, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatal("no archives")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(txtar.Parse(data).Files[0].Data)
	}
}

// FuzzParse says that positions are sane whatever the bytes are.
func FuzzParse(f *testing.F) {
	addDecks(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		before := bytes.Clone(src)
		d := Parse("deck.md", src)
		if !bytes.Equal(src, before) {
			t.Fatal("Parse changed its input")
		}
		checkSlides(t, d)
		for i, r := range d.Refs {
			checkReference(t, d, i, r)
		}
		for _, p := range d.Problems {
			if p.Line < 1 || p.Line > len(d.lines) || p.Col < 1 || p.Slide < 1 || p.Slide > len(d.Slides) || p.Path != "deck.md" {
				t.Errorf("problem %+v", p)
			}
		}
		if out, err := d.Apply(nil); err != nil || !bytes.Equal(out, src) {
			t.Errorf("no edits, but the deck changed: %v", err)
		}
	})
}

func checkSlides(t *testing.T, d *Deck) {
	if len(d.Slides) == 0 || d.Slides[len(d.Slides)-1].End != len(d.Src) {
		t.Fatalf("slides %+v of %d bytes", d.Slides, len(d.Src))
	}
	at := d.FrontMatter.End
	for _, s := range d.Slides {
		if s.Start < at || s.End < s.from || s.Line < 1 {
			t.Errorf("slide %+v after %d", s, at)
		}
		at = s.End
	}
}

func checkReference(t *testing.T, d *Deck, i int, r Reference) {
	p := r.place
	line, col := d.Position(p.whole.start)
	if r.index != i || line != r.Line || col != r.Col || r.Slide < 1 || r.Slide > len(d.Slides) {
		t.Errorf("reference %d is %+v, at %d:%d", i, r, line, col)
	}
	if p.whole.start >= p.whole.end || p.whole.end > len(d.Src) || r.Target == "" {
		t.Errorf("reference %+v of %d bytes", r, len(d.Src))
	}
	open := map[Kind]string{Image: "!", Link: "[", Code: "`~", Table: "["}[r.Kind]
	if r.Math {
		open = `\`
	}
	if !strings.Contains(open, string(d.Src[p.whole.start])) {
		t.Errorf("%s starts with %q", r.Kind, d.Src[p.whole.start:p.whole.end])
	}
	if !r.inText() {
		return
	}
	inside := p.whole.start < p.label.start && p.label.start <= p.text.start && p.text.start <= p.text.end &&
		p.text.end <= p.label.end && p.label.end < p.whole.end
	if !inside {
		t.Errorf("%s %q: label %v, text %v", r.Kind, d.Src[p.whole.start:p.whole.end], p.label, p.text)
	}
}

// FuzzFill says that filling changes nothing outside of the references, and
// that filling twice is filling once.
func FuzzFill(f *testing.F) {
	texts := []string{"0.0123", "98.1% ± 0.3%", "a|b_*c* [x] $5 <i> `q` \\", "1,234", "−1.5e-3", "-->", "世界 & &amp;", "'\"", "| --- |\n# x"}
	paths, _ := filepath.Glob("testdata/*/*.txtar")
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(txtar.Parse(data).Files[0].Data, texts[i%len(texts)])
	}
	for i, deck := range oddBytes {
		f.Add([]byte(deck), texts[i%len(texts)])
	}
	f.Fuzz(func(t *testing.T, src []byte, text string) {
		d := Parse("deck.md", src)
		edits := d.fill(text)
		out, err := d.Apply(edits)
		if err != nil {
			return // refused: nothing is written
		}
		if !sameOutside(d.Src, out, edits) {
			t.Fatalf("%q was changed outside of its references: %q", src, out)
		}
		filled := Parse("deck.md", out)
		again, err := filled.Apply(filled.fill(text))
		if err != nil || !bytes.Equal(again, out) {
			t.Fatalf("%q filled is %q, and filled again %q, %v", src, out, again, err)
		}
	})
}

// fill puts one text everywhere.
func (d *Deck) fill(text string) []Edit {
	var edits []Edit
	for _, r := range d.Refs {
		edits = append(edits, d.SetText(r, text)...)
		edits = append(edits, d.SetTitle(r, text)...)
		edits = append(edits, d.SetBody(r, text)...)
		edits = append(edits, d.SetTable(r, Grid{Header: []string{"a", "b"}, Rows: [][]string{{text, ""}}})...)
	}
	return edits
}

// sameOutside reports whether the bytes between edits are still there in order.
func sameOutside(src, out []byte, edits []Edit) bool {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	at := 0
	for _, e := range edits {
		i := bytes.Index(out, src[at:max(at, e.Start)])
		if i < 0 {
			return false
		}
		out = out[i+max(at, e.Start)-at:]
		at = max(at, e.End)
	}
	return bytes.HasSuffix(out, src[at:])
}

// FuzzFrontMatter says that the front matter and its directives stay within
// bounds.
func FuzzFrontMatter(f *testing.F) {
	for _, text := range []string{"marp: true", "a: b: c", "a: \"x\ny\"", "a: [1, {b: c}\n]", "- a", "a:\n  - b", "style: |\n  x", "headingDivider: [1,3]", "'a': b", "a: 'it''s'", "...", "a: \\x", "footer: \\q"} {
		f.Add("---\n", text, "\n---\n# A\n")
	}
	f.Fuzz(func(t *testing.T, open, text, rest string) {
		d := Parse("deck.md", []byte(open+text+rest))
		if m := d.FrontMatter; m.Start > m.End || m.End > len(d.Src) {
			t.Errorf("front matter %+v of %d bytes", m, len(d.Src))
		}
		for _, c := range d.Directives {
			if c.Line < 1 || c.Line > len(d.lines) || c.Col < 1 || c.Key == "" {
				t.Errorf("directive %+v", c)
			}
		}
		for _, level := range d.HeadingDivider {
			if level < 1 || level > 6 {
				t.Errorf("headingDivider %v", d.HeadingDivider)
			}
		}
	})
}
