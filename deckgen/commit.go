package deckgen

import (
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// differences are the files that are not as they were committed, by what they are.
type differences struct{ records, figures, decks, numbers []string }

// compareWithCommit says which records, figures, numbers and decks are not as they were committed.
func (d *driver) compareWithCommit() {
	diff, why := d.differences()
	if why != "" {
		d.talk("compared with nothing: %s", why)
		return
	}
	d.talk("compared with the last commit:")
	for _, part := range []struct {
		name  string
		files []string
	}{{"records", diff.records}, {"figures", diff.figures}, {"numbers", diff.numbers}, {"decks", diff.decks}} {
		if len(part.files) == 0 {
			d.talk("  %s that differ: none", part.name)
			continue
		}
		d.talk("  %s that differ: %d", part.name, len(part.files))
		for _, f := range part.files {
			d.talk("    %s", f)
		}
	}
}

// git runs git in the repository.
func (d *driver) git(args ...string) (string, error) {
	cmd := exec.CommandContext(d.ctx, "git", append([]string{"-C", d.tree.dir}, args...)...)
	out, err := cmd.Output()
	return string(out), err
}

func (d *driver) differences() (diff differences, why string) {
	if _, err := exec.LookPath("git"); err != nil {
		return diff, "there is no git"
	}
	status, err := d.git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "assets", "slides")
	if err != nil {
		return diff, "this is no git repository"
	}
	prefix, err := d.git("rev-parse", "--show-prefix")
	if err != nil {
		return diff, "this is no git repository"
	}
	for entry := range strings.SplitSeq(strings.TrimRight(status, "\x00"), "\x00") {
		if len(entry) < 4 {
			continue
		}
		file := strings.TrimPrefix(entry[3:], strings.TrimSpace(prefix))
		line := file
		switch {
		case entry[:2] == "??" || entry[0] == 'A':
			line += " (new)"
		case strings.Contains(entry[:2], "D"):
			line += " (gone)"
		}
		switch {
		case path.Base(file) == "result.json":
			diff.records = append(diff.records, line)
			diff.numbers = append(diff.numbers, d.movedNumbers(file)...)
		case path.Ext(file) == ".svg", path.Ext(file) == ".png":
			diff.figures = append(diff.figures, line)
		case path.Ext(file) == ".md":
			diff.decks = append(diff.decks, line)
		}
	}
	return diff, ""
}

// movedNumbers lists the values, claims and tables of a record that are not as they were committed.
func (d *driver) movedNumbers(file string) (moved []string) {
	old, err := d.git("show", "HEAD:./"+file)
	if err != nil {
		return nil // it was not there
	}
	now, err := d.tree.read(file)
	if err != nil {
		return nil
	}
	was, is := findings([]byte(old)), findings(now)
	for _, k := range slices.Sorted(maps.Keys(is)) {
		if was[k] != is[k] {
			moved = append(moved, fmt.Sprintf("%s#/%s: %s → %s", file, k, orNothing(was[k]), is[k]))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(was)) {
		if _, ok := is[k]; !ok {
			moved = append(moved, fmt.Sprintf("%s#/%s: %s → nothing", file, k, was[k]))
		}
	}
	const most = 12
	if len(moved) > most {
		moved = append(moved[:most], fmt.Sprintf("%s: and %d more", file, len(moved)-most))
	}
	return moved
}

// findings are what a record says, without the curves and what it was made from.
func findings(raw []byte) map[string]string {
	var parts struct {
		Values json.RawMessage `json:"values"`
		Claims json.RawMessage `json:"claims"`
		Tables json.RawMessage `json:"tables"`
	}
	out := map[string]string{}
	if json.Unmarshal(raw, &parts) != nil {
		return out
	}
	for name, part := range map[string]json.RawMessage{"values": parts.Values, "claims": parts.Claims, "tables": parts.Tables} {
		for k, v := range flatten(part) {
			out[name+"/"+k] = v
		}
	}
	return out
}
