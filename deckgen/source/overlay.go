package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Overlay shows a folder of the module as another file system has it: the source that went into the program instead of
// what now lies on the disk. Only Go and assembly files are taken from there.
type Overlay struct {
	fs.FS         // the disk
	Folder string // from the top of the module, such as experiments
	Source fs.FS  // the folder as the program has it
}

func isSource(name string) bool { return path.Ext(name) == ".go" || path.Ext(name) == ".s" }

// within is a name from the top of the folder.
func (o Overlay) within(name string) (string, bool) {
	if name == o.Folder {
		return ".", true
	}
	return strings.CutPrefix(name, o.Folder+"/")
}

// Open opens a file of the program's source, or anything else on the disk.
func (o Overlay) Open(name string) (fs.File, error) {
	if inner, ok := o.within(name); ok && isSource(name) {
		return o.Source.Open(inner)
	}
	return o.FS.Open(name)
}

// ReadDir lists the program's source, and everything else on the disk.
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	inner, ok := o.within(name)
	if !ok {
		return fs.ReadDir(o.FS, name)
	}
	list, err := fs.ReadDir(o.Source, inner)
	if err != nil {
		return nil, err
	}
	disk, _ := fs.ReadDir(o.FS, name) // a folder that is gone has nothing else in it
	list = slices.DeleteFunc(list, func(e fs.DirEntry) bool { return !isSource(e.Name()) })
	for _, e := range disk {
		if !isSource(e.Name()) {
			list = append(list, e)
		}
	}
	return list, nil
}
