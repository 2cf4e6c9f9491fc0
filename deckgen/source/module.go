// Package source knows Go source by symbol: which declarations a function reaches, and what a declaration looks like on
// a slide. It is the only package that knows go/ast.
package source

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"
)

// A Module is the source of one Go module. Its packages are read when first asked for, each once, so that a Module
// shows the source as it was then. It may be used from several goroutines.
type Module struct {
	fsys    fs.FS
	path    string            // the module path, such as deckgen
	require map[string]string // other modules: path to version

	mu      sync.Mutex
	pkgs    map[string]*pkg                 // by folder
	reached map[string]func() (Code, error) // what Reach found
	sums    map[string]string               // digests of embedded files

	// for Memo
	saw      map[string]string
	codes    map[string]Code   // by the key of reached
	declared map[string]string // what Declared found
	learnt   bool              // something that Recall did not know
}

// Open reads the go.mod at the top of fsys.
func Open(fsys fs.FS) (*Module, error) {
	b, err := fs.ReadFile(fsys, "go.mod")
	if err != nil {
		return nil, err
	}
	mod, err := modfile.ParseLax("go.mod", b, nil)
	if err != nil {
		return nil, err
	}
	if mod.Module == nil {
		return nil, errors.New("go.mod: there is no module line")
	}
	m := &Module{fsys: fsys, path: mod.Module.Mod.Path, require: map[string]string{}, pkgs: map[string]*pkg{},
		reached: map[string]func() (Code, error){}, sums: map[string]string{},
		saw: map[string]string{}, codes: map[string]Code{}, declared: map[string]string{}}
	m.see("file", "go.mod", hash(b))
	for _, r := range mod.Require {
		m.require[r.Mod.Path] = r.Mod.Version
	}
	for _, r := range mod.Replace {
		m.require[r.Old.Path] = r.New.String()
	}
	return m, nil
}

// Path is the module path that go.mod gives.
func (m *Module) Path() string { return m.path }

// folder is where in the module the package of an import path lies; ok is false for packages of other modules.
func (m *Module) folder(importPath string) (dir string, ok bool) {
	if importPath == m.path {
		return ".", true
	}
	return strings.CutPrefix(importPath, m.path+"/")
}

// version finds the required module that an import path belongs to. It is empty for the standard library, which has
// none.
func (m *Module) version(importPath string) (mod, version string) {
	for p := importPath; p != "."; p = path.Dir(p) {
		if v, ok := m.require[p]; ok {
			return p, v
		}
	}
	return "", ""
}

// A pkg is a parsed package.
type pkg struct {
	ready    sync.WaitGroup // until then, the rest is being filled in
	err      error
	dir      string
	files    []*file
	assembly map[string]string  // file name to digest
	decls    map[string][]*decl // functions, types, variables and constants by name; build tags may give a name twice
	methods  map[string][]*decl // by the name of the receiver's type
	start    []*decl            // what runs by itself when the package is loaded
}

// load parses the package in a folder, and starts on those that it imports.
func (m *Module) load(dir string) *pkg {
	m.mu.Lock()
	p, ok := m.pkgs[dir]
	if !ok {
		p = &pkg{dir: dir, assembly: map[string]string{}, decls: map[string][]*decl{}, methods: map[string][]*decl{}}
		p.ready.Add(1)
		m.pkgs[dir] = p
	}
	m.mu.Unlock()
	if !ok {
		p.err = m.fill(p)
		p.ready.Done()
	}
	p.ready.Wait()
	return p
}

// fill parses the files of a package side by side: all of them whatever their build tags, so that the digest is the
// same on each machine.
func (m *Module) fill(p *pkg) error {
	sources, err := readSources(m.fsys, p.dir)
	if err != nil {
		var why *fs.PathError
		if errors.As(err, &why) {
			err = why.Err
		}
		return fmt.Errorf("package %s: %w", p.dir, err)
	}
	m.see("package", p.dir, sumOf(digests(sources)))
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	for name, src := range sources {
		wg.Go(func() {
			if err := p.add(&mu, name, src); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
		})
	}
	wg.Wait()
	slices.SortFunc(errs, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	if err := errors.Join(errs...); err != nil {
		return err
	}
	slices.SortFunc(p.files, func(a, b *file) int { return cmp.Compare(a.name, b.name) })
	m.index(p)
	return nil
}

// add takes in a Go or assembly file. The lock is for what the files have in common.
func (p *pkg) add(mu *sync.Mutex, name string, src []byte) error {
	if path.Ext(name) != ".go" {
		sum := hash(unixLines(src))
		mu.Lock()
		defer mu.Unlock()
		p.assembly[name] = sum
		return nil
	}
	f, err := parseFile(path.Join(p.dir, name), src)
	if f == nil || err != nil {
		return err
	}
	mu.Lock()
	defer mu.Unlock()
	p.files = append(p.files, f)
	return nil
}

// isSource reports whether a file may be part of a build that is no test.
func isSource(name string) bool {
	return path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") || path.Ext(name) == ".s"
}

func unixLines(src []byte) []byte {
	if bytes.IndexByte(src, '\r') < 0 {
		return src
	}
	return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
}

// index sorts the declarations of a package by name.
func (m *Module) index(p *pkg) {
	for _, f := range p.files {
		for _, d := range f.decls {
			d.pkg = p
			switch {
			case d.recv != "":
				p.methods[d.recv] = append(p.methods[d.recv], d)
			case d.starts:
				p.start = append(p.start, d)
			default:
				for _, n := range d.names {
					p.decls[n] = append(p.decls[n], d)
				}
			}
		}
		for _, imp := range f.imports {
			if dir, ok := m.folder(imp); ok {
				go m.load(dir)
			}
		}
	}
}

// An UnknownError says that a symbol is not there, and which ones are.
type UnknownError struct {
	File, Symbol string
	Known        []string
}

func (e *UnknownError) Error() string { return fmt.Sprintf("%s has no %q", e.File, e.Symbol) }
