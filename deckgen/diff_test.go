package deckgen

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

func TestSize(t *testing.T) {
	seeds := func(xs ...float64) lab.Value { return lab.Summary(xs) }
	for _, test := range []struct {
		was, is lab.Value
		want    string
	}{
		{lab.Number(1), lab.Number(2), exactly},
		{seeds(1), seeds(2), exactly}, // one seed has no spread
		{seeds(1, 2, 3), lab.Number(2), exactly},
		{seeds(1, 2, 3), seeds(2, 3, 4), withinSpread}, // by one standard deviation
		{seeds(2, 3, 4), seeds(1, 2, 3), withinSpread},
		{seeds(1, 2, 3), seeds(2.5, 3.5, 4.5), beyondSpread},
		{seeds(1, 2, 3), seeds(3, 4, 5), beyondSpread}, // a seed in common
		{seeds(1, 2, 3), seeds(3.1, 4.1, 5.1), apartFrom},
		{seeds(1, 2, 30), seeds(5, 6, 7), withinSpread}, // the larger of the spreads counts
	} {
		if got := size(test.was, test.is); got != test.want {
			t.Errorf("%v → %v: %s, want %s", test.was, test.is, got, test.want)
		}
	}
	nan := lab.Number(math.NaN())
	if !sameValue(nan, nan) || sameValue(nan, lab.Number(1)) {
		t.Error("what is no number is not the same as itself, or the same as a number")
	}
}

// deckOf makes a deck of slides with blanks between them; _ is a blank on a slide.
func deckOf(slides string) *deck.Deck {
	return deck.Parse("a.md", []byte(strings.NewReplacer(" ", "\n\n---\n\n", "_", " ").Replace(slides)))
}

func TestPairSlides(t *testing.T) {
	for _, test := range []struct{ was, is, want string }{
		{"a b c", "a b c", "11 22 33"},
		{"a b c", "a x b c", "11 02 23 34"},
		{"a b c", "a c", "11 20 32"},
		{"a b c", "a x c", "11 22 33"},
		{"a b c", "c a b", "01 12 23 30"},
		{"a b c d e", "a x c y e", "11 22 33 44 55"},
		{"a a a", "a a", "11 22 30"},
		{"a", "x y", "11 02"},
		{"#_Q\n\nold #_R\n\nold", "#_New #_Q\n\nnew #_R\n\nnew", "01 12 23"}, // by their headings
	} {
		var got []string
		for _, p := range pairSlides(deckOf(test.was), deckOf(test.is)) {
			got = append(got, string([]byte{'0' + byte(p.was+1), '0' + byte(p.is+1)}))
		}
		if g := strings.Join(got, " "); g != test.want {
			t.Errorf("%q → %q: %s, want %s", test.was, test.is, g, test.want)
		}
	}
}

// Whatever the decks, each slide of either is in one pair, in order on both sides but for the missing ones.
func TestPairSlidesComplete(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func() *deck.Deck {
		var slides []string
		for range 1 + rng.IntN(9) {
			slides = append(slides, string(rune('a'+rng.IntN(6))))
		}
		return deckOf(strings.Join(slides, " "))
	}
	for range 2000 {
		a, b := random(), random()
		var was, is []int
		for _, p := range pairSlides(a, b) {
			if p.was >= 0 {
				was = append(was, p.was)
			}
			if p.is >= 0 {
				is = append(is, p.is)
			}
		}
		if !slices.Equal(was, upTo(len(a.Slides))) || !slices.Equal(is, upTo(len(b.Slides))) {
			t.Fatalf("%q → %q: %v %v", a.Src, b.Src, was, is)
		}
	}
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

func TestDiffMarkdownEscapes(t *testing.T) {
	var b strings.Builder
	nasty := "a|b\n# <script> @someone [x](y) `c`"
	diff := difference{From: "A", To: "B", Decks: []deckChange{{Path: "slides/a (1)|b.md", State: isChanged,
		Slides: []slideChange{{Was: 1, Is: 2, Heading: nasty, State: isChanged, Text: true}}}}}
	if err := writeDiffMarkdown(&b, diff, "https://example.com/x"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| slides/a (1)\\|b.md | 2 (was 1) | a\\|b \\# &lt;script&gt; @\u200bsomeone \\[x\\](y) \\`c\\` | the text |\n",
		"| 2 (was 1) | ![slide 1 before](<https://example.com/x/slides/a%20%281%29%7Cb/001-before.png>) |",
	} {
		if got := b.String(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestDiffSchema(t *testing.T) {
	script, err := os.ReadFile("testdata/script/diff.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := schemaNamed(t, "diff.json")
	for _, f := range txtar.Parse(script).Files {
		if f.Name == "diff.json" {
			if err := conforms(t, s, string(f.Data)); err != nil {
				t.Error(err)
			}
			for _, without := range []string{`"from"`, `"size"`, `"flipped"`, `"shows"`, `"sd"`} {
				if conforms(t, s, strings.Replace(string(f.Data), without, `"x"`, 1)) == nil {
					t.Errorf("the schema is content without %s", without)
				}
			}
			return
		}
	}
	t.Error("the script has no diff.json")
}
