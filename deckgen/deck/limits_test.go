package deck

import (
	"fmt"
	"strings"
	"testing"
)

// hostile is repeated to make decks that a parser may take long for.
var hostile = []string{
	"[", "]", "![", "[a](", "[a](b \"", "[a](<b", "[a](b (c ", "](", "[a](b)", "[a][b]", "`", "``` `", "`a", "$", "$a",
	"\\$", "<", "<!--", "<a ", "<a b='", "</a ", "<?", "<!A", "<![CDATA[", "*", "**a", "*a_", "*a**b_", "~~a", "&", "&amp;",
	"\\", "> ", ">", "- ", "1. ", "#", "|", "a|", "\t", " ", "-", "=", "---\n", "$$\n", "```\n", "<div>\n", "- a\n", "a\n",
	"[a]: b\n", "[a]: b\n\"t\"\n", "[a]: b.json#/c\n\n", "[a]\n\n", "| a |\n", "a\n---\n", "\\href{", "$\\href{a}{",
	"](a.json#/b", "[x](a.json#/b) ", "*[x](a.json#/b)", "<!-- a -->\n", "<style>\n", "</style>\n", "\r", "\x00", "\xff", "世",
	"  - a\n", "a <!-- b -->", "\n---\n\n# A [0.5](a.json#/b)\n",
}

// TestHostileDecks parses each as 200 kB. It says nothing of time, but what
// grows with the square of the size does not end here.
func TestHostileDecks(t *testing.T) {
	decks := map[string]string{
		"nested quotes": strings.Repeat(">", 100_000) + "\n" + strings.Repeat(strings.Repeat(">", 1000)+" a\n", 100),
		"wide table":    strings.Repeat("|a", 20_000) + "\n" + strings.Repeat("|-", 20_000) + "\n" + strings.Repeat("|b\n", 30_000),
		"indented text": "a\n" + strings.Repeat("    | b |\n", 25_000),
		"bars in table": strings.Repeat("a\n", 30_000) + "|a|\n|-|\n" + strings.Repeat("===\n", 40_000),
		"note":          "<!-- " + strings.Repeat("](<a.json#/b", 10_000) + " -->",
		"front matter":  "---\n" + strings.Repeat("a:\n", 50_000) + "---\n",
		"keys":          "---\n" + numbered("key%d: v\n", 15_000) + "---\n",
		"code spans":    numbered("a%[1]d `` b `%[1]d", 10_000),
	}
	for _, p := range hostile {
		decks[fmt.Sprintf("%q", p)] = strings.Repeat(p, 200_000/len(p))
	}
	for name, deck := range decks {
		t.Run(name, func(t *testing.T) {
			if d := Parse("deck.md", []byte(deck)); d.Slides[len(d.Slides)-1].End != len(deck) {
				t.Errorf("the slides end at %d of %d", d.Slides[len(d.Slides)-1].End, len(deck))
			}
		})
	}
}

// What shows beyond the limit is not known, and nothing is said of it.
func TestManyStars(t *testing.T) {
	for _, format := range []string{"%s\n", "| a |\n|-|\n| %s |\n", "> %s\n"} {
		for n, want := range map[int]int{maxDelimiters/2 - 1: 1, maxDelimiters: 0} {
			text := strings.Repeat("**a** ", n) + "世**「a」**世"
			d := Parse("deck.md", fmt.Appendf(nil, format, text))
			if len(d.Problems) != want {
				t.Errorf(format+"%d of them: %d problems, want %d", "**a** …", n, len(d.Problems), want)
			}
		}
	}
}

func numbered(format string, n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, format, i)
	}
	return out.String()
}

// BenchmarkParse reads a deck of 1,000 slides with 3,000 references.
func BenchmarkParse(b *testing.B) {
	const slide = `
## 結果

最終損失は [0.0123](../assets/o/result.json#/values/loss)、精度は **[98.1%](../assets/o/result.json#/values/accuracy)**。

![center w:640 SGD](../assets/o/sgd.svg)

$$
W \gets W - \eta \frac{\partial L}{\partial W}
$$

- 本文が続く。- 本文が続く。- 本文が続く。

---
`
	src := []byte("---\nmarp: true\n---\n" + strings.Repeat(slide, 1000))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("deck.md", src)
	}
}

// BenchmarkFill writes each number of that deck anew.
func BenchmarkFill(b *testing.B) {
	src := []byte(strings.Repeat("\n[0.1](r.json#/v) [0.2](r.json#/v) [0.3](r.json#/v)\n\n---\n", 1000))
	for b.Loop() {
		d := Parse("deck.md", src)
		if _, err := d.Apply(d.fillText("0.4")); err != nil {
			b.Fatal(err)
		}
	}
}
