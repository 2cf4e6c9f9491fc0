package deck

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// contexts are decks with one link each, everywhere a link can stand.
var contexts = map[string]string{
	"text":         "a [?](r.json#/v) b",
	"emphasis":     "a **[?](r.json#/v)** b *[**?**](r.json#/v)*",
	"line start":   "text\n[?](r.json#/v) b",
	"heading":      "# a [?](r.json#/v) b",
	"setext":       "[?](r.json#/v)\n===",
	"item":         "- [?](r.json#/v)\n  1. [?](r.json#/v)",
	"quote":        "> [?](r.json#/v)\nlazy [?](r.json#/w)",
	"cell":         "| a | [?](r.json#/v) |\n|---|---|\n| [`?`](r.json#/v) | [?](r.json#/v) |",
	"code span":    "[`?`](r.json#/v)",
	"alt text":     "![an [?](r.json#/v)](x.svg)",
	"image":        "![?](x.svg) ![*?*](<y z.svg>)",
	"note":         "<!-- a [?](r.json#/v) b -->\n\ntext <!-- [?](r.json#/v) -->",
	"formula":      "a $x = \\href{r.json#/v}{?}$ b",
	"formulas":     "$$\nx = \\href{r.json#/v}{?}\n$$",
	"link formula": "[$?$](r.json#/v)",
	"by name":      "[?][v] and [v] and [v][]\n\n[v]: r.json#/v",
	"after dollar": "costs $5 [?](r.json#/v) and `code [?](r.json#/v) too",
	"after tick":   "a ` b [?](r.json#/v) c",
	"after angle":  "a < b [?](r.json#/v) <b",
	"after star":   "a * b *c [?](r.json#/v) d_ ~~e",
}

// texts are what may come out of a record, and worse.
var texts = rapid.OneOf(
	rapid.StringMatching(`[-−+]?[0-9]{1,3}(,[0-9]{3})?(\.[0-9]{1,4})?(e-[0-9])?( ± [0-9]\.[0-9])?%?`),
	rapid.StringMatching("[-+*_~|<>$&`\\[\\]()!#:;\"'a1 ]{0,12}"),
	rapid.StringOf(rapid.RuneFrom([]rune("ab 1世é°±−∞|*_$"))),
)

// TestTextReadsBack puts any text into any place: Apply fails if it does not
// read back as it was given, or breaks what stands around it.
func TestTextReadsBack(t *testing.T) {
	for name, deck := range contexts {
		t.Run(name, func(t *testing.T) {
			if len(Parse("deck.md", []byte(deck)).Refs) == 0 {
				t.Fatal("no reference")
			}
			rapid.Check(t, func(t *rapid.T) { checkTextReadsBack(t, deck, texts.Draw(t, "text")) })
		})
	}
}

func checkTextReadsBack(t *rapid.T, deck, text string) {
	d := Parse("deck.md", []byte(deck))
	edits := d.fillText(text)
	out, err := d.Apply(edits)
	if err != nil && !strings.ContainsAny(text, `\`) { // TeX has no text with a backslash
		t.Fatal(err)
	} else if err != nil {
		return
	}
	filled := Parse("deck.md", out)
	if again := filled.fillText(text); len(again) > 0 {
		t.Fatalf("%s\nis filled with %q, but not done: %+v", out, text, again)
	}
	if _, err := filled.Apply(filled.unlinkAll()); err != nil {
		t.Fatal(err)
	}
}

func (d *Deck) fillText(text string) []Edit {
	var edits []Edit
	for _, r := range d.Refs {
		edits = append(edits, d.SetText(r, text)...)
		edits = append(edits, d.SetTitle(r, text)...)
	}
	return edits
}

// TestBodyReadsBack puts any lines into a fence in any container.
func TestBodyReadsBack(t *testing.T) {
	bodies := rapid.StringMatching("([ \t]{0,3}[`~]{0,5}[a-z>\\-]{0,3}\n){0,6}")
	for name, deck := range map[string]string{
		"top":    "```go file=a#b\nx\n```",
		"item":   "- a\n\n  ```go file=a#b\n  x\n  ```",
		"bullet": "1.  ~~~go file=a#b\n    x\n    ~~~",
		"quote":  "> - > ```go file=a#b\n>   > x\n>   > ```",
		"indent": "   ```go file=a#b\n   x\n ```",
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				d := Parse("deck.md", []byte(deck))
				body := normaliseLines(bodies.Draw(t, "body"))
				out, err := d.Apply(d.SetBody(d.Refs[0], body))
				if err != nil {
					t.Fatal(err)
				}
				if got := Parse("deck.md", out).Refs[0].Body; got != body {
					t.Fatalf("got %q, want %q in %s", got, body, out)
				}
			})
		})
	}
}

// TestApplyRefuses shows what Apply does not write, and what it says.
func TestApplyRefuses(t *testing.T) {
	d := Parse("deck.md", []byte("# A [0.1](r.json#/v)\n\n---\n\n![[0.2](r.json#/w)](x.svg)\n"))
	at := func(start, end int, text string) Edit {
		return Edit{Start: start, End: end, Text: text, ref: 0, becomes: func(*Reference) {}}
	}
	for name, test := range map[string]struct {
		edits []Edit
		want  string
	}{
		"overlap":       {[]Edit{at(0, 3, "x"), at(2, 4, "y")}, "deck.md:1:5: slide 1: the link r.json#/v cannot be filled: it overlaps another edit"},
		"beyond":        {[]Edit{at(0, 1000, "")}, "overlaps"},
		"lost":          {[]Edit{at(4, 6, "")}, "deck.md:1:5: slide 1: the link r.json#/v would not be what it is meant to be"},
		"new reference": {[]Edit{at(len(d.Src), len(d.Src), "![](y.svg)\n")}, "deck.md:6:1: the edit would make a new reference to y.svg"},
		"slides":        {[]Edit{at(len(d.Src), len(d.Src), "\n---\n")}, "3 slides of 2"},
	} {
		t.Run(name, func(t *testing.T) {
			if out, err := d.Apply(test.edits); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, %v, want an error that says %q", out, err, test.want)
			}
		})
	}
}

// TestNumbersFillEveryArchive says that a number is never refused.
func TestNumbersFillEveryArchive(t *testing.T) {
	eachArchive(t, "testdata/*/*.txtar", func(t *testing.T, a *archive) {
		checkFilled(t, a.file("deck.md"))
	})
	for _, deck := range oddBytes {
		checkFilled(t, deck)
	}
}

func checkFilled(t *testing.T, deck string) {
	t.Helper()
	for _, text := range []string{"0.0123", "98.1% ± 0.3%", "−1,234"} {
		d := Parse("deck.md", []byte(deck))
		if _, err := d.Apply(d.fill(text)); err != nil {
			t.Errorf("%v\nin %q", err, deck)
		}
	}
}

// TestPositions counts columns in characters and slides as Marp does, whatever
// ends the lines.
func TestPositions(t *testing.T) {
	const deck = "世界\n\n---\n\n- é [0.1](r.json#/v)"
	for _, newline := range []string{"\n", "\r\n", "\r"} {
		for _, mark := range []string{"", "\ufeff"} {
			d := Parse("deck.md", []byte(mark+strings.ReplaceAll(deck, "\n", newline)))
			r := d.Refs[0]
			if r.Slide != 2 || r.Line != 5 || r.Col != 5 {
				t.Errorf("with %q and %q: slide %d, %d:%d", mark, newline, r.Slide, r.Line, r.Col)
			}
			around := d.Reader()
			for _, test := range []struct {
				line, col, n int
				want         string
			}{{5, 5, 99, "- é |[0.1](r.json#/v)"}, {5, 5, 2, "é |[0"}, {5, 3, 1, " |é"}, {1, 2, 9, "世|界"}, {5, 99, 2, "v)|"}, {2, 1, 9, "|"}, {6, 1, 9, "|"}} {
				before, after := around.Around(test.line, test.col, test.n)
				if got := before + "|" + after; got != test.want {
					t.Errorf("with %q and %q: around %d:%d is %q, want %q", mark, newline, test.line, test.col, got, test.want)
				}
			}
		}
	}
}
