package deckgen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// An output is a file to be written.
type output struct {
	name string
	data []byte
}

// hidden is a neighbour of a file or a folder that nobody looks at: of a/b it is a/.b and the suffix.
func hidden(name, suffix string) string {
	return path.Join(path.Dir(name), "."+path.Base(name)+suffix)
}

// stagedSuffix ends the name of a file that is to take another's place.
const stagedSuffix = ".deckgen-new"

// sweep removes what a process left that was killed while it wrote.
func (t *tree) sweep() {
	for _, dir := range []string{"assets", "slides"} {
		fs.WalkDir(t.root.FS(), dir, func(name string, e fs.DirEntry, err error) error {
			if err == nil && e.Type().IsRegular() && strings.HasSuffix(name, stagedSuffix) {
				t.root.Remove(name)
			}
			return nil
		})
	}
}

// write writes files, all of them or none, each whole or not at all: everything is on the disk under another name
// before the first file is replaced. A process that is killed between two files leaves the first ones new: what the others
// are made of has to come first. Files that hold the bytes already are left alone. It returns the names of those
// that changed.
func (t *tree) write(outs []output) (changed []string, err error) {
	var staged [][2]string
	defer func() {
		for _, s := range staged {
			t.root.Remove(s[0])
		}
	}()
	for _, o := range outs {
		name, err := t.follow(o.name)
		if err != nil {
			return nil, err
		}
		if old, err := t.read(name); err == nil && bytes.Equal(old, o.data) {
			continue
		}
		temp := hidden(name, stagedSuffix)
		staged = append(staged, [2]string{temp, name})
		if err := t.stage(temp, name, o.data); err != nil {
			return nil, fail(writeHint(err), "%w; nothing was changed", plain(o.name, err))
		}
		changed = append(changed, o.name)
	}
	for _, s := range staged {
		if err := t.root.Rename(s[0], s[1]); err != nil {
			return nil, plain(s[1], err)
		}
	}
	return changed, nil
}

// stage writes what is to become a file, with the mode of the one that is there.
func (t *tree) stage(temp, name string, data []byte) error {
	mode := fs.FileMode(0o666) // less what the umask takes away
	info, err := t.root.Stat(name)
	replaces := err == nil
	if replaces {
		if mode = info.Mode().Perm(); mode&0o200 == 0 {
			return errReadOnly
		}
	}
	if err := t.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := t.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if replaces {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}

// scratch writes a file that nobody misses if the power fails.
func (t *tree) scratch(o output) error {
	err := t.root.MkdirAll(path.Dir(o.name), 0o777)
	if err == nil {
		err = t.root.WriteFile(o.name, o.data, 0o666)
	}
	if err != nil {
		return fail(writeHint(err), "%w", plain(o.name, err))
	}
	return nil
}

var errReadOnly = errors.New("the file is read-only")

func writeHint(err error) string {
	switch {
	case errors.Is(err, errReadOnly):
		return "chmod u+w it if it may change"
	case errors.Is(err, errDiskFull):
		return "free some space and start again"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, errReadOnlyDisk):
		return "deckgen must be able to write here"
	}
	return ""
}

// follow resolves a symbolic link, so that the file it leads to is replaced and not the link.
func (t *tree) follow(name string) (string, error) {
	info, err := t.root.Lstat(name)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return name, nil
	}
	file, err := filepath.EvalSymlinks(filepath.Join(t.dir, filepath.FromSlash(name)))
	if err != nil {
		return "", plain(name, err)
	}
	to, err := t.local(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return to, nil
}
