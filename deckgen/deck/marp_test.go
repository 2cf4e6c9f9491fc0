package deck

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// marpResult is what Marp makes of a deck.
type marpResult struct {
	Slides int
	Notes  [][]string
	Links  []shownLink // into JSON files, and images, by any path
	Text   []string    `json:",omitempty"` // what a reader sees, by paragraph
}

type shownLink struct{ Text, Title string }

// askMarp has marp-core parse decks. It needs Node and the packages of the
// lock file; without them the test fails and says so.
func askMarp(t *testing.T, decks []string) []marpResult {
	t.Helper()
	in, err := json.Marshal(decks)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/marp.cjs")
	cmd.Stdin = bytes.NewReader(in)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("comparing with Marp needs Node and its packages: run “npm ci” in the repository's folder, or “make test”, which does\n%v\n%s", err, stderr.String())
	}
	var results []marpResult
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatal(err)
	}
	return results
}

// ours is what Parse makes of a deck, in the same form.
func ours(deck string) marpResult {
	d := Parse("deck.md", []byte(deck))
	r := marpResult{Slides: len(d.Slides), Notes: make([][]string, len(d.Slides)), Links: []shownLink{}}
	for i := range r.Notes {
		r.Notes[i] = []string{}
	}
	for _, c := range d.Comments {
		if c.Kind == Note {
			r.Notes[c.Slide-1] = append(r.Notes[c.Slide-1], c.Text)
		}
	}
	for _, ref := range d.Refs {
		if ref.inText() && !ref.Math && !ref.Note {
			r.Links = append(r.Links, shownLink{ref.Text, ref.Title})
		}
	}
	return r
}

// pieces are lines of decks. What Marp and we see in another way is left out: a
// line right below a definition that is neither text nor empty.
var pieces = []string{
	"", "", "", "---", "---", "----", "***", "___", "- - -", " * * *", "   ---", "\t---", "--- x", "==",
	"text", "text 世界", "# H1", "## H2", "### H3", "> quote", "> ---", "> # H", "- item", "- # H", "  - ---",
	"1. one", "2) two", "* a", "+ b", "    code", "```", "```go", "~~~", "`", "``", "\\", "**b**",
	"$$", "$$ x $$", "$$ x", "x $$", "$a$", "$ 5",
	"<div>", "</div>", "<style>", "</style>", "<br>", "<script>", "</script>", "<pre>", "a <b>b</b>",
	"<!-- note -->", "<!-- _class: lead -->", "<!--", "-->", "<!-- headingDivider: 2 -->", "a <!-- b --> c",
	"<!-- paginate: true\nfoo: bar\n-->", "<!-- x: y: z -->", "<!-- prettier-ignore -->",
	"![a](b.png)", "![back](b.png 'title')", "[a](b)", "[r]: u\n", "[r]", "see ![r]", "[r]: a.json#/b\n\ntext",
	"[0.1](a.json#/b)", "**[0.1](a.json#/b \"t \\\" &amp; u\")** [x]", "[a\\]b *c*](<a b.json#/c>)", "$a [0.1](a.json#/b) c$",
	"> [0.1](a.json#/b", "> 't')", "![alt [0.1](a.json#/b)](c.svg)", "`[0.1](a.json#/b)`", "[[0.1](a.json#/b)](c)",
	"| a | b |\n|---|---|\n| [1\\|2](a.json#/b) | 2 |\n", "a|b\n-|-\n1|2\n",
	"|a|b|", "|---|:-:|", "a | b", "--|--", "||", "|-|", "- a | b", "# a | b", "> a | b", "| [0.2](a.json#/b) | `x\\|y` | [z](a.json#/c)", "~x [0.3](a.json#/b)~", "~~x~~",
}

func randomDeck(r *rand.Rand) string {
	var deck strings.Builder
	if r.IntN(3) == 0 {
		deck.WriteString("---\nmarp: true\nheadingDivider: " + []string{"1", "2", "[1,3]", "false"}[r.IntN(4)] + "\n---\n")
	}
	for n := 3 + r.IntN(12); n > 0; n-- {
		deck.WriteString(pieces[r.IntN(len(pieces))] + "\n")
	}
	return deck.String()
}

// TestRandomDecksAsMarp compares decks put together from lines at random: SOAK=100 compares a hundred thousand.
func TestRandomDecksAsMarp(t *testing.T) {
	count, seed := 1000, uint64(1)
	if n, err := strconv.Atoi(os.Getenv("SOAK")); err == nil {
		count, seed = 1000*n, rand.Uint64()
		t.Log("seed", seed)
	}
	r := rand.New(rand.NewPCG(seed, 2))
	for ; count > 0; count -= 1000 {
		randomDecksAsMarp(t, r)
	}
}

func randomDecksAsMarp(t *testing.T, r *rand.Rand) {
	t.Helper()
	decks := make([]string, 1000)
	for i := range decks {
		decks[i] = randomDeck(r)
	}
	for i, want := range askMarp(t, decks) {
		want.Text = nil
		if got := ours(decks[i]); !reflect.DeepEqual(got, want) {
			t.Errorf("deck %d:\n%s\ngot  %+v\nwant %+v", i, decks[i], got, want)
		}
	}
}

// TestArchivesAsMarp compares the decks of the archives.
func TestArchivesAsMarp(t *testing.T) {
	var decks []string
	eachArchive(t, "testdata/*/*.txtar", func(t *testing.T, a *archive) {
		decks = append(decks, a.file("deck.md"), a.file("filled.md"))
	})
	for i, want := range askMarp(t, decks) {
		got := ours(decks[i])
		if got.Slides != want.Slides || !reflect.DeepEqual(got.Notes, want.Notes) {
			t.Errorf("%s\ngot  %+v\nwant %+v", decks[i], got, want)
		}
	}
}

// TestTextAsMarp checks that Marp shows the text that was put into a place, and
// shows it without the link too.
func TestTextAsMarp(t *testing.T) {
	var decks, notes []string
	for _, name := range slices.Sorted(maps.Keys(contexts)) {
		for seed := range 40 {
			d := Parse("deck.md", []byte(contexts[name]))
			text := texts.Example(seed)
			filled, err := d.Apply(d.fillText(text))
			if err != nil || text == "" || name == "image" && imageKeyword().MatchString(text) {
				continue // TestTextReadsBack says when it may fail
			}
			f := Parse("deck.md", filled)
			unlinked, err := f.Apply(f.unlinkAll())
			if err != nil {
				t.Fatal(err)
			}
			decks = append(decks, string(filled), string(unlinked))
			notes = append(notes, name+" "+text)
		}
	}
	results := askMarp(t, decks)
	for i, note := range notes {
		linked, unlinked := results[2*i], results[2*i+1]
		if got := ours(decks[2*i]); !strings.Contains(decks[2*i], "$") && !reflect.DeepEqual(got.Links, linked.Links) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", note, decks[2*i], got.Links, linked.Links)
		}
		if !reflect.DeepEqual(linked.Text, unlinked.Text) {
			t.Errorf("%s: %s\nshows   %q\nwithout %q", note, decks[2*i+1], linked.Text, unlinked.Text)
		}
	}
}

// TestUnlinkedAsMarp checks that a deck shows the same text without its links.
func TestUnlinkedAsMarp(t *testing.T) {
	var decks []string
	eachArchive(t, "testdata/edit/*.txtar", func(t *testing.T, a *archive) {
		decks = append(decks, a.file("filled.md"), a.file("unlinked.md"))
	})
	results := askMarp(t, decks)
	for i := 0; i < len(results); i += 2 {
		linked, unlinked := results[i].Text, results[i+1].Text
		if !reflect.DeepEqual(linked, unlinked) {
			t.Errorf("%s\nshows   %q\nwithout %q", decks[i+1], linked, unlinked)
		}
	}
}

// TestTablesAsMarp compares what dashes do below and in tables.
func TestTablesAsMarp(t *testing.T) {
	decks := []string{
		"text\n| a | b |\n|---|---|\n| [1](a.json#/b) | 2 |\n---\n\nx\n",
		"text\n| a | b |\n|---|---|\n---\n\nx\n",
		"text\n| a |\n---\n| 1 |\n\n---\nx\n",
		"| a | b |\n|---|---|\n| 1 | 2 |\n===\n---\n\nx\n",
		"| a | b |\n|---|---|\n| 1 | 2 |\ntext\n---\n\nx\n",
		"| a | b |\n|---|\n---\n\nx\n",
		"a | b\n---|---|---\n---\n\nx\n",
		"a \\| b\n---\n\nx\n",
		"> a | b\n-|-\n---\n\nx\n",
		"> a | b\n> -|-\n> ---\n> x\n",
		"- a | b\n  -|-\n  ---\n  x\n",
		"# a | b\n-|-\n- [1](a.json#/b) | 2\n",
		"1. a | b\n-|-\n1 | 2\n",
		"text\n> a | b\n-|-\n[1](a.json#/b) | 2\n---\nx",
		"text\n<p> | b\n-|-\n[1](a.json#/b) | 2\n---\nx",
		"- a | b\n    -|-\n",
		"||\n\t---\n\n---\n",
		"a | b\n    -|-\n---\n",
		"a | b\n-|-\n    [1](a.json#/b)\n[2](a.json#/c)\n---\n",
		"a\n    [1](a.json#/b)\n",
		"a\n| [1](a.json#/b) |\n| :-: |\n| [2](a.json#/c) | [3](a.json#/d) |\n",
	}
	for i, want := range askMarp(t, decks) {
		want.Text = nil
		if got := ours(decks[i]); !reflect.DeepEqual(got, want) {
			t.Errorf("%q\ngot  %+v\nwant %+v", decks[i], got, want)
		}
	}
}
