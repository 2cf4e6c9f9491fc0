package script

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"deckgen/deckgen/internal/near"
	"deckgen/deckgen/lab"
)

// code identifies what the commands are and the files that they read.
func (s *script) code() (lab.Code, error) {
	run, draw, err := s.files()
	if err != nil {
		return lab.Code{}, err
	}
	var c lab.Code
	var whole map[string]string
	if whole, err = s.digests(run, "command", s.Command.is); err != nil {
		return c, err
	}
	c.SHA256, c.Parts = sum(whole), short(whole)
	if s.Draw != nil {
		if whole, err = s.digests(draw, "draw", s.Draw.Command.is); err == nil {
			c.Draw = short(whole)
		}
	}
	return c, err
}

// files are the names of what the run reads and what the drawing reads. Without a list the run reads everything beside
// the experiment.yaml, except what only the drawing names.
func (s *script) files() (run, draw []string, err error) {
	var beside []string
	if s.Inputs == nil || s.Draw != nil && s.Draw.Inputs == nil {
		if beside, err = s.below(s.dir); err != nil {
			return nil, nil, err
		}
	}
	if s.Draw != nil {
		if draw, err = s.matching(s.Draw.Inputs); err != nil {
			return nil, nil, err
		}
		if s.Draw.Inputs == nil {
			draw = s.named(s.Draw.Command.is, beside)
		}
	}
	if s.Inputs != nil {
		run, err = s.matching(s.Inputs)
		return run, draw, err
	}
	ours := s.named(s.Command.is, beside)
	for _, f := range beside {
		if !slices.Contains(draw, f) || slices.Contains(ours, f) {
			run = append(run, f)
		}
	}
	return run, draw, nil
}

// named are those of the files that a command names.
func (s *script) named(command, files []string) (found []string) {
	for _, f := range files {
		if slices.ContainsFunc(command, func(w string) bool { return path.Join(s.dir, w) == f }) {
			found = append(found, f)
		}
	}
	return found
}

// most is how many files an experiment may read without being told which.
const most = 2000

// below lists the files in a folder, without the experiment.yaml, hidden ones and what Python leaves behind.
func (s *script) below(dir string) (files []string, err error) {
	err = fs.WalkDir(s.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != dir && (base[0] == '.' || base == "__pycache__"):
			return fs.SkipDir
		case e.IsDir(), name == s.file, base[0] == '.':
			return nil
		}
		files = append(files, name)
		if len(files) > most {
			return mistake(s.file, 1, 1, "name those that the command reads: inputs: [run.py, data.csv]",
				"there are more than %d files in %s", most, dir)
		}
		return nil
	})
	return files, err
}

// matching lists the files that patterns name, from the folder of the experiment.
func (s *script) matching(patterns texts) (files []string, err error) {
	for _, p := range patterns {
		name := path.Join(s.dir, p.is)
		if name == ".." || strings.HasPrefix(name, "../") || path.IsAbs(p.is) {
			return nil, s.at(p, "use files of this repository", "the input %q leaves the repository", p.is)
		}
		found, err := fs.Glob(s.fsys, name)
		if err != nil {
			return nil, s.at(p, "", "the input %q is no pattern", p.is)
		}
		if len(found) == 0 {
			return nil, s.at(p, near.Hint(path.Base(name), s.list(path.Dir(name))), "no file matches the input %q", p.is)
		}
		for _, f := range found {
			inner, err := s.below(f)
			if err != nil {
				return nil, err
			}
			files = append(files, inner...)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

func (s *script) list(dir string) (names []string) {
	entries, _ := fs.ReadDir(s.fsys, dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (s *script) at(t text, hint, format string, args ...any) error {
	return mistake(s.file, t.line, t.col, hint, format, args...)
}

// digests are the SHA-256 of files and of the command that reads them.
func (s *script) digests(files []string, what string, command []string) (map[string]string, error) {
	out := map[string]string{s.file + "#" + what: hash([]byte(strings.Join(command, "\x00")))}
	for _, f := range files {
		b, err := fs.ReadFile(s.fsys, f)
		if err != nil {
			return nil, err
		}
		out[f] = hash(unixLines(b))
	}
	return out, nil
}

// unixLines makes a text the same on systems where git writes it with other line ends.
func unixLines(b []byte) []byte {
	if bytes.IndexByte(b, 0) >= 0 {
		return b
	}
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}

func hash(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func sum(parts map[string]string) string {
	h := sha256.New()
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		fmt.Fprintf(h, "%s %s\n", k, parts[k])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func short(parts map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range parts {
		out[k] = v[:8]
	}
	return out
}
