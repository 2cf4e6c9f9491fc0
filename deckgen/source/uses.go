package source

import (
	"go/ast"
	"slices"
	"strings"
)

// A use is a name that a declaration says and that may stand for something of a package.
type use struct {
	name       string
	importPath string // of the package that the name belongs to; empty for the declaration's own
	afterDot   bool   // a field or a method of something
}

// uses lists what a declaration names, each once.
func (m *Module) uses(d *decl) []use {
	d.named.Do(func() {
		u := &user{m: m, decl: d, fields: map[*ast.Ident]bool{}, seen: map[use]bool{}}
		switch n := d.node.(type) {
		case *ast.FuncDecl: // its own name is none of the names it uses
			u.walk(n.Type)
			if n.Recv != nil {
				u.walk(n.Recv)
			}
			if n.Body != nil {
				u.walk(n.Body)
			}
		default:
			u.walk(n)
		}
		d.uses = u.uses
	})
	return d.uses
}

type user struct {
	m      *Module
	decl   *decl
	fields map[*ast.Ident]bool // keys of struct literals: they name nothing of a package
	seen   map[use]bool
	uses   []use
}

func (u *user) add(x use) {
	if !u.seen[x] {
		u.seen[x] = true
		u.uses = append(u.uses, x)
	}
}

func (u *user) walk(tree ast.Node) {
	ast.Inspect(tree, func(node ast.Node) bool {
		switch x := node.(type) {
		case *ast.SelectorExpr:
			return u.selector(x)
		case *ast.CompositeLit:
			if u.isStruct(x.Type) {
				u.noteFields(x)
			}
		case *ast.Ident:
			u.ident(x)
		}
		return true
	})
}

// selector looks at x.Sel: a name of another package, or a field or method.
func (u *user) selector(x *ast.SelectorExpr) (descend bool) {
	if imported, ok := u.imported(x.X); ok {
		u.add(use{name: x.Sel.Name, importPath: imported})
		return false
	}
	u.add(use{name: x.Sel.Name, afterDot: true})
	u.walk(x.X)
	return false
}

// ident looks at a name that stands alone, unless it is declared in the function itself.
func (u *user) ident(x *ast.Ident) {
	file := u.decl.file
	if u.fields[x] || x.Obj != nil && file.syntax.Scope.Lookup(x.Name) != x.Obj {
		return
	}
	u.add(use{name: x.Name})
	for local, p := range file.imports {
		if strings.HasPrefix(local, ".") {
			u.add(use{name: x.Name, importPath: p})
		}
	}
}

// imported is the path of the package that an expression names.
func (u *user) imported(x ast.Expr) (string, bool) {
	id, ok := x.(*ast.Ident)
	if !ok || id.Obj != nil {
		return "", false
	}
	p, ok := u.decl.file.imports[id.Name]
	return p, ok
}

// isStruct reports whether an expression names a struct type of the module.
func (u *user) isStruct(x ast.Expr) bool {
	var found []*decl
	switch x := x.(type) {
	case *ast.Ident:
		found = u.decl.pkg.decls[x.Name]
	case *ast.SelectorExpr:
		imported, _ := u.imported(x.X)
		if dir, ok := u.m.folder(imported); ok {
			found = u.m.load(dir).decls[x.Sel.Name]
		}
	}
	return slices.ContainsFunc(found, func(d *decl) bool {
		spec, ok := d.node.(*ast.TypeSpec)
		if !ok {
			return false
		}
		_, ok = spec.Type.(*ast.StructType)
		return ok
	})
}

func (u *user) noteFields(x *ast.CompositeLit) {
	for _, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				u.fields[id] = true
			}
		}
	}
}
