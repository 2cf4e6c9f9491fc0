package deckgen

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/live"
	"deckgen/deckgen/page"
	"deckgen/deckgen/script"
)

type serveFlags struct {
	nameArgs
	execFlag
	Host string `default:"localhost" placeholder:"HOST" help:"Listen on HOST, for other machines too. Default: this machine only."`
	Port int    `default:"8484" placeholder:"PORT" help:"Listen on PORT; 0 for any that is free. Default: 8484."`
	Run  bool   `default:"true" negatable:"" help:"Run experiments again when their source changes."`
}

// Help gives examples of serve.
func (serveFlags) Help() string {
	return `What is saved is shown at once: a slide, a theme, a record, a figure. The decks themselves stay as they are on disk;
deckgen fill puts the new values into them.

Examples:
  deckgen serve                                 every deck, on http://localhost:8484
  deckgen serve slides/05_learning_technic.md
  deckgen serve --no-run --port 9000`
}

// A server keeps what the browser shows up to date.
type server struct {
	*driver
	live   *live.Server
	engine *live.Engine
	decks  []string            // their files
	shows  map[string][]string // the files that each deck shows something of
	run    *rerunner           // nil: experiments are not run
	stop   func()              // ends everything

	mu      sync.Mutex
	allowed map[string]bool // the files that slides load
}

func (d *driver) serveVerb(f serveFlags) error {
	sel, err := d.selected(f.Names)
	if err != nil {
		return err
	}
	if len(sel.decks) == 0 {
		return fail("name a deck", "there is no deck to show")
	}
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	d.ctx = ctx
	s, err := d.newServer(sel.decks)
	if err != nil {
		return err
	}
	defer s.engine.Close()
	defer stop() // before that, so that Node.js ends
	s.stop, s.live.Host = stop, f.Host
	if f.Run && s.mayRun() {
		s.run = &rerunner{server: s, names: experimentNames(sel.experiments)}
		defer s.run.stop()
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(f.Host, fmt.Sprint(f.Port)))
	if err != nil {
		return fail("deckgen serve --port 0 takes any that is free", "%w", err)
	}
	return s.serve(listener, f.Host)
}

// mayRun says whether experiments can run again: those in other languages only if the user trusts them.
func (s *server) mayRun() bool {
	if s.ours() || s.permitAll(s.Experiments) == nil {
		return true
	}
	s.talk("no experiment runs again before deckgen trust, or with --allow-exec")
	return false
}

func (d *driver) newServer(decks []*deck.Deck) (*server, error) {
	m, err := d.findMarp()
	if err != nil {
		return nil, err
	}
	script, err := os.ReadFile(m.path("node_modules/@marp-team/marp-core/lib/browser.js"))
	if err != nil {
		return nil, fail("npm ci", "Marp Core is not complete: %w", err)
	}
	s := &server{driver: d, shows: map[string][]string{}, allowed: map[string]bool{}}
	s.live = &live.Server{File: s.file, Script: script}
	if s.engine, err = live.StartEngine(d.ctx, m.node, m.dir); err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	for _, dk := range decks {
		s.decks = append(s.decks, dk.Path)
	}
	return s, nil
}

// serve answers the browser until the user interrupts.
func (s *server) serve(listener net.Listener, host string) error {
	watcher, err := s.watch()
	if err != nil {
		listener.Close()
		return err
	}
	defer watcher.Close()
	for _, file := range s.decks {
		s.update(file)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	s.talk("the decks are on http://%s; Ctrl-C ends it", net.JoinHostPort(host, port))
	web := &http.Server{Handler: s.live.Handler(), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return s.ctx }}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	var following sync.WaitGroup
	following.Go(func() { s.follow(watcher) })
	select {
	case err = <-failed:
	case <-s.ctx.Done():
	}
	web.Close()
	s.stop()
	following.Wait()
	return err
}

// file reads a file that slides load, and no other.
func (s *server) file(name string) ([]byte, error) {
	s.mu.Lock()
	ok := s.allowed[name]
	s.mu.Unlock()
	if !ok {
		return nil, fs.ErrNotExist
	}
	return s.tree.read(name)
}

// update shows a deck as it is now.
func (s *server) update(file string) {
	v, err := s.view(file)
	if err != nil {
		v.Title = cmp.Or(v.Title, file)
		v.Problems = []live.Problem{{Place: file, Severity: deck.Error.String(), Message: err.Error(), Hint: hintOf(err)}}
	}
	s.live.Set(file, v)
}

// view makes what the browser shows of a deck: filled in memory, without links into records, its pictures named by
// their content.
func (s *server) view(file string) (v live.View, err error) {
	dk, err := s.parse(file)
	if err != nil {
		return v, err
	}
	v.Title = cmp.Or(dk.Slides[0].Heading, file)
	problems, err := s.found(dk)
	if err != nil {
		return v, err
	}
	src, err := s.filledAlone(dk)
	if err != nil {
		return v, err
	}
	_, sheets := s.themes()
	c, err := s.engine.Convert(string(src), sheets)
	if c.Anew {
		s.talk("Marp had ended and was started again")
	}
	if err != nil {
		return v, err
	}
	r := &rendering{driver: s.driver, deck: dk, html: []byte("<style>" + c.CSS + "</style>" + strings.Join(c.Slides, "\n"))}
	problems = append(problems, r.unsaid(problems)...)
	problems = append(problems, s.inspect(dk, string(r.html))...)
	css, slides := page.Slides(page.Rewrite(r.html, func(u page.Use) string { return s.address(r.uses[u.URL], u.URL) }))
	for _, sheet := range css {
		v.CSS += string(sheet)
	}
	for _, slide := range slides {
		v.Slides = append(v.Slides, string(slide))
	}
	s.note(dk, r.uses)
	v.Problems = shownProblems(problems)
	return v, nil
}

// unsaid are the problems of what the pages load, without those that the references of the same slide have already.
func (r *rendering) unsaid(said []deck.Problem) []deck.Problem {
	return slices.DeleteFunc(r.findUses(), func(p deck.Problem) bool {
		return slices.ContainsFunc(said, func(q deck.Problem) bool {
			return q.Slide == p.Slide && (q.Rule == p.Rule || q.Rule == "unknown-reference")
		})
	})
}

// found are the problems that concern who writes a slide: not what fill mends, which the browser shows mended.
func (s *server) found(dk *deck.Deck) (problems []deck.Problem, err error) {
	set, err := s.readSettings()
	if err != nil {
		return nil, err
	}
	s.docs.forget()
	sel := &selection{decks: []*deck.Deck{dk}}
	c := &checker{driver: s.driver, selection: sel}
	for _, p := range c.problems(set.severer(sel.decks)) {
		if !strings.HasPrefix(p.Rule, "stale-") && p.Severity != deck.Hint {
			problems = append(problems, p)
		}
	}
	return problems, nil
}

// filledAlone is a deck filled and without links, as far as that can be done.
func (s *server) filledAlone(dk *deck.Deck) ([]byte, error) {
	src, _, _, err := s.filled(dk)
	if err != nil {
		return nil, err
	}
	src, _, err = s.standalone(deck.Parse(dk.Path, src))
	return src, err
}

func shownProblems(problems []deck.Problem) (shown []live.Problem) {
	seen := map[live.Problem]bool{}
	for _, p := range problems {
		l := live.Problem{Slide: max(p.Slide, 1), Place: fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Col), Severity: p.Severity.String(),
			Message: p.Message, Hint: p.Hint}
		if !seen[l] {
			seen[l] = true
			shown = append(shown, l)
		}
	}
	return shown
}

// address names a file by its content, so that the browser sees that it has changed.
func (s *server) address(file, was string) string {
	if file == "" {
		return was
	}
	b, err := s.tree.read(file)
	if err != nil {
		return was
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowed[file] = true
	return "/file/" + relative(file, "") + "?" + digest(b)[:8]
}

// note remembers which files a deck shows something of.
func (s *server) note(dk *deck.Deck, uses map[string]string) {
	files := []string{dk.Path}
	for _, file := range uses {
		files = append(files, file)
	}
	for _, r := range dk.Refs {
		if file, err := resolve(dk, r.Target); err == nil {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	s.shows[dk.Path] = slices.Compact(files)
}

// changed brings up to date what depends on files that have changed.
func (s *server) changed(files []string) {
	began := time.Now()
	all := slices.ContainsFunc(files, func(f string) bool {
		return strings.HasPrefix(f, "assets/themes/") || f == settingsFile
	})
	for _, dk := range s.decks {
		if all || slices.ContainsFunc(files, func(f string) bool { return slices.Contains(s.shows[dk], f) }) {
			s.update(dk)
			s.talk("updated %s in %s", dk, short(time.Since(began)))
		}
	}
	if s.run != nil && slices.ContainsFunc(files, s.runs) {
		s.run.start()
	}
}

// runs reports whether a file is one of those that experiments are made of.
func (s *server) runs(file string) bool {
	return strings.HasPrefix(file, s.Folder+"/") || strings.HasPrefix(file, script.Folder+"/")
}

// watched are the folders in which something may change that a deck shows.
func (s *server) watched() (folders []string) {
	for _, top := range []string{"slides", "assets", s.Folder, script.Folder} {
		fs.WalkDir(s.tree.root.FS(), top, func(name string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				folders = append(folders, name)
			}
			return nil
		})
	}
	for _, files := range s.shows {
		for _, file := range files {
			folders = append(folders, path.Dir(file))
		}
	}
	for _, file := range s.decks {
		folders = append(folders, path.Dir(file))
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// local turns what the watcher says into a name in the tree.
func (s *server) local(name string) (string, bool) {
	rel, err := filepath.Rel(s.tree.dir, name)
	base := filepath.Base(name)
	return filepath.ToSlash(rel), err == nil && !strings.HasPrefix(base, ".") && !strings.HasSuffix(base, "~")
}
