package source

import (
	"io/fs"
	"sync"
)

// Once is a file system that asks another one for each file and each folder only once. Several looks at the source of a
// module then see the same, for the price of one. What it returns is shared, and not to be changed.
func Once(fsys fs.FS) fs.FS { return &once{FS: fsys} }

type once struct {
	fs.FS
	files, dirs sync.Map // of functions that return the content, by name
}

func (o *once) ReadFile(name string) ([]byte, error) {
	read, _ := o.files.LoadOrStore(name, sync.OnceValues(func() ([]byte, error) { return fs.ReadFile(o.FS, name) }))
	return read.(func() ([]byte, error))()
}

func (o *once) ReadDir(name string) ([]fs.DirEntry, error) {
	list, _ := o.dirs.LoadOrStore(name, sync.OnceValues(func() ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }))
	return list.(func() ([]fs.DirEntry, error))()
}

func (o *once) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }
