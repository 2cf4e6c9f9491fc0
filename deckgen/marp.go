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
	"slices"
	"strings"
	"time"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/internal/lazy"
)

const marpScript = "node_modules/@marp-team/marp-cli/marp-cli.js"

// A marp is marp-cli as it is installed here.
type marp struct {
	dir     string // of the repository
	node    string
	themes  []string // their files
	html    bool     // all of it is let through
	browser string   // "" for none
}

// findMarp looks for what rendering needs, and says how to get what is not there.
func (d *driver) findMarp() (*marp, error) {
	m := &marp{dir: d.tree.dir, browser: browser.Find(d.sys.getenv), html: d.allowsHTML()}
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
	for _, file := range d.themeFiles() {
		m.themes = append(m.themes, m.path(file))
	}
	return m, nil
}

// convert runs marp-cli on a copy of a deck. Both files are named from the top of the repository.
func (m *marp) convert(ctx context.Context, from, to string, flags ...string) error {
	_, err := m.run(ctx, path.Dir(from), nil, append(flags, "--no-stdin", "--output", m.path(to), "--", path.Base(from))...)
	return err
}

// page makes of a deck one HTML file with nothing but its slides.
func (m *marp) page(ctx context.Context, src []byte) ([]byte, error) {
	return m.run(ctx, ".", append(src, '\n'), "--template", "bare", "--output", "-") // nothing at all is no deck to it
}

// run runs marp-cli in a folder of the repository and returns what it writes to standard output.
func (m *marp) run(ctx context.Context, folder string, stdin []byte, flags ...string) ([]byte, error) {
	args := []string{"--no-opt", m.path(marpScript), "--no-config"} // it ends before node's optimizer pays
	if len(m.themes) > 0 {
		args = append(append(args, "--theme-set"), m.themes...)
	}
	if m.html {
		args = append(args, "--html")
	}
	cmd := exec.CommandContext(ctx, m.node, append(args, flags...)...)
	cmd.Dir = m.path(folder)
	cmd.Env = append(os.Environ(), "CHROME_PATH="+m.browser, "LC_ALL=C.UTF-8") // the locale would become the language
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 3 * time.Second
	var said bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(stdin), &said
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("marp-cli could not convert the deck: %w\n%s", err, bytes.TrimSpace(said.Bytes()))
	}
	return out, nil
}

// path is where a file of the repository is for the operating system.
func (m *marp) path(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

var themeRE = lazy.Regexp(`@theme\s+([^\s*]+)`)

var marpThemes = []string{"default", "gaia", "uncover"}

// themes are the names of the themes that a deck may use, and the style sheets of those that Marp has not.
func (d *driver) themes() (names, sheets []string) {
	names = slices.Clone(marpThemes)
	for _, file := range d.themeFiles() {
		b, _ := d.tree.read(file)
		names, sheets = append(names, themeIn(b)), append(sheets, string(b))
	}
	return names, sheets
}

// themeIn is the name of the theme that a style sheet says it is, "" for none.
func themeIn(css []byte) string {
	if m := themeRE().FindSubmatch(css); m != nil {
		return string(m[1])
	}
	return ""
}

// themeFiles are the style sheets of themes: those in assets/themes or, in a repository without that folder, wherever they
// lie. Of two with one name the one nearer to the top counts.
func (d *driver) themeFiles() (files []string) {
	disk := d.tree.root.FS()
	files, _ = fs.Glob(disk, "assets/themes/*.css")
	if !d.tree.has("assets/themes") {
		fs.WalkDir(disk, ".", func(file string, e fs.DirEntry, err error) error {
			switch {
			case err == nil && e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".git"):
				return fs.SkipDir
			case err == nil && path.Ext(file) == ".css":
				files = append(files, file)
			}
			return nil
		})
	}
	slices.SortStableFunc(files, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	seen := map[string]bool{"": true}
	return slices.DeleteFunc(files, func(file string) bool {
		css, _ := d.tree.read(file)
		name := themeIn(css)
		again := seen[name]
		seen[name] = true
		return again
	})
}
