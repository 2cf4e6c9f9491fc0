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
	if m.themes != "" {
		args = append(args, "--theme-set", m.themes)
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
	files, _ := fs.Glob(d.tree.root.FS(), "assets/themes/*.css")
	for _, file := range files {
		b, err := d.tree.read(file)
		if m := themeRE().FindSubmatch(b); err == nil && m != nil {
			names, sheets = append(names, string(m[1])), append(sheets, string(b))
		}
	}
	return names, sheets
}
