package source

import (
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"strconv"
)

// Variable finds the variable below a folder whose initialiser sets a field to a text, as Name: "walk/line" does. It is
// named as Reach wants it; "" if there is none.
func (m *Module) Variable(dir, field, text string) (name string, err error) {
	err = fs.WalkDir(m.fsys, dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		p := m.load(at)
		if p.err != nil {
			return p.err
		}
		for _, f := range p.files {
			for _, d := range f.decls {
				if d.tok == token.VAR && sets(d.node, field, text) {
					name = path.Join(m.path, at) + "." + d.names[0]
					return fs.SkipAll
				}
			}
		}
		return nil
	})
	return name, err
}

// sets reports whether a field is set to a text somewhere in a declaration.
func sets(n ast.Node, field, text string) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok && !found {
			key, _ := kv.Key.(*ast.Ident)
			value, _ := kv.Value.(*ast.BasicLit)
			if key != nil && value != nil && key.Name == field && value.Kind == token.STRING {
				s, err := strconv.Unquote(value.Value)
				found = err == nil && s == text
			}
		}
		return !found
	})
	return found
}
