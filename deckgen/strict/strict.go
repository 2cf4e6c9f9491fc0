// Package strict reads YAML files in which nothing may be misspelled.
package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"deckgen/deckgen/internal/near"
)

// An Error is what is wrong with a file, and where.
type Error struct {
	File      string
	Line, Col int // 1-based; 0 if it is the file as a whole
	Message   string
	Remedy    string // what to do about it; may be empty
}

// Hint says what to do about it; it may be empty.
func (e *Error) Hint() string { return e.Remedy }

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Message)
}

// At is a mistake at a node, for a type that reads itself: Decode adds the file.
func At(n ast.Node, remedy, format string, args ...any) error {
	e := &Error{Message: fmt.Sprintf(format, args...), Remedy: remedy}
	e.at(n.GetToken())
	return e
}

// Decode reads a file into a struct with yaml tags. Unknown keys, keys that
// stand there twice, values of the wrong type and a second document are an
// [*Error]. An empty file changes nothing.
func Decode(file string, src []byte, into any) error {
	dec := yaml.NewDecoder(bytes.NewReader(src), yaml.Strict())
	err := dec.Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		var more any
		if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
			return &Error{File: file, Message: "there is a second document after ---"}
		}
		return nil
	}
	return explain(file, err, reflect.TypeOf(into))
}

func explain(file string, err error, t reflect.Type) *Error {
	var ours *Error
	if errors.As(err, &ours) {
		ours.File = file
		return ours
	}
	e := &Error{File: file, Message: err.Error()}
	var located yaml.Error
	if !errors.As(err, &located) {
		return e
	}
	e.Message = located.GetMessage()
	e.at(located.GetToken())
	var unknown *yaml.UnknownFieldError
	var typ *yaml.TypeError
	var node *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		key := unknown.Token.Value
		e.Message, e.Remedy = fmt.Sprintf("there is no key %q here", key), near.Hint(key, keys(t))
	case errors.As(err, &typ):
		e.Message = fmt.Sprintf("%q is not %s", typ.Token.Value, kind(typ.DstType))
	case errors.As(err, &node) && node.Expected == ast.SequenceType:
		e.Message = "a list is missing here, such as [a, b]"
	case errors.As(err, &node) && node.Expected == ast.MappingType:
		e.Message = "keys with values are missing here, such as {a: b}"
	}
	return e
}

func (e *Error) at(t *token.Token) {
	if t != nil && t.Position != nil {
		e.Line, e.Col = t.Position.Line, t.Position.Column
	}
}

// kind names a type as a reader of YAML would.
func kind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Uint, reflect.Uint64:
		return "a whole number"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.String:
		return "a text"
	case reflect.Slice, reflect.Array:
		return "a list"
	}
	return "a mapping of keys to values"
}

// keys lists the keys that a type knows at any depth, each once.
func keys(t reflect.Type) (known []string) {
	seen := map[reflect.Type]bool{}
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for f := range t.Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			if name != "" && name != "-" && !slices.Contains(known, name) {
				known = append(known, name)
			}
			add(f.Type)
		}
	}
	add(t)
	return known
}

// Find returns the position of the key at the end of a path of keys, 0 if it
// is not there.
func Find(src []byte, path ...string) (line, col int) {
	file, err := parser.ParseBytes(src, 0)
	if err != nil || len(file.Docs) == 0 {
		return 0, 0
	}
	node := file.Docs[0].Body
	for _, step := range path {
		m, ok := node.(*ast.MappingNode)
		if !ok {
			return 0, 0
		}
		i := slices.IndexFunc(m.Values, func(v *ast.MappingValueNode) bool { return v.Key.GetToken().Value == step })
		if i < 0 {
			return 0, 0
		}
		at := m.Values[i].Key.GetToken().Position
		line, col, node = at.Line, at.Column, m.Values[i].Value
	}
	return line, col
}
