package source

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"

	"deckgen/deckgen/internal/lazy"
)

const tabWidth = 4 // a slide would show a tab eight columns wide

// Parts are the pieces of a file that listings show.
type Parts struct {
	file, whole string
	known       map[string]string
}

// PartsOf finds the declarations and regions of a file.
func PartsOf(file string, src []byte) (*Parts, error) {
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	p := &Parts{file, string(src), regions(string(src))}
	if path.Ext(file) == ".go" {
		decls, err := declarations(file, src)
		if err != nil {
			return nil, err
		}
		maps.Copy(p.known, decls)
	}
	return p, nil
}

// Cut returns what a listing shows, without a newline at the end.
//
// The symbol is a function, a method such as SGD.Step, a type, a constant, a variable or a region, or several of these
// with commas between them, which come out with a blank line between them. Without a symbol it is the whole file.
// Declarations stand without their doc comment. A region is what lies between the comments
//
//	// region name
//	// endregion
//
// in whatever comment the language has, and the only symbol in files other than Go. Editors fold such regions.
func (p *Parts) Cut(symbol string) (string, error) {
	if symbol == "" {
		return tidy(p.whole), nil
	}
	var parts []string
	for s := range strings.SplitSeq(symbol, ",") {
		s = strings.TrimSpace(s)
		text, ok := p.known[s]
		if !ok {
			return "", &UnknownError{File: p.file, Symbol: s, Known: slices.Sorted(maps.Keys(p.known))}
		}
		parts = append(parts, tidy(text))
	}
	return strings.Join(parts, "\n\n"), nil
}

var (
	comment  = `^\s*(?://|#|--|%|;|/\*|<!--)\s*#?`
	regionRE = lazy.Regexp(comment + `region\s+(.*?)\s*(?:\*/|-->)?\s*$`)
	endRE    = lazy.Regexp(comment + `endregion\b`)
)

// regions finds the named regions of a file. One may lie inside another; the comments that mark them are left out.
func regions(src string) map[string]string {
	found := map[string]string{}
	var open []string
	for line := range strings.Lines(src) {
		if m := regionRE().FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
			open = append(open, m[1])
			continue
		}
		if endRE().MatchString(line) {
			open = open[:max(0, len(open)-1)]
			continue
		}
		for _, name := range open {
			found[name] += line
		}
	}
	return found
}

// declarations finds the text of every declaration of a Go file.
func declarations(file string, src []byte) (map[string]string, error) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, file, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	text := func(from, to token.Pos) string {
		start, end := fset.Position(from).Offset, fset.Position(to).Offset
		rest, _, _ := bytes.Cut(src[end:], []byte("\n"))
		if bytes.HasPrefix(bytes.TrimSpace(rest), []byte("//")) {
			end += len(rest)
		}
		return string(src[start:end])
	}
	found := map[string]string{}
	for _, d := range syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil && len(d.Recv.List) == 1 {
				name = typeName(d.Recv.List[0].Type) + "." + name
			}
			found[name] = text(d.Pos(), d.End())
		case *ast.GenDecl:
			addGroup(found, d, text)
		}
	}
	return found, nil
}

// addGroup adds the declarations of a const, var or type group, each with the keyword in front of it. Constants that
// count with iota need the whole group.
func addGroup(found map[string]string, g *ast.GenDecl, text func(from, to token.Pos) string) {
	whole := !g.Lparen.IsValid() || g.Tok == token.CONST && counts(g)
	for _, s := range g.Specs {
		for _, name := range specNames(s) {
			if whole {
				found[name] = text(g.Pos(), g.End())
			} else {
				found[name] = alone(g.Tok.String() + " " + text(s.Pos(), s.End()))
			}
		}
	}
}

// alone takes away the indentation of a group, and the blanks that lined a declaration up with its neighbours.
func alone(decl string) string {
	if b, err := format.Source([]byte(decl)); err == nil {
		return string(b)
	}
	return decl
}

// tidy makes source fit for a slide: no indentation of the whole, no tabs in front, no blank lines around.
func tidy(s string) string {
	lines := strings.Split(dedent(s), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " \t")
		text := strings.TrimLeft(line, "\t")
		lines[i] = strings.Repeat(" ", tabWidth*(len(line)-len(text))) + text
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// dedent takes away the indentation that all lines share.
func dedent(s string) string {
	lines := strings.Split(s, "\n")
	shared, first := "", true
	for _, line := range lines {
		text := strings.TrimLeft(line, " \t")
		if text == "" {
			continue
		}
		indent := line[:len(line)-len(text)]
		if first {
			shared, first = indent, false
		}
		for !strings.HasPrefix(indent, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, shared)
	}
	return strings.Join(lines, "\n")
}
