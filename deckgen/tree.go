package deckgen

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// A tree is the repository: the folder that everything is in. All names are slash-separated from its top. Nothing
// outside of it is ever opened, not even through a symbolic link.
type tree struct {
	dir  string
	root *os.Root
}

// openTree finds the top of the repository: the nearest folder upwards with a go.mod, or with slides and either assets or
// experiments. Where there is none it is the working directory itself.
func openTree(dir string) (*tree, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	top := dir
	for at := dir; ; at = filepath.Dir(at) {
		if exists(at, "go.mod") || exists(at, "slides") && (exists(at, "assets") || exists(at, "experiments")) {
			top = at
			break
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	return treeAt(top)
}

func treeAt(dir string) (*tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &tree{dir: dir, root: root}, nil
}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

func (t *tree) close() { t.root.Close() }

var errOutside = errors.New("the path leaves the repository")

// join resolves a path from a folder.
func join(dir, target string) (string, error) {
	if path.IsAbs(target) || filepath.IsAbs(target) || strings.ContainsRune(target, 0) {
		return "", errOutside
	}
	name := path.Join(dir, target)
	if name == ".." || strings.HasPrefix(name, "../") {
		return "", errOutside
	}
	return name, nil
}

// local turns a path of the operating system into a name in the tree.
func (t *tree) local(file string) (string, error) {
	if resolved, err := filepath.EvalSymlinks(filepath.Dir(file)); err == nil {
		file = filepath.Join(resolved, filepath.Base(file))
	}
	rel, err := filepath.Rel(t.dir, file)
	if err != nil {
		return "", errOutside
	}
	return join(".", filepath.ToSlash(rel))
}

// open opens a regular file of a size; anything else might never let go of the reader.
func (t *tree) open(name string) (f *os.File, size int64, err error) {
	info, err := t.root.Stat(name)
	if err != nil {
		return nil, 0, plain(name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%s is no regular file", name)
	}
	if f, err = t.root.Open(name); err != nil {
		return nil, 0, plain(name, err)
	}
	return f, info.Size(), nil
}

// read returns the bytes of a regular file.
func (t *tree) read(name string) ([]byte, error) {
	f, size, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, size, size+512)
	if n, err := io.ReadFull(f, b); err != nil { // it became shorter meanwhile
		b = b[:n]
	}
	rest, err := io.ReadAll(f)
	return append(b, rest...), err
}

var buffers = sync.Pool{New: func() any { return make([]byte, 16<<10) }}

// digest is that of a regular file, without holding it in memory.
func (t *tree) digest(name string) (string, error) {
	f, _, err := t.open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h, buf := sha256.New(), buffers.Get().([]byte)
	defer buffers.Put(buf)
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{f}, buf); err != nil {
		return "", plain(name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// has reports whether a file or folder is there.
func (t *tree) has(name string) bool {
	_, err := t.root.Stat(name)
	return err == nil
}

// around reports whether a name that leaves the tree stays in the git repository around it.
func (t *tree) around(name string) bool {
	below := t.below()
	return below != "" && !path.IsAbs(name) && !strings.HasPrefix(path.Join(below, name), "../")
}

// list returns the names of the files in a folder, for hints.
func (t *tree) list(dir string) (names []string) {
	entries, _ := fs.ReadDir(t.root.FS(), path.Clean(dir))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// walk visits what is below a folder and is no folder itself. The error says what could not be read; where there is no
// such folder there is nothing to visit.
func (t *tree) walk(dir string, visit func(name string, e fs.DirEntry)) error {
	var errs []error
	fs.WalkDir(t.root.FS(), dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && (name != dir || !errors.Is(err, fs.ErrNotExist)):
			errs = append(errs, plain(name, err))
		case err == nil && !e.IsDir():
			visit(name, e)
		}
		return nil
	})
	return errors.Join(errs...)
}

// plain is an error of the file system in a user's words, without the operation.
func plain(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", name, errMissing)
	case strings.Contains(err.Error(), "escapes"):
		return fmt.Errorf("%s: %w", name, errOutside)
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

var errMissing = errors.New("there is no such file")
