package deckgen

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"deckgen/deckgen/lab"
)

type trustFlags struct {
	Revoke bool `help:"Trust this repository no more."`
	List   bool `help:"List the repositories that are trusted."`
}

// Help says what trusting means.
func (trustFlags) Help() string {
	return `An experiment.yaml names a command, and deckgen run starts it as you: a repository that you trust can do to this
machine whatever you can. Look at the commands first. The list of what you trust is kept in your own configuration folder,
never in a repository.

Examples:
  deckgen trust             let run, draw and build start the commands of this repository
  deckgen trust --revoke    no more
  deckgen run --allow-exec  this once, without trusting it`
}

func (d *driver) trustVerb(f trustFlags) error {
	trusted, err := trustedFolders()
	if err != nil {
		return err
	}
	switch {
	case f.List:
		for _, dir := range trusted {
			fmt.Fprintln(d.sys.out, dir)
		}
		return nil
	case f.Revoke:
		if !slices.Contains(trusted, d.tree.dir) {
			return fail("deckgen trust --list shows what is trusted", "%s is not trusted", d.tree.dir)
		}
		trusted = slices.DeleteFunc(trusted, func(dir string) bool { return dir == d.tree.dir })
		d.talk("%s is not trusted any more", d.tree.dir)
		return writeTrusted(trusted)
	case strings.ContainsAny(d.tree.dir, "\r\n"):
		return fail("rename it", "a folder with a line break in its name cannot be trusted")
	}
	for _, e := range d.scripts.Experiments {
		for _, c := range [][]string{e.Command.Run, e.Command.Draw} {
			if c != nil {
				d.talk("%s: %s", e.Command.File, strings.Join(c, " "))
			}
		}
	}
	d.talk("the commands of %s may run from now on", d.tree.dir)
	if slices.Contains(trusted, d.tree.dir) {
		return nil
	}
	return writeTrusted(append(trusted, d.tree.dir))
}

// trustFile lists the repositories whose commands may run, one absolute path a line.
func trustFile() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fail("set HOME", "the list of trusted repositories has no place: %w", err)
	}
	return filepath.Join(dir, "deckgen", "trusted"), nil
}

func trustedFolders() (dirs []string, err error) {
	file, err := trustFile()
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for line := range strings.Lines(string(b)) {
		if dir := strings.TrimRight(line, "\r\n"); dir != "" {
			dirs = append(dirs, dir)
		}
	}
	return dirs, nil
}

func writeTrusted(dirs []string) error {
	file, err := trustFile()
	if err != nil {
		return err
	}
	slices.Sort(dirs)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	t, err := treeAt(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer t.close()
	_, err = t.write([]output{{filepath.Base(file), []byte(strings.Join(append(dirs, ""), "\n"))}})
	return err
}

// isTrusted reports whether the user trusts this repository. A list that cannot be read trusts nothing.
func (d *driver) isTrusted() bool {
	dirs, err := trustedFolders()
	return err == nil && slices.Contains(dirs, d.tree.dir)
}

// permit says whether an experiment may start its command: only if the user said so, for this repository or this once.
func (d *driver) permit(name string) error {
	if d.allowExec || d.trusted() {
		return nil
	}
	return fail("deckgen trust lets the commands of this repository run from now on, --allow-exec this once; look at them first",
		"nothing of %s may run yet: %s", d.tree.dir, name)
}

// permitAll is permit before anything runs, for several experiments at once.
func (d *driver) permitAll(es []*lab.Experiment) error {
	var names []string
	for _, e := range es {
		if e.Command != nil {
			names = append(names, fmt.Sprintf("%s (%s)", e.Name, strings.Join(e.Command.Run, " ")))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return d.permit(few(names))
}
