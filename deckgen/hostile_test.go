package deckgen

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostileDecks fills and checks decks that no person writes. Two numbers in each are out of date: fill must mend them
// and change no other byte, and do nothing the second time.
func TestHostileDecks(t *testing.T) {
	const line = "結果 **text** `code` [a link](#1)\n\n"
	for name, test := range map[string]struct {
		middle string
		slides int
		says   string // check, if it does not pass
	}{
		"10 MB":                {strings.Repeat(line, 10<<20/len(line)), 1, ""},
		"10,000 slides":        {strings.Repeat("text\n\n---\n\n", 9_999), 10_000, ""},
		"lines of 1 MB":        {strings.Repeat(strings.Repeat("word ", 1<<20/5)+"\n\n", 3), 1, ""},
		"nested quotes":        {strings.Repeat(">", 10_000) + " deep\n", 1, ""},
		"nested lists":         {strings.Repeat("- ", 10_000) + "deep\n", 1, ""},
		"NUL":                  {strings.Repeat("a\x00b\n", 1000), 1, ""},
		"invalid UTF-8":        {"\xff\xfe \xe4\xb8 \xed\xa0\x80\n", 1, "byte 0xff is no UTF-8"},
		"lone carriage return": {"a\rb\r\r---\r\rc\n", 2, ""},
		"20,000 dead links":    {strings.Repeat("[a](no.png) ", 20_000) + "\n", 1, "there is no file slides/no.png"},
	} {
		marks := []string{"", "\ufeff"}
		if len(test.middle) > 1<<20 {
			marks = marks[:1] // it takes a while
		}
		for _, mark := range marks {
			t.Run(name+mark, func(t *testing.T) {
				r := newRepository(t)
				r.put("n.json", `{"v": 12}`)
				const stale = "[9](../n.json#/v)"
				deck := mark + "# Hostile\n\n" + stale + "\n\n" + test.middle + "\n" + stale + "\n"
				r.put("slides/deck.md", deck)
				for range 2 {
					r.deckgen("fill", "slides/deck.md")
					got, err := os.ReadFile(filepath.Join(r.dir, "slides/deck.md"))
					if err != nil {
						t.Fatal(err)
					}
					if string(got) != strings.ReplaceAll(deck, "[9]", "[12]") {
						t.Fatalf("fill changed more than the numbers: %d bytes are %d", len(deck), len(got))
					}
				}
				out, err := r.command("check", "slides/deck.md").CombinedOutput()
				if test.says == "" && err != nil || !strings.Contains(string(out), test.says) {
					t.Errorf("check: %v\n%.2000s", err, out)
				}
				if want := fmt.Sprintf("checked 1 deck with %s, 2 references", plural(test.slides, "slide")); !strings.Contains(string(out), want) {
					t.Errorf("check does not say %q\n%.2000s", want, out)
				}
			})
		}
	}
}

// TestHostileRecords shows numbers out of files that nobody wrote by hand: what can be read is shown, for the rest the
// error names the file, and the deck stays as it is.
func TestHostileRecords(t *testing.T) {
	for name, test := range map[string]struct{ record, pointer, shows, says string }{
		"huge":         {`{"a": [` + strings.Repeat("1.5,", 2_000_000) + `1.25], "v": 12}`, "/a/2000000", "1.25", ""},
		"a huge word":  {`{"a": "` + strings.Repeat("x", 10<<20) + `", "v": 12}`, "/v", "12", ""},
		"many keys":    {`{` + numberedKeys(200_000) + `"v": 12}`, "/v", "12", ""},
		"deep":         {`{"a": ` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `, "v": 12}`, "/v", "", "n.json"},
		"truncated":    {`{"v": 12`, "/v", "", "n.json"},
		"twice a key":  {`{"v": 11, "v": 12}`, "/v", "12", ""},
		"empty":        {"", "/v", "", "n.json"},
		"no text":      {"\x00\xff", "/v", "", "n.json"},
		"a huge power": {`{"v": 1e999999999}`, "/v", "", "n.json"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepository(t)
			r.put("n.json", test.record)
			deck := "[?](../n.json#" + test.pointer + ")\n"
			r.put("slides/deck.md", deck)
			out, err := r.command("fill", "slides/deck.md").CombinedOutput()
			if (err == nil) != (test.says == "") || !strings.Contains(string(out), test.says) || strings.Contains(string(out), "goroutine") {
				t.Errorf("fill: %v\n%.2000s", err, out)
			}
			got, err := os.ReadFile(filepath.Join(r.dir, "slides/deck.md"))
			if err != nil {
				t.Fatal(err)
			}
			want := deck
			if test.says == "" {
				want = strings.Replace(deck, "?", test.shows, 1)
			}
			if string(got) != want {
				t.Errorf("the deck is %.200q, want %q", got, want)
			}
		})
	}
}

func numberedKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"k%d": %d, `, i, i)
	}
	return b.String()
}
