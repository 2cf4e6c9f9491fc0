package deck

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the archives expect")

// TestParse reads archives of a deck and what is found in it: a line for each
// slide, reference, directive, comment and problem.
func TestParse(t *testing.T) {
	eachArchive(t, "testdata/parse/*.txtar", func(t *testing.T, a *archive) {
		d := Parse("deck.md", []byte(a.file("deck.md")))
		a.compare(t, "found", found(d))
		if out, err := d.Apply(nil); err != nil || string(out) != a.file("deck.md") {
			t.Errorf("no edits, but the deck changed: %v", err)
		}
	})
}

// found lists what is in a deck.
func found(d *Deck) string {
	var out strings.Builder
	for i, s := range d.Slides {
		fmt.Fprintf(&out, "slide %d line %d %q", i+1, s.Line, s.Heading)
		if s.Blank {
			out.WriteString(" blank")
		}
		out.WriteByte('\n')
	}
	for _, r := range d.Refs {
		fmt.Fprintf(&out, "%d:%d slide %d %s\n", r.Line, r.Col, r.Slide, describe(r))
	}
	for _, c := range d.Directives {
		fmt.Fprintf(&out, "%d:%d slide %d directive %s = %q\n", c.Line, c.Col, c.Slide, c.Key, c.Value)
	}
	for _, c := range d.Comments {
		fmt.Fprintf(&out, "%d:%d slide %d %s %q\n", c.Line, c.Col, c.Slide, [...]string{"note", "directives", "magic"}[c.Kind], c.Text)
	}
	for _, p := range d.Problems {
		fmt.Fprintf(&out, "%d:%d slide %d %s %s: %s (%s)\n", p.Line, p.Col, p.Slide, p.Severity, p.Rule, p.Message, p.Hint)
	}
	return out.String()
}

func describe(r Reference) string {
	s := fmt.Sprintf("%s %s", r.Kind, r.Destination())
	switch r.Kind {
	case Code:
		return fmt.Sprintf("%s %q", s, r.Body)
	case Table:
		return fmt.Sprintf("%s %q %q", s, r.Grid.Header, r.Grid.Rows)
	}
	s += fmt.Sprintf(" %q", r.Text)
	if r.HasTitle {
		s += fmt.Sprintf(" title %q", r.Title)
	}
	if r.Math {
		s += " in a formula"
	}
	if r.Note {
		s += " in a note"
	}
	return s
}

// TestEdit reads archives of a deck, edits by the number of the reference, the
// filled deck, and the deck with its links turned into text. The archives say
// the text of each edit as Go would.
func TestEdit(t *testing.T) {
	eachArchive(t, "testdata/edit/*.txtar", func(t *testing.T, a *archive) {
		src := a.file("deck.md")
		for _, form := range lineForms {
			filled := mustApply(t, form.write(src), a.edits(t))
			a.compare(t, "filled.md", form.read(filled))
			if again := mustApply(t, filled, a.edits(t)); again != filled {
				t.Errorf("%s: filling twice is not filling once:\n%s", form.name, again)
			}
			a.compare(t, "unlinked.md", form.read(mustApply(t, filled, (*Deck).unlinkAll)))
		}
	})
}

// unlinkAll is what render does.
func (d *Deck) unlinkAll() []Edit {
	var edits []Edit
	for _, r := range d.Refs {
		edits = append(edits, d.Unlink(r)...)
	}
	return edits
}

// lineForms are the ways a file can end its lines.
var lineForms = []struct {
	name        string
	write, read func(string) string
}{
	{"LF", same, same},
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }},
	{"byte order mark", func(s string) string { return "\ufeff" + s },
		func(s string) string { return strings.TrimPrefix(s, "\ufeff") }},
}

func same(s string) string { return s }

func mustApply(t *testing.T, src string, edits func(*Deck) []Edit) string {
	t.Helper()
	d := Parse("deck.md", []byte(src))
	out, err := d.Apply(edits(d))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// edits reads lines such as: 2 text "98.1%"
func (a *archive) edits(t *testing.T) func(*Deck) []Edit {
	return func(d *Deck) []Edit {
		var edits []Edit
		for line := range strings.Lines(a.file("edits")) {
			number, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			verb, quoted, _ := strings.Cut(rest, " ")
			i, err1 := strconv.Atoi(number)
			value, err2 := strconv.Unquote(quoted)
			if err1 != nil || err2 != nil || i > len(d.Refs) {
				t.Fatalf("%q is no edit of one of %d references", line, len(d.Refs))
			}
			edits = append(edits, edit(t, d, d.Refs[i-1], verb, value)...)
		}
		return edits
	}
}

func edit(t *testing.T, d *Deck, r Reference, verb, value string) []Edit {
	switch verb {
	case "text":
		return d.SetText(r, value)
	case "title":
		return d.SetTitle(r, value)
	case "body":
		return d.SetBody(r, value)
	case "table":
		rows := strings.Split(value, "\n")
		g := Grid{Header: strings.Split(rows[0], ";")}
		for _, row := range rows[1:] {
			g.Rows = append(g.Rows, strings.Split(row, ";"))
		}
		return d.SetTable(r, g)
	}
	t.Fatalf("unknown edit %s", verb)
	return nil
}

// An archive is a test case: files in one.
type archive struct {
	path string
	*txtar.Archive
}

func eachArchive(t *testing.T, pattern string, test func(*testing.T, *archive)) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives %s: %v", pattern, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			test(t, &archive{path, a})
		})
	}
}

func (a *archive) file(name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func (a *archive) compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		a.rewrite(t, name, got)
		return
	}
	if want := a.file(name); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func (a *archive) rewrite(t *testing.T, name, data string) {
	t.Helper()
	for i, f := range a.Files {
		if f.Name == name {
			a.Files[i].Data = []byte(data)
			name = ""
		}
	}
	if name != "" {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(data)})
	}
	if err := os.WriteFile(a.path, txtar.Format(a.Archive), 0o666); err != nil {
		t.Fatal(err)
	}
}
