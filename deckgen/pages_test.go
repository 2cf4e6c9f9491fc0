package deckgen

import (
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/fake"
)

// Each rule has a page, and what its examples say is what check says: the bad one has a problem of this rule and of no
// other, the good one has none.
func TestRulePages(t *testing.T) {
	base := t.TempDir()
	project := Project{Experiments: fake.All, Source: fake.Source, Folder: "deckgen/internal/fake"}
	layOut(t, base)
	if code := run(context.Background(), project, quiet(base, "run")); code != exitClean {
		t.Fatalf("run: exit code %d", code)
	}
	for _, r := range catalogue() {
		t.Run(r.Name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("../docs/rules", r.Name+".md"))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(page), "# "+r.Name+"\n\n*"+r.Severity.String()+"*: ") {
				t.Errorf("the page does not start with its name and *%s*", r.Severity)
			}
			if needsMore(r.Name) {
				return
			}
			blocks := fences(string(page))
			for _, kind := range []string{"bad", "good"} {
				if !slices.ContainsFunc(blocks, func(b block) bool { return slices.Contains(b.words, kind) }) {
					t.Errorf("the page has no %s example", kind)
				}
				checkExample(t, project, base, r, blocks, kind)
			}
		})
	}
}

// needsMore reports whether a rule needs a browser, marp-cli or a run, and is tested with that.
func needsMore(name string) bool {
	static := []inspection{deckInspection, referenceInspection, claimInspection, wordingInspection, recordInspection, figureInspection, orphanInspection,
		settingInspection, directiveInspection, themeNameInspection, classInspection, pictureInspection, linkInspection, svgInspection, slideInspection, numberInspection,
		mathInspection, subjectInspection, sourceInspection, repeatedInspection,
		styleInspection, misreadInspection}
	for _, in := range static {
		if slices.ContainsFunc(in.rules, func(r deck.Rule) bool { return r.Name == name }) {
			return false
		}
	}
	return true
}

func checkExample(t *testing.T, project Project, base string, r deck.Rule, blocks []block, kind string) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
		t.Fatal(err)
	}
	slide := 0
	for _, b := range blocks {
		slide = max(slide, b.prepare(t, dir, kind))
	}
	d, err := open(context.Background(), project, quiet(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer d.tree.close()
	sel, err := d.selected(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &checker{driver: d, selection: sel, states: d.states(sel.experiments, 0, "")}
	c.sketchAll()
	problems := c.problems((&settings{}).severer(sel.decks))
	if kind == "bad" && len(problems) == 0 {
		t.Error("the bad example has no problem")
	}
	for _, p := range problems {
		if kind == "good" || p.Rule != r.Name || p.Slide != slide || p.Severity != r.Severity {
			t.Errorf("%s: %s", kind, text(p, nil))
		}
	}
}

// A block is fenced code of a page: an example, a file that both need, or what a shell does first.
type block struct {
	words []string // after the fence
	body  string
}

var fenceRE = regexp.MustCompile("(?ms)^(`{3,})(\\S[^\n]*)\n(.*?)^(`{3,})$")

func fences(page string) (blocks []block) {
	for len(page) > 0 {
		m := fenceRE.FindStringSubmatchIndex(page)
		if m == nil {
			break
		}
		fence := page[m[2]:m[3]]
		end := strings.Index(page[m[5]:], "\n"+fence+"\n") + m[5]
		blocks = append(blocks, block{strings.Fields(page[m[4]:m[5]]), page[m[5]+1 : end+1]})
		page = page[end+1+len(fence):]
	}
	return blocks
}

// prepare puts a block where it belongs and returns the slide that it names.
func (b block) prepare(t *testing.T, dir, kind string) (slide int) {
	write := func(name, body string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.NewReplacer("␍", "\r", "␦", "\xff").Replace(body)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	other := map[string]string{"bad": "good", "good": "bad"}[kind]
	switch {
	case slices.Contains(b.words, other):
	case b.words[0] == "sh":
		cmd := exec.Command("sh", "-ec", b.body)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", b.body, err, out)
		}
	case slices.Contains(b.words, kind):
		write("slides/deck.md", b.body)
		if i := slices.IndexFunc(b.words, func(w string) bool { return strings.HasPrefix(w, "slide=") }); i >= 0 {
			slide = int(b.words[i][len("slide=")] - '0')
		}
	default:
		write(b.words[1], b.body)
	}
	return slide
}

// layOut makes a repository with the fake experiments.
func layOut(t *testing.T, dir string) {
	for _, src := range []struct {
		fsys fs.FS
		to   string
	}{{fake.Source, "deckgen/internal/fake"}, {ownSource, "deckgen"}} {
		if err := os.CopyFS(filepath.Join(dir, src.to), src.fsys); err != nil {
			t.Fatal(err)
		}
	}
	for name, body := range map[string]string{"go.mod": "module deckgen\n", "slides/deck.md": "# Deck\n"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func quiet(dir string, args ...string) system {
	return system{args: args, out: io.Discard, err: io.Discard, getenv: func(string) string { return "" }, dir: dir, cpus: 2}
}
