package deckgen

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"deckgen/deckgen/live"
)

// opened is a driver of a repository of its own.
func opened(ctx context.Context, t *testing.T, files map[string]string, said io.Writer) *driver {
	t.Helper()
	dir := t.TempDir()
	modules, err := filepath.Abs("../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		save(t, dir, name, text)
	}
	d, err := open(ctx, Project{Folder: "experiments"}, system{dir: dir, getenv: os.Getenv, out: io.Discard, err: said, cpus: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.tree.close)
	return d
}

// serving is a server of such a repository.
func serving(t *testing.T, files map[string]string) *server {
	ctx, stop := context.WithCancel(t.Context())
	d := opened(ctx, t, files, io.Discard)
	sel, err := d.selected(nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.newServer(sel.decks)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); s.engine.Close() })
	return s
}

func save(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const servedRecord = `{"values": {"x": 1.5}}`

func served() map[string]string {
	return map[string]string{
		"go.mod":                  "module x\n",
		"slides/a.md":             "---\nmarp: true\ntheme: mine\n---\n\n# A\n\n[9.9](../assets/s/e/result.json#/values/x)\n\n---\n\n# B\n\n![b](b.svg)\n",
		"slides/b.svg":            `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"assets/s/e/result.json":  servedRecord,
		"assets/themes/mine.css":  "/* @theme mine */\n@import 'default';\n",
		"experiments/x/x.go":      "package x\n",
		"slides/not-shown/c.json": "{}",
	}
}

// What the browser shows is filled; the file is not touched.
func TestServeView(t *testing.T) {
	s := serving(t, served())
	view := func() live.View {
		t.Helper()
		v, err := s.view("slides/a.md")
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	first := view()
	if len(first.Slides) != 2 || !strings.Contains(first.Slides[0], "<p>1.5</p>") || len(first.Problems) != 0 {
		t.Fatalf("%d slides, %s, %v", len(first.Slides), first.Slides[0], first.Problems)
	}
	if b, _ := s.tree.read("slides/a.md"); string(b) != served()["slides/a.md"] {
		t.Errorf("the deck was changed: %s", b)
	}
	if _, err := s.file("slides/b.svg"); err != nil {
		t.Error(err)
	}
	if _, err := s.file("go.mod"); err == nil {
		t.Error("a file that no slide loads is shown")
	}

	save(t, s.tree.dir, "slides/b.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9"/>`)
	second := view()
	if second.Slides[0] != first.Slides[0] || second.Slides[1] == first.Slides[1] {
		t.Error("a new picture changes its slide and no other")
	}
	save(t, s.tree.dir, "assets/s/e/result.json", strings.Replace(servedRecord, "1.5", "2.5", 1))
	if third := view(); !strings.Contains(third.Slides[0], "<p>2.5</p>") || third.Slides[1] != second.Slides[1] {
		t.Error("a new value changes its slide and no other")
	}

	save(t, s.tree.dir, "slides/a.md", strings.Replace(served()["slides/a.md"], "b.svg", "bb.svg", 1))
	broken := view()
	if len(broken.Problems) != 1 || broken.Problems[0].Slide != 2 || broken.Problems[0].Place != "slides/a.md:14:1" ||
		broken.Problems[0].Hint != "did you mean slides/b.svg?" {
		t.Errorf("%+v", broken.Problems)
	}
	save(t, s.tree.dir, "slides/a.md", served()["slides/a.md"])
	if mended := view(); len(mended.Problems) != 0 {
		t.Errorf("%+v", mended.Problems)
	}
}

// Saving a file shows what depends on it.
func TestServeFollow(t *testing.T) {
	s := serving(t, served())
	for _, file := range s.decks {
		s.update(file)
	}
	w, err := s.watch()
	if err != nil {
		t.Fatal(err)
	}
	var said safeBuffer
	s.sys.err = &said
	go s.follow(w)
	defer w.Close()
	for _, name := range []string{"slides/a.md", "slides/b.svg", "assets/s/e/result.json", "assets/themes/mine.css"} {
		n := strings.Count(said.String(), "updated")
		save(t, s.tree.dir, name, served()[name]+"\n")
		for range 1000 {
			if strings.Count(said.String(), "updated") > n {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if strings.Count(said.String(), "updated") == n {
			t.Fatalf("%s was saved and nothing happened", name)
		}
	}
}

// From the first page to the end: what is saved comes as an event, and an interrupt ends all of it.
func TestServe(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var said safeBuffer
	d := opened(ctx, t, served(), &said)
	ended := make(chan error, 1)
	go func() { ended <- d.serveVerb(serveFlags{Host: "localhost", Run: true}) }()
	var address string
	for address == "" {
		select {
		case err := <-ended:
			t.Fatalf("%v\n%s", err, said.String())
		case <-time.After(10 * time.Millisecond):
			_, after, _ := strings.Cut(said.String(), "the decks are on ")
			address, _, _ = strings.Cut(after, ";")
		}
	}
	r, err := http.Get(address + "/events/slides/a.md")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewReader(r.Body)
	until := func(want string) {
		t.Helper()
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatalf("no event with >%s<: %v\n%s", want, err, said.String())
			}
			if strings.Contains(line, `\u003e`+want+`\u003c`) { // the events are JSON
				return
			}
		}
	}
	until("1.5")
	save(t, d.tree.dir, "assets/s/e/result.json", strings.Replace(servedRecord, "1.5", "2.5", 1))
	until("2.5")
	save(t, d.tree.dir, "slides/a.md", strings.Replace(served()["slides/a.md"], "# B", "# C", 1))
	until("C")
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if r, err := http.Get(address); err == nil {
		r.Body.Close()
		t.Error("it answers after its end")
	}
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
