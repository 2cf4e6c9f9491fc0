package deckgen

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"deckgen/deckgen/deck"
)

const marpScript = "node_modules/@marp-team/marp-cli/marp-cli.js"

// A marp is marp-cli as it is installed here.
type marp struct {
	dir     string // of the repository
	node    string
	themes  string // the folder of themes, "" for none
	browser string // "" for none
}

// findMarp looks for what rendering needs, and says how to get what is not there.
func (d *driver) findMarp() (*marp, error) {
	m := &marp{dir: d.tree.dir, browser: d.findBrowser()}
	var err error
	if m.node, err = exec.LookPath("node"); err != nil {
		return nil, fail("install Node.js 18 or newer: https://nodejs.org", "rendering needs Node.js, and there is no node in PATH")
	}
	if !exists(m.dir, marpScript) {
		hint := "npm ci"
		if !d.tree.has("package-lock.json") {
			hint = "npm install --save-dev @marp-team/marp-cli"
		}
		return nil, fail(hint, "rendering needs marp-cli, which is not installed in %s", m.dir)
	}
	if d.tree.has("assets/themes") {
		m.themes = filepath.Join(m.dir, "assets", "themes")
	}
	return m, nil
}

var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	`C:\Program Files\Google\Chrome\Application\chrome.exe`,
	`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`}

func (d *driver) findBrowser() string {
	for _, b := range append([]string{d.sys.getenv("CHROME_PATH")}, browsers...) {
		if b == "" {
			continue
		}
		if file, err := exec.LookPath(b); err == nil {
			return file
		}
	}
	return ""
}

// convert runs marp-cli on a copy of a deck. Both files are named from the top of the repository.
func (m *marp) convert(ctx context.Context, from, to string, flags ...string) error {
	args := []string{m.path(marpScript), "--no-stdin", "--no-config"}
	if m.themes != "" {
		args = append(args, "--theme-set", m.themes)
	}
	cmd := exec.CommandContext(ctx, m.node, append(append(args, flags...), "--output", m.path(to), "--", path.Base(from))...)
	cmd.Dir = m.path(path.Dir(from))
	cmd.Env = append(os.Environ(), "CHROME_PATH="+m.browser, "LC_ALL=C.UTF-8") // the locale would become the language
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 3 * time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("marp-cli could not make %s: %w\n%s", path.Base(to), err, bytes.TrimSpace(said.Bytes()))
	}
	return nil
}

// path is where a file of the repository is for the operating system.
func (m *marp) path(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

var themeRE = regexp.MustCompile(`@theme\s+([^\s*]+)`)

// themes lists the names of the themes that a deck may use.
func (d *driver) themes() []string {
	names := []string{"default", "gaia", "uncover"}
	files, _ := fs.Glob(d.tree.root.FS(), "assets/themes/*.css")
	for _, file := range files {
		b, err := d.tree.read(file)
		if m := themeRE.FindSubmatch(b); err == nil && m != nil {
			names = append(names, string(m[1]))
		}
	}
	return names
}

const slideMark = "<svg data-marpit-svg"

// renderRules are what is found in what Marp made.
var renderRules = []deck.Rule{
	{Name: "slide-count", Severity: deck.Error, Summary: "Marp makes another number of slides of a deck than deckgen counts"},
	{Name: "theme", Severity: deck.Error, Summary: "Marp does not know the theme of a deck and takes its own"},
	{Name: "remote", Severity: deck.Warning, Summary: "a single file still loads something from another host"},
	{Name: "formula", Severity: deck.Error, Summary: "a formula is shown as an error"},
}

// inspect looks in the HTML for what Marp passes over in silence.
func inspect(dk *deck.Deck, html string, themes []string) (problems []deck.Problem) {
	pages := strings.Split(html, slideMark)[1:]
	if len(pages) != len(dk.Slides) {
		problems = append(problems, deck.Problem{Path: dk.Path, Line: 1, Col: 1, Slide: 1, Rule: "slide-count",
			Message: fmt.Sprintf("Marp makes %s of this deck, deckgen counts %d", plural(len(pages), "slide"), len(dk.Slides)),
			Hint:    "please report this deck: the slide numbers of the other messages may be wrong"})
	}
	problems = append(problems, themeProblems(dk, pages, themes)...)
	for i, page := range pages {
		if i >= len(dk.Slides) {
			break
		}
		for _, message := range formulaErrors(page) {
			problems = append(problems, deck.Problem{Path: dk.Path, Line: firstLine(dk, i), Col: 1, Slide: i + 1,
				Rule: "formula", Message: "a formula is shown as an error: " + message, Hint: "mend the TeX"})
		}
	}
	return problems
}

// firstLine is the first line of a slide that has something on it.
func firstLine(dk *deck.Deck, slide int) int {
	s := dk.Slides[slide]
	text := dk.Src[s.Start:s.End]
	blank := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	return s.Line + bytes.Count(text[:blank], []byte("\n"))
}

// themeProblems finds a theme that Marp does not know and replaced by its own.
func themeProblems(dk *deck.Deck, pages, themes []string) []deck.Problem {
	i := slices.IndexFunc(dk.Directives, func(v deck.Directive) bool { return v.Key == "theme" && v.Value != "" })
	if i < 0 || len(pages) == 0 {
		return nil
	}
	v := dk.Directives[i]
	if strings.Contains(pages[0], `data-theme="`+v.Value+`"`) {
		return nil
	}
	return []deck.Problem{{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Rule: "theme",
		Message: fmt.Sprintf("Marp does not know the theme %q and takes its own", v.Value),
		Hint:    didYouMean(v.Value, themes) + "; themes are in " + path.Clean("assets/themes")}}
}

var formulaREs = []*regexp.Regexp{
	regexp.MustCompile(`data-mjx-error="([^"]*)"`),
	regexp.MustCompile(`class="katex-error"[^>]*title="([^"]*)"`),
	regexp.MustCompile(`data-mml-node="mtext" fill="red"[^>]*>(?:<[^>]*>)*([^<]*)`),
	regexp.MustCompile(`mathcolor="#cc0000"[^>]*>(?:<[^>]*>)*([^<]*)`),
}

func formulaErrors(page string) (messages []string) {
	for _, re := range formulaREs {
		for _, m := range re.FindAllStringSubmatch(page, -1) {
			message := m[1]
			if message == "" {
				message = "undefined macro"
			}
			messages = append(messages, message)
		}
	}
	return messages
}
