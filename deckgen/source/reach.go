package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/ast"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/internal/lazy"
)

// ErrNoFunction is for a function that cannot be found by its name.
var ErrNoFunction = errors.New("an experiment's functions must be declared ones with a name")

// Code is what a function reaches: the digest of each part, by file and symbol ("experiments/nn/sgd.go#SGD.Step"), by
// file where it is no Go ("experiments/f32/mul_amd64.s"), or by module ("go.mod#gonum.org/v1/gonum").
type Code map[string]string

// SHA256 is the digest of the whole.
func (c Code) SHA256() string {
	h := sha256.New()
	var line []byte
	for _, k := range slices.Sorted(maps.Keys(c)) {
		line = append(append(append(append(line[:0], k...), ' '), c[k]...), '\n')
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Reach finds everything that a function of the module reaches, as far as syntax tells: the declarations that it names,
// what those name, and so on through every package of the module. A type brings the methods that somebody may call: the
// exported ones, and of the others those whose name occurs in reached code of its package. The function is named as
// runtime.FuncForPC does; the functions in without are not entered.
// The answer is kept: asking again costs nothing.
func (m *Module) Reach(function string, without ...string) (Code, error) {
	key := strings.Join(append([]string{function}, without...), " ")
	m.mu.Lock()
	reach, ok := m.reached[key]
	if !ok {
		reach = sync.OnceValues(func() (Code, error) { return m.learn(key, function, without) })
		m.reached[key] = reach
	}
	m.mu.Unlock()
	return reach()
}

// learn keeps for the memo what reach finds.
func (m *Module) learn(key, function string, without []string) (Code, error) {
	code, err := m.reach(function, without)
	if err == nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.codes[key], m.learnt = code, true
	}
	return code, err
}

func (m *Module) reach(function string, without []string) (Code, error) {
	w := &walk{m: m, seen: map[*decl]bool{}, entered: map[*pkg]bool{}, code: Code{}, said: map[name]bool{},
		silent: map[name][]*decl{}}
	for _, f := range without {
		roots, err := m.find(f)
		if err != nil {
			return nil, err
		}
		for _, d := range roots {
			w.seen[d] = true
		}
	}
	roots, err := m.find(function)
	if err != nil {
		return nil, err
	}
	for _, d := range roots {
		delete(w.seen, d)
	}
	w.add(roots)
	for len(w.queue) > 0 {
		d := w.queue[0]
		w.queue = w.queue[1:]
		if err := w.visit(d); err != nil {
			return nil, err
		}
	}
	return w.code, nil
}

// find looks up a function by its name at run time: example.com/m/pkg.f, pkg.(*T).f, pkg.T.f-fm for a method value,
// pkg.f.func1 for a function that f made.
func (m *Module) find(function string) ([]*decl, error) {
	importPath, symbol := splitName(function)
	dir, ok := m.folder(importPath)
	if !ok {
		return nil, fmt.Errorf("%s is not in module %s", function, m.path)
	}
	p := m.load(dir)
	if p.err != nil {
		return nil, p.err
	}
	symbol = strings.TrimSuffix(symbol, "-fm")
	symbol, _, _ = strings.Cut(symbol, "[")
	symbol = strings.NewReplacer("(*", "", ")", "").Replace(symbol)
	recv, method, isMethod := strings.Cut(symbol, ".")
	found := p.decls[recv]
	if isMethod && len(p.methods[recv]) > 0 {
		found = nil
		for _, d := range p.methods[recv] {
			if d.names[0] == method {
				found = append(found, d)
			}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s has no function %s: %w", importPath, symbol, ErrNoFunction)
	}
	return found, nil
}

// Declared is the name of the variable whose initialiser holds the function literal on a line of a file, given the name
// that the literal has at run time, such as example.com/m/pkg.init.func2. The names of other functions stay as they are.
func (m *Module) Declared(function, file string, line int) string {
	importPath, literal := splitName(function)
	if !literalRE().MatchString(literal) {
		return function
	}
	file = path.Base(strings.ReplaceAll(file, "\\", "/"))
	key := fmt.Sprintf("%s %s:%d", function, file, line)
	m.mu.Lock()
	name, known := m.declared[key]
	m.mu.Unlock()
	if !known {
		name = m.declaredAt(importPath, file, line)
	}
	if name == "" {
		return function
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.declared[key], m.learnt = name, m.learnt || !known
	return name
}

// declaredAt is the declaration on a line of a file of a package, "" if there is none.
func (m *Module) declaredAt(importPath, file string, line int) string {
	dir, ok := m.folder(importPath)
	if !ok {
		return ""
	}
	for _, f := range m.load(dir).files {
		if path.Base(f.name) != file {
			continue
		}
		for _, d := range f.decls {
			if first, last := d.lines(); d.recv == "" && first <= line && line <= last {
				return importPath + "." + d.names[0]
			}
		}
	}
	return ""
}

var literalRE = lazy.Regexp(`^(init|glob\.)\.func[0-9]+`)

// lines are the first and the last line of a declaration.
func (d *decl) lines() (first, last int) {
	start, end := d.node.Pos()-d.file.base, d.node.End()-d.file.base
	first = 1 + bytes.Count(d.file.src[:start], []byte("\n"))
	return first, first + bytes.Count(d.file.src[start:end], []byte("\n"))
}

func splitName(function string) (importPath, symbol string) {
	slash := strings.LastIndexByte(function, '/') + 1
	pkgName, symbol, _ := strings.Cut(function[slash:], ".")
	return function[:slash] + strings.ReplaceAll(pkgName, "%2e", "."), symbol
}

// A name is one that reached code of a package says after a dot.
type name struct {
	pkg  *pkg
	name string
}

type walk struct {
	m       *Module
	queue   []*decl
	seen    map[*decl]bool
	entered map[*pkg]bool
	said    map[name]bool
	silent  map[name][]*decl // methods of reached types that nobody has named so far
	code    Code
}

func (w *walk) add(ds []*decl) {
	for _, d := range ds {
		if !w.seen[d] {
			w.seen[d] = true
			w.queue = append(w.queue, d)
		}
	}
}

// visit takes in one declaration and looks at what it names.
func (w *walk) visit(d *decl) error {
	w.record(d.file.name+"#"+d.symbol(), d.digest())
	if !w.entered[d.pkg] {
		w.entered[d.pkg] = true
		w.add(d.pkg.start)
	}
	for _, pattern := range d.embed {
		if err := w.embedded(d.pkg, pattern); err != nil {
			return fmt.Errorf("%s: go:embed %s: %w", d.file.name, pattern, err)
		}
	}
	switch n := d.node.(type) {
	case *ast.FuncDecl:
		if n.Body == nil {
			w.assembly(d.pkg)
		}
	case *ast.TypeSpec:
		w.methods(d)
	}
	for _, u := range w.m.uses(d) {
		if err := w.use(d, u); err != nil {
			return err
		}
	}
	return nil
}

// record notes a digest. Several declarations may share a name, such as init.
func (w *walk) record(key, digest string) {
	if other, ok := w.code[key]; ok {
		digest = hash([]byte(other + digest))
	}
	w.code[key] = digest
}

// methods brings in the methods of a type that somebody may call.
func (w *walk) methods(d *decl) {
	for _, m := range d.pkg.methods[d.names[0]] {
		n := name{d.pkg, m.names[0]}
		if ast.IsExported(n.name) || w.said[n] {
			w.add([]*decl{m})
		} else {
			w.silent[n] = append(w.silent[n], m)
		}
	}
}

// use brings in what a declaration names.
func (w *walk) use(d *decl, u use) error {
	switch {
	case u.afterDot:
		n := name{d.pkg, u.name}
		w.said[n] = true
		w.add(w.silent[n])
	case u.importPath != "":
		return w.external(u.importPath, u.name)
	default:
		w.add(d.pkg.decls[u.name])
	}
	return nil
}

// external brings in a declaration of another package of the module, or the version of another module.
func (w *walk) external(importPath, symbol string) error {
	if dir, ok := w.m.folder(importPath); ok {
		p := w.m.load(dir)
		if p.err != nil {
			return p.err
		}
		w.add(p.decls[symbol])
		return nil
	}
	if mod, version := w.m.version(importPath); mod != "" {
		w.code["go.mod#"+mod] = hash([]byte(version))
	}
	return nil
}

// assembly brings in every assembly file of a package: which of them holds a function is not for Go to say.
func (w *walk) assembly(p *pkg) {
	for file, sum := range p.assembly {
		w.code[path.Join(p.dir, file)] = sum
	}
}

// fileSum is the digest of a file as it is.
func (m *Module) fileSum(file string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if sum, ok := m.sums[file]; ok {
		return sum, nil
	}
	b, err := fs.ReadFile(m.fsys, file)
	m.sums[file] = hash(b)
	return m.sums[file], err
}

// embedded brings in the files that a go:embed pattern names.
func (w *walk) embedded(p *pkg, pattern string) error {
	pattern = strings.TrimPrefix(strings.Trim(pattern, "\"`"), "all:")
	pattern = path.Join(p.dir, pattern)
	sums, err := w.m.matches(pattern)
	if err != nil {
		return err
	}
	w.m.see("embed", pattern, sumOf(sums))
	maps.Copy(w.code, sums)
	return nil
}
