package source

import (
	"bytes"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"
	"sync"

	"deckgen/deckgen/internal/lazy"
)

// A file is a parsed Go file.
type file struct {
	name    string // from the top of the module
	src     []byte
	syntax  *ast.File
	imports map[string]string // name in this file to import path; dots and blanks are under "." + path and "_" + path
	decls   []*decl
	base    token.Pos // position of the first byte
}

// A decl is one declaration: a function, a method, a type, a variable or a constant.
type decl struct {
	pkg    *pkg
	file   *file
	names  []string // what it declares; a constant group that counts with iota stays in one piece
	recv   string   // the receiver's type, for a method
	starts bool     // runs when the package is loaded: init, and _ = f()
	tok    token.Token
	node   ast.Node // *ast.FuncDecl, an ast.Spec, or *ast.GenDecl for a constant group
	embed  []string // patterns of go:embed

	summed sync.Once
	sum    string // see digest
	named  sync.Once
	uses   []use // see Module.uses
}

// symbol is the name that decks and records use.
func (d *decl) symbol() string {
	if d.recv != "" {
		return d.recv + "." + d.names[0]
	}
	return d.names[0]
}

// parseFile returns nil for a file that no build takes in.
func parseFile(name string, src []byte) (*file, error) {
	fset := token.NewFileSet()
	mode := parser.Mode(0)
	if bytes.Contains(src, []byte("//go:embed")) || bytes.Contains(src, []byte("//go:build")) {
		mode = parser.ParseComments
	}
	syntax, err := parser.ParseFile(fset, name, src, mode)
	if err != nil {
		return nil, err
	}
	if ignored(syntax) {
		return nil, nil
	}
	f := &file{name: name, src: src, syntax: syntax, imports: map[string]string{}, base: syntax.FileStart}
	for _, imp := range syntax.Imports {
		f.addImport(imp)
	}
	for _, d := range syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			f.addFunc(d)
		case *ast.GenDecl:
			f.addGroup(d)
		}
	}
	return f, nil
}

// ignored reports whether a file is kept out of every build: a program that writes another file, as a rule.
func ignored(f *ast.File) bool {
	for _, g := range f.Comments {
		for _, c := range g.List {
			if c.Pos() < f.Package && constraint.IsGoBuild(c.Text) {
				x, err := constraint.Parse(c.Text)
				return err == nil && x.String() == "ignore"
			}
		}
	}
	return false
}

var versionRE = lazy.Regexp(`^v[0-9]+$`)

// addImport guesses the name of a package from its path where the file gives none.
func (f *file) addImport(imp *ast.ImportSpec) {
	p, err := strconv.Unquote(imp.Path.Value)
	if err != nil {
		return
	}
	name := path.Base(p)
	if versionRE().MatchString(name) {
		name = path.Base(path.Dir(p))
	}
	name, _, _ = strings.Cut(name, ".")
	name = strings.TrimPrefix(name, "go-")
	if imp.Name != nil {
		name = imp.Name.Name
	}
	if name == "." || name == "_" {
		name += p
	}
	f.imports[name] = p
}

func (f *file) addFunc(d *ast.FuncDecl) {
	add := &decl{file: f, names: []string{d.Name.Name}, tok: token.FUNC, node: d}
	if d.Recv != nil && len(d.Recv.List) == 1 {
		add.recv = typeName(d.Recv.List[0].Type)
	}
	add.starts = add.recv == "" && d.Name.Name == "init"
	f.decls = append(f.decls, add)
}

// typeName is the name of a receiver's type: of SGD, *SGD and Stack[T].
func typeName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.StarExpr:
		return typeName(x.X)
	case *ast.ParenExpr:
		return typeName(x.X)
	case *ast.IndexExpr:
		return typeName(x.X)
	case *ast.IndexListExpr:
		return typeName(x.X)
	}
	return ""
}

func (f *file) addGroup(g *ast.GenDecl) {
	if g.Tok == token.CONST && counts(g) {
		whole := &decl{file: f, tok: g.Tok, node: g}
		for _, s := range g.Specs {
			whole.names = append(whole.names, specNames(s)...)
		}
		f.decls = append(f.decls, whole)
		return
	}
	for _, s := range g.Specs {
		names := specNames(s)
		if len(names) == 0 {
			continue
		}
		d := &decl{file: f, names: names, tok: g.Tok, node: s}
		if v, ok := s.(*ast.ValueSpec); ok {
			d.starts = names[0] == "_" && calls(v)
			d.embed = append(embedPatterns(g.Doc), embedPatterns(v.Doc)...)
		}
		f.decls = append(f.decls, d)
	}
}

func specNames(s ast.Spec) (names []string) {
	switch s := s.(type) {
	case *ast.TypeSpec:
		names = append(names, s.Name.Name)
	case *ast.ValueSpec:
		for _, n := range s.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

// counts reports whether the values of a constant group depend on the order in it.
func counts(g *ast.GenDecl) (found bool) {
	for _, s := range g.Specs {
		v, ok := s.(*ast.ValueSpec)
		found = found || ok && len(v.Values) == 0
	}
	ast.Inspect(g, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == "iota"
		return !found
	})
	return found
}

// calls reports whether an initialiser calls a function; var _ T = (*t)(nil) only asserts something to the compiler.
func calls(v *ast.ValueSpec) (found bool) {
	ast.Inspect(v, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			_, conversion := c.Fun.(*ast.ParenExpr)
			found = found || !conversion
		}
		return !found
	})
	return found
}

func embedPatterns(doc *ast.CommentGroup) (patterns []string) {
	if doc == nil {
		return nil
	}
	for _, c := range doc.List {
		if list, ok := strings.CutPrefix(c.Text, "//go:embed "); ok {
			patterns = append(patterns, strings.Fields(list)...)
		}
	}
	return patterns
}
