package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// An Overlay shows a folder of the module as another file system has it: the source that went into the program instead
// of what now lies on the disk. Only source files are taken from there: Go, and assembly if it has any.
type Overlay struct {
	fs.FS         // the disk
	folder string // from the top of the module, such as experiments
	source fs.FS  // the folder as the program has it
	asm    bool   // it has assembly

	packages map[string]bool // the folders in source that hold any; one that only leads to them is as on the disk
}

// NewOverlay lays source over a folder of the module on disk.
func NewOverlay(disk fs.FS, folder string, source fs.FS) Overlay {
	o := Overlay{FS: disk, folder: folder, source: source, packages: map[string]bool{}}
	fs.WalkDir(source, ".", func(name string, _ fs.DirEntry, _ error) error {
		o.asm = o.asm || path.Ext(name) == ".s"
		if isSource(name) {
			o.packages[path.Dir(name)] = true
		}
		return nil
	})
	return o
}

func (o Overlay) covers(name string) bool {
	return path.Ext(name) == ".go" || o.asm && path.Ext(name) == ".s"
}

// within is a name from the top of the folder, if the program has anything there.
func (o Overlay) within(name string) (string, bool) {
	inner, ok := strings.CutPrefix(name, o.folder+"/")
	if name == o.folder {
		inner, ok = ".", true
	}
	if !ok {
		return "", false
	}
	dir := inner
	if o.covers(name) {
		dir = path.Dir(inner)
	}
	return inner, o.packages[dir]
}

// Open opens a file of the program's source, or anything else on the disk.
func (o Overlay) Open(name string) (fs.File, error) {
	if inner, ok := o.within(name); ok && o.covers(name) {
		return o.source.Open(inner)
	}
	return o.FS.Open(name)
}

// ReadDir lists the program's source, and everything else on the disk.
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	inner, ok := o.within(name)
	if !ok {
		return fs.ReadDir(o.FS, name)
	}
	list, err := fs.ReadDir(o.source, inner)
	if err != nil {
		return nil, err
	}
	disk, _ := fs.ReadDir(o.FS, name) // a folder that is gone has nothing else in it
	list = slices.DeleteFunc(list, func(e fs.DirEntry) bool { return !o.covers(e.Name()) })
	for _, e := range disk {
		if !o.covers(e.Name()) {
			list = append(list, e)
		}
	}
	return list, nil
}

// Same reports whether the overlay shows what the disk does.
func (o Overlay) Same() bool {
	buf := make([]byte, 4096)
	err := fs.WalkDir(o.source, ".", func(inner string, e fs.DirEntry, err error) error {
		name := path.Join(o.folder, inner)
		switch {
		case err != nil:
			return err
		case e.IsDir() && o.packages[inner]:
			return o.sameNames(inner, name)
		case e.IsDir():
			return nil
		case !o.covers(name):
			return nil
		}
		theirs, err := fs.ReadFile(o.FS, name)
		if err != nil || !holds(o.source, inner, theirs, buf) {
			return errDiffers
		}
		return nil
	})
	return err == nil
}

// holds reports whether a file has a content. It reads no more at a time than fits buf.
func holds(fsys fs.FS, name string, content, buf []byte) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	for {
		n, err := f.Read(buf)
		if !bytes.HasPrefix(content, buf[:n]) {
			return false
		}
		content = content[n:]
		if err != nil {
			return err == io.EOF && len(content) == 0
		}
	}
}

var errDiffers = errors.New("the sources differ")

// sameNames compares the source files that a folder has.
func (o Overlay) sameNames(inner, name string) error {
	ours, err := fs.ReadDir(o.source, inner)
	if err != nil {
		return err
	}
	theirs, err := fs.ReadDir(o.FS, name)
	if err != nil || !slices.Equal(o.sources(ours), o.sources(theirs)) {
		return errDiffers
	}
	return nil
}

func (o Overlay) sources(entries []fs.DirEntry) (names []string) {
	for _, e := range entries {
		if !e.IsDir() && o.covers(e.Name()) && !strings.HasSuffix(e.Name(), "_test.go") {
			names = append(names, e.Name())
		}
	}
	return names
}
