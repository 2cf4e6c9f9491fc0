package live

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func shown() *Server {
	s := &Server{Host: "board", File: func(name string) ([]byte, error) {
		if name == "a b.svg" {
			return []byte("<svg/>"), nil
		}
		return nil, fs.ErrNotExist
	}}
	s.Set("slides/a.md", View{Title: "<A>", CSS: "a", Slides: []string{"one", "two"}})
	return s
}

func ask(t *testing.T, h http.Handler, host, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", "http://"+host+path, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A process that ends is started again, and one that always ends says why.
func TestEngineAgain(t *testing.T) {
	again := func(script string) *Engine {
		return &Engine{patience: time.Minute, start: func() *exec.Cmd { return exec.Command("sh", "-c", script) }}
	}
	once := again(`read question && echo '{"slides": ["one"]}'`)
	defer once.Close()
	for i, anew := range []bool{true, true, true} {
		if c, err := once.Convert("a", nil); err != nil || c.Anew != anew || len(c.Slides) != 1 {
			t.Errorf("question %d: %+v, %v", i, c, err)
		}
	}
	always := again(`while read question; do echo '{"slides": ["one"]}'; done`)
	defer always.Close()
	for i, anew := range []bool{true, false, false} {
		if c, err := always.Convert("a", nil); err != nil || c.Anew != anew {
			t.Errorf("question %d: %+v, %v", i, c, err)
		}
	}
	never := again("echo out of memory >&2; exit 1")
	for range 2 {
		if c, err := never.Convert("a", nil); err == nil || !strings.Contains(err.Error(), "out of memory") || c.Anew {
			t.Errorf("%+v, %v", c, err)
		}
	}
}

// A process that never answers is ended, is not asked the same again, and the next deck has a new one.
func TestEngineSlow(t *testing.T) {
	starts := 0
	e := &Engine{patience: 300 * time.Millisecond, start: func() *exec.Cmd {
		starts++
		if starts == 1 {
			return exec.Command("sh", "-c", "read question; while :; do :; done")
		}
		return exec.Command("sh", "-c", `read question && echo '{"slides": ["one"]}'; read more`)
	}}
	defer e.Close()
	if err := e.begin(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Convert(strings.Repeat("a", 1<<20), nil); !errors.Is(err, errSlow) || starts != 1 {
		t.Fatalf("%v after %d starts", err, starts)
	}
	e.patience = time.Minute
	if c, err := e.Convert("a", nil); err != nil || !c.Anew || starts != 2 {
		t.Errorf("%+v, %v after %d starts", c, err, starts)
	}
}

// A page whose name was made to lead to this machine must not read anything.
func TestHost(t *testing.T) {
	h := shown().Handler()
	for host, want := range map[string]int{
		"localhost:8484": 200, "LOCALHOST": 200, "127.0.0.1:1": 200, "[::1]:8484": 200, "192.168.1.7:8484": 200, "board:8484": 200,
		"evil.example": 403, "localhost.evil.example:8484": 403, "127.0.0.1.evil.example": 403, "boards": 403,
	} {
		for _, path := range []string{"/deck/slides/a.md", "/page.js", "/file/a%20b.svg"} {
			if got := ask(t, h, host, path).Code; got != want {
				t.Errorf("%s%s: %d, want %d", host, path, got, want)
			}
		}
	}
}

func TestPages(t *testing.T) {
	s := shown()
	h := s.Handler()
	if w := ask(t, h, "localhost", "/"); w.Code != http.StatusFound || w.Header().Get("Location") != "/deck/slides/a.md" {
		t.Errorf("a single deck is not opened: %d %s", w.Code, w.Header().Get("Location"))
	}
	s.Set("b.md", View{Title: "</ul><script>"})
	for path, want := range map[string]string{
		"/":                 "&lt;/ul&gt;&lt;script&gt;",
		"/deck/slides/a.md": "<title>&lt;A&gt;</title>",
		"/file/a%20b.svg":   "<svg/>",
	} {
		if w := ask(t, h, "localhost", path); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, no %s in %s", path, w.Code, want, w.Body)
		}
	}
	for _, path := range []string{"/deck/none.md", "/events/none.md", "/file/go.mod", "/file/../go.mod"} {
		if w := ask(t, h, "localhost", path); w.Code == 200 {
			t.Errorf("%s is shown", path)
		}
	}
}

// A page is told everything once, and then what is new.
func TestEvents(t *testing.T) {
	s := shown()
	web := httptest.NewServer(s.Handler())
	defer web.Close()
	r, err := http.Get(web.URL + "/events/slides/a.md")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	next := func() (m message) {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				if err := json.Unmarshal([]byte(data), &m); err != nil {
					t.Fatal(err)
				}
				return m
			}
		}
		t.Fatal("the events ended")
		return m
	}
	if m := next(); m.CSS == nil || m.Total != 2 || len(m.Slides) != 2 || len(m.Problems) != 0 {
		t.Errorf("at first: %+v", m)
	}
	s.Set("slides/a.md", View{CSS: "a", Slides: []string{"one", "2", "three"}, Problems: []Problem{{Slide: 2, Message: "wrong"}}})
	if m := next(); m.CSS != nil || m.Total != 3 || len(m.Slides) != 2 || m.Slides[1] != "2" || len(m.Problems) != 1 {
		t.Errorf("after a change: %+v", m)
	}
	s.Say("running x", Problem{Message: "failed"})
	if m := next(); len(m.Slides) != 0 || m.Status != "running x" || len(m.Problems) != 2 {
		t.Errorf("of a run: %+v", m)
	}
	s.Say("")
	s.Set("slides/a.md", View{CSS: "a", Slides: []string{"one"}})
	m := next()
	for len(m.Problems) > 0 || m.Total != 1 {
		m = next() // both changes may come as one message or as two
	}
	if len(m.Slides) != 0 {
		t.Errorf("when mended: %+v", m)
	}
}
