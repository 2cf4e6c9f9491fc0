package deck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

// marpResult is what Marp makes of a deck.
type marpResult struct {
	Slides int
	Notes  [][]string
}

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
	r := marpResult{len(d.Slides), make([][]string, len(d.Slides))}
	for i := range r.Notes {
		r.Notes[i] = []string{}
	}
	for _, c := range d.Comments {
		if c.Kind == Note {
			r.Notes[c.Slide-1] = append(r.Notes[c.Slide-1], c.Text)
		}
	}
	return r
}

// TestSlidesAsMarp compares decks put together from lines at random.
func TestSlidesAsMarp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	decks := make([]string, 2000)
	for i := range decks {
		decks[i] = randomDeck(r)
	}
	compareWithMarp(t, decks)
}

func compareWithMarp(t *testing.T, decks []string) {
	t.Helper()
	for i, want := range askMarp(t, decks) {
		if got := ours(decks[i]); !reflect.DeepEqual(got, want) {
			t.Errorf("deck %d:\n%s\ngot  %s\nwant %s", i, decks[i], show(got), show(want))
		}
	}
}

func show(r marpResult) string { return fmt.Sprintf("%d slides, notes %q", r.Slides, r.Notes) }
