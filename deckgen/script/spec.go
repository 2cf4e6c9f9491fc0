package script

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/strict"
)

// A spec is what an experiment.yaml says.
type spec struct {
	Title   text            `yaml:"title"`
	Command words           `yaml:"command"`
	Params  params          `yaml:"params"`
	Seeds   count           `yaml:"seeds"`
	Inputs  texts           `yaml:"inputs"`
	Outputs map[string]text `yaml:"outputs"`
	Draw    *drawSpec       `yaml:"draw"`
	Timeout limit           `yaml:"timeout"`
}

type drawSpec struct {
	Command words `yaml:"command"`
	Inputs  texts `yaml:"inputs"`
}

const defaultTimeout = 10 * time.Minute

// parse reads an experiment.yaml.
func parse(file string, src []byte) (*spec, error) {
	s := &spec{Params: params("{}"), Timeout: limit{defaultTimeout}}
	if err := strict.Decode(file, src, s); err != nil {
		return nil, err
	}
	switch {
	case s.Title.is == "":
		return nil, mistake(file, 1, 1, "say in a line what is tried: title: …", "there is no title")
	case len(s.Command.is) == 0:
		return nil, mistake(file, 1, 1, "say what to run: command: python3 run.py", "there is no command")
	case s.Draw != nil && len(s.Draw.Command.is) == 0:
		return nil, mistake(file, 1, 1, "say what to run, or take draw away", "draw has no command")
	}
	for _, name := range slices.Sorted(maps.Keys(s.Outputs)) {
		if !figureRE().MatchString(name) {
			t := s.Outputs[name]
			return nil, mistake(file, t.line, t.col, "name the figures that the command writes: name.svg or name.png, in lower-case letters, digits, - and _",
				"the output %q is no figure", name)
		}
	}
	return s, s.checkBlanks(file)
}

// mistake is what is wrong at a place in an experiment.yaml.
func mistake(file string, line, col int, remedy, format string, args ...any) error {
	return &strict.Error{File: file, Line: line, Col: col, Message: fmt.Sprintf(format, args...), Remedy: remedy}
}

// A text is a string and its place.
type text struct {
	is        string
	line, col int
}

// UnmarshalYAML takes a string, and a number as it is written.
func (t *text) UnmarshalYAML(n ast.Node) error {
	at := n.GetToken().Position
	t.line, t.col = at.Line, at.Column
	switch n := n.(type) {
	case *ast.StringNode:
		t.is = n.Value
	case *ast.LiteralNode:
		t.is = strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode:
		t.is = n.GetToken().Value
	default:
		return strict.At(n, "", "a text is expected here")
	}
	return nil
}

// texts are several of them; one may stand without brackets.
type texts []text

// UnmarshalYAML takes a list of strings, or one string.
func (ts *texts) UnmarshalYAML(n ast.Node) error {
	list := []ast.Node{n}
	if seq, ok := n.(*ast.SequenceNode); ok {
		list = seq.Values
	}
	*ts = texts{}
	for _, n := range list {
		var t text
		if err := t.UnmarshalYAML(n); err != nil {
			return err
		}
		*ts = append(*ts, t)
	}
	return nil
}

// words are a program and its arguments.
type words struct {
	is        []string
	line, col int
}

// needShell are the characters that mean something to a shell only.
const needShell = "'\"\\|&;<>()$`*?~"

// UnmarshalYAML takes a list of words, or a line to be split at its blanks: no shell reads it.
func (w *words) UnmarshalYAML(n ast.Node) error {
	var ts texts
	if err := ts.UnmarshalYAML(n); err != nil {
		return err
	}
	at := n.GetToken().Position
	w.line, w.col = at.Line, at.Column
	for _, t := range ts {
		w.is = append(w.is, t.is)
	}
	if _, list := n.(*ast.SequenceNode); list {
		return nil
	}
	line := ts[0].is
	if i := strings.IndexAny(line, needShell); i >= 0 {
		return strict.At(n, fmt.Sprintf(`write a list: [%s, "…"]`, strings.Fields(line)[0]),
			"no shell reads the command, so %q would mean nothing", line[i:i+1])
	}
	w.is = strings.Fields(line)
	return nil
}

// A count is a number of seeds.
type count int

// UnmarshalYAML takes a whole number that is not negative.
func (c *count) UnmarshalYAML(n ast.Node) error {
	if i, ok := n.(*ast.IntegerNode); ok {
		if v, ok := i.Value.(uint64); ok && v <= 1_000_000 {
			*c = count(v)
			return nil
		}
	}
	return strict.At(n, "say how many runs there are behind each value: seeds: 5; leave it out where chance plays no part",
		"the number of seeds is a whole number")
}

// A limit is how long a command may take.
type limit struct{ time.Duration }

// UnmarshalYAML takes a duration such as 90s, 10m or 2h.
func (l *limit) UnmarshalYAML(n ast.Node) (err error) {
	l.Duration, err = time.ParseDuration(n.GetToken().Value)
	if err != nil || l.Duration <= 0 {
		return strict.At(n, "write it with a unit: 90s, 10m or 2h", "%q is no duration", n.GetToken().Value)
	}
	return nil
}

// params are the parameters as JSON, with each number as it is written.
type params json.RawMessage

// UnmarshalYAML takes a mapping of anything that JSON can hold.
func (p *params) UnmarshalYAML(n ast.Node) error {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		return strict.At(n, "write a mapping: params: {steps: 1000}", "parameters have names")
	}
	b, err := appendJSON(nil, n)
	*p = b
	return err
}

// numberRE is a number in JSON. YAML 1.1 takes 1e-3 for a text, which nobody means.
var numberRE = lazy.Regexp(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// appendJSON writes a node as JSON, in the order of the file.
func appendJSON(b []byte, n ast.Node) ([]byte, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return appendMap(b, n.Values)
	case *ast.MappingValueNode:
		return appendMap(b, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		return appendList(b, n.Values)
	case *ast.LiteralNode:
		return appendText(b, n.Value.Value), nil
	}
	return appendScalar(b, n)
}

func appendScalar(b []byte, n ast.Node) ([]byte, error) {
	raw, kind := n.GetToken().Value, n.GetToken().Type
	quoted := kind == token.SingleQuoteType || kind == token.DoubleQuoteType
	if !quoted && numberRE().MatchString(raw) {
		return append(b, raw...), nil
	}
	switch n := n.(type) {
	case *ast.NullNode:
		return append(b, "null"...), nil
	case *ast.BoolNode:
		return fmt.Append(b, n.Value), nil
	case *ast.IntegerNode: // 0x1f, 1_000, 0o17
		return fmt.Append(b, n.Value), nil
	case *ast.FloatNode: // 1_000.5, .5
		return strconv.AppendFloat(b, n.Value, 'g', -1, 64), nil
	case *ast.StringNode:
		return appendText(b, raw), nil
	}
	return nil, strict.At(n, "write it out in plain YAML", "this cannot be a parameter")
}

func appendText(b []byte, s string) []byte {
	j, _ := json.Marshal(s)
	return append(b, j...)
}

func appendMap(b []byte, kids []*ast.MappingValueNode) (_ []byte, err error) {
	b = append(b, '{')
	for i, kid := range kids {
		if i > 0 {
			b = append(b, ',')
		}
		if kid.Key.IsMergeKey() {
			return nil, strict.At(kid, "write it out in plain YAML", "this cannot be a parameter")
		}
		b = append(appendText(b, kid.Key.GetToken().Value), ':')
		if b, err = appendJSON(b, kid.Value); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendList(b []byte, list []ast.Node) (_ []byte, err error) {
	b = append(b, '[')
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendJSON(b, n); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}
