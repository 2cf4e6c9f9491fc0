package deckgen

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"deckgen/deckgen/internal/lazy"
)

var moduleRE = lazy.Regexp(`^[a-z][a-z0-9._-]*$`)

// newModule makes a Go module beside this one: its go.mod, a main of ten lines, a list of experiments with one on it,
// and a deck that shows what it found.
func (d *driver) newModule(f newModuleFlags) error {
	dir, src := absolute(d.sys.dir, f.Folder), absolute(d.sys.dir, f.Source)
	b := fillingOf("demo/walk")
	b.Module = filepath.Base(dir)
	if !moduleRE().MatchString(b.Module) || b.Module == ownModule {
		return fail("take a name in lower-case letters", "%q cannot be the name of a module", b.Module)
	}
	outs, err := moduleFiles(dir, src, b)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	t, err := treeAt(dir)
	if err != nil {
		return err
	}
	defer t.close()
	if err := d.make(t, outs...); err != nil {
		return err
	}
	d.talk("next: cd %s && go run . build", f.Folder)
	return nil
}

const ownModule = "deckgen"

func moduleFiles(dir, src string, b filling) ([]output, error) {
	outs, err := goMod(dir, src, b.Module)
	if err != nil {
		return nil, err
	}
	main := b
	main.Name = b.Module
	b.Title = b.Module
	for _, file := range []struct {
		from, to string
		b        filling
	}{
		{"module/main.go.tmpl", "main.go", main},
		{"module/experiments.go.tmpl", "experiments/experiments.go", b},
		{"go/experiment.go.tmpl", "experiments/demo/walk.go", b},
		{"deck/deck.md", "slides/" + b.Module + ".md", b},
	} {
		out, err := fillIn(file.from, file.to, file.b)
		if err != nil {
			return nil, err
		}
		outs = append(outs, out)
	}
	slide, err := fillIn("go/slide.md", "", b)
	outs[len(outs)-1].data = append(outs[len(outs)-1].data, slide.data...)
	return append(outs, output{".gitignore", []byte("build/\nnode_modules/\n")}), err
}

// goMod is a go.mod that takes deckgen from a folder and everything else in the versions that deckgen uses, and the
// go.sum to it, so that nothing has to be fetched.
func goMod(dir, src, name string) ([]output, error) {
	theirs, err := os.ReadFile(filepath.Join(src, "go.mod"))
	if err != nil {
		return nil, fail("--source names the folder with deckgen's own go.mod", "%w", err)
	}
	own, err := modfile.Parse(filepath.Join(src, "go.mod"), theirs, nil)
	if err != nil {
		return nil, err
	}
	sum, err := os.ReadFile(filepath.Join(src, "go.sum"))
	if err == nil && (own.Module == nil || own.Go == nil || own.Module.Mod.Path != ownModule) {
		err = fmt.Errorf("%s is not the source of deckgen", src)
	}
	if err != nil {
		return nil, err
	}
	to, err := filepath.Rel(dir, src)
	if err != nil {
		to = src
	}
	mod := &modfile.File{}
	errs := []error{mod.AddModuleStmt(name), mod.AddGoStmt(own.Go.Version), mod.AddRequire(ownModule, "v0.0.0")}
	for _, r := range own.Require {
		mod.AddNewRequire(r.Mod.Path, r.Mod.Version, true)
	}
	errs = append(errs, mod.AddReplace(ownModule, "", filepath.ToSlash(to), ""))
	mod.Cleanup()
	b, err := mod.Format()
	return []output{{"go.mod", b}, {"go.sum", sum}}, errors.Join(append(errs, err)...)
}
