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
	"time"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/internal/lazy"
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
	m := &marp{dir: d.tree.dir, browser: browser.Find(d.sys.getenv)}
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

var themeRE = lazy.Regexp(`@theme\s+([^\s*]+)`)

var marpThemes = []string{"default", "gaia", "uncover"}

// themes are the names of the themes that a deck may use, and the style sheets of those that Marp has not.
func (d *driver) themes() (names, sheets []string) {
	names = slices.Clone(marpThemes)
	files, _ := fs.Glob(d.tree.root.FS(), "assets/themes/*.css")
	for _, file := range files {
		b, err := d.tree.read(file)
		if m := themeRE().FindSubmatch(b); err == nil && m != nil {
			names, sheets = append(names, string(m[1])), append(sheets, string(b))
		}
	}
	return names, sheets
}
