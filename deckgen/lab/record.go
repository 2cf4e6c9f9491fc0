package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// RecordVersion is the form of the record that this program writes, and the newest that it reads.
const RecordVersion = 1

// ErrNewer is returned for a record that a newer program wrote.
var ErrNewer = errors.New("the record was written by a newer deckgen; update deckgen")

const (
	valueDigits  = 6 // significant digits of a recorded value
	seriesDigits = 4 // of a point in a curve: more than can be seen
)

type record struct {
	Version    int                 `json:"version"`
	Experiment string              `json:"experiment"`
	Params     json.RawMessage     `json:"params"`
	Seeds      []uint64            `json:"seeds"`
	Data       *DataID             `json:"data"`
	Values     json.RawMessage     `json:"values"`
	Claims     map[string]Claim    `json:"claims"`
	Tables     map[string]Table    `json:"tables"`
	Figures    map[string]FigureID `json:"figures"`
	Code       Code                `json:"code"`
	Series     json.RawMessage     `json:"series"`
}

// Encode writes a result as its record: always the same bytes for the same result, numbers rounded to what is
// meaningful, lists of numbers on one line, so that a change makes a small diff.
func Encode(r *Result) ([]byte, error) {
	values := map[string]any{}
	for _, k := range slices.Sorted(maps.Keys(r.Values)) {
		if err := plant(values, k, valueJSON(r.Values[k])); err != nil {
			return nil, fmt.Errorf("value %q: %w", k, err)
		}
	}
	series := map[string]any{}
	for _, k := range slices.Sorted(maps.Keys(r.Series)) {
		s := map[string]any{}
		for name, column := range r.Series[k] {
			s[name] = numbersJSON(column)
		}
		if err := plant(series, k, s); err != nil {
			return nil, fmt.Errorf("series %q: %w", k, err)
		}
	}
	tables := map[string]Table{}
	for k, t := range r.Tables {
		t.Rows = slices.Clone(t.Rows)
		for i, row := range t.Rows {
			t.Rows[i] = slices.Clone(row)
			for j, cell := range row {
				if x, ok := cell.(float64); ok {
					t.Rows[i][j] = numberJSON(x, valueDigits)
				}
			}
		}
		tables[k] = t
	}
	rec := record{Version: RecordVersion, Experiment: r.Experiment, Params: r.Params, Seeds: r.Seeds, Data: r.Data,
		Claims: r.Claims, Tables: tables, Figures: r.Figures, Code: r.Code}
	var err error
	if rec.Values, err = marshal(values); err != nil {
		return nil, err
	}
	if rec.Series, err = marshal(series); err != nil {
		return nil, err
	}
	b, err := marshal(rec)
	if err != nil {
		return nil, err
	}
	return layOut(b), nil
}

// Decode reads a record. It refuses what is truncated, of a newer version, or not a record at all.
func Decode(b []byte) (*Result, error) {
	var rec record
	dec := json.NewDecoder(bytes.NewReader(b))
	if err := dec.Decode(&rec); err != nil {
		return nil, recordError(b, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("there is something after the end of the record")
	}
	if rec.Version > RecordVersion {
		return nil, ErrNewer
	}
	if rec.Version < 1 || rec.Experiment == "" {
		return nil, errors.New("this is no record of deckgen: it has no version or no experiment")
	}
	r := &Result{Experiment: rec.Experiment, Params: rec.Params, Seeds: rec.Seeds, Data: rec.Data, Code: rec.Code,
		Values: map[string]Value{}, Claims: rec.Claims, Tables: rec.Tables, Series: map[string]Series{}, Figures: rec.Figures}
	if err := harvest(rec.Values, "", func(path string, raw json.RawMessage) (bool, error) {
		v, ok, err := readValue(raw)
		if ok {
			r.Values[path] = v
		}
		return ok, err
	}); err != nil {
		return nil, fmt.Errorf("values: %w", err)
	}
	if err := harvest(rec.Series, "", func(path string, raw json.RawMessage) (bool, error) {
		s, ok, err := readSeries(raw)
		if ok {
			r.Series[path] = s
		}
		return ok, err
	}); err != nil {
		return nil, fmt.Errorf("series: %w", err)
	}
	return r, nil
}

// recordError says where in the file the fault is.
func recordError(b []byte, err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the record is cut off")
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", lineOf(b, syntax.Offset), err)
	case errors.As(err, &typ):
		return fmt.Errorf("line %d: %s must not be a %s", lineOf(b, typ.Offset), typ.Field, typ.Value)
	}
	return err
}

func lineOf(b []byte, offset int64) int {
	return 1 + bytes.Count(b[:min(int(offset), len(b))], []byte("\n"))
}

// plant puts v into the tree of objects at a path such as "adam/final_loss".
func plant(tree map[string]any, path string, v any) error {
	steps := strings.Split(path, "/")
	for i, s := range steps {
		if s == "" {
			return errors.New("a step of the path is empty")
		}
		if i == len(steps)-1 {
			if _, taken := tree[s]; taken {
				return errors.New("the path is also the beginning of another")
			}
			tree[s] = v
			return nil
		}
		if tree[s] == nil {
			tree[s] = map[string]any{}
		}
		next, ok := tree[s].(map[string]any)
		if !ok {
			return errors.New("the path goes through another's end")
		}
		tree = next
	}
	return nil
}

// harvest is plant's inverse: it offers each node of the tree, from the root down, until leaf takes it.
func harvest(raw json.RawMessage, path string, leaf func(string, json.RawMessage) (bool, error)) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	if path != "" {
		if taken, err := leaf(path, raw); taken || err != nil {
			return err
		}
		path += "/"
	}
	var children map[string]json.RawMessage
	if err := json.Unmarshal(raw, &children); err != nil {
		return fmt.Errorf("%s: %w", strings.TrimSuffix(path, "/"), err)
	}
	for k, c := range children {
		if err := harvest(c, path+k, leaf); err != nil {
			return err
		}
	}
	return nil
}

type spread struct {
	Mean *number `json:"mean"`
	SD   number  `json:"sd"`
	Lo   number  `json:"lo"`
	Hi   number  `json:"hi"`
	N    int     `json:"n"`
}

func valueJSON(v Value) any {
	if v.N == 0 {
		return numberJSON(v.Mean, valueDigits)
	}
	return map[string]any{"mean": numberJSON(v.Mean, valueDigits), "sd": numberJSON(v.SD, valueDigits),
		"lo": numberJSON(v.Lo, valueDigits), "hi": numberJSON(v.Hi, valueDigits), "n": v.N}
}

func readValue(raw json.RawMessage) (v Value, ok bool, err error) {
	var n number
	if raw[0] != '{' {
		err = json.Unmarshal(raw, &n)
		return Number(float64(n)), err == nil, err
	}
	var s spread
	if json.Unmarshal(raw, &s) != nil || s.Mean == nil || s.N == 0 {
		return v, false, nil
	}
	return Value{Mean: float64(*s.Mean), SD: float64(s.SD), Lo: float64(s.Lo), Hi: float64(s.Hi), N: s.N}, true, nil
}

func readSeries(raw json.RawMessage) (Series, bool, error) {
	var columns map[string][]number
	if json.Unmarshal(raw, &columns) != nil {
		return nil, false, nil
	}
	s := Series{}
	for name, c := range columns {
		s[name] = make([]float64, len(c))
		for i, x := range c {
			s[name][i] = float64(x)
		}
	}
	return s, true, nil
}

// A number is a float64 that may be infinite or no number at all: a training can diverge, and the record says so.
type number float64

func (n *number) UnmarshalJSON(b []byte) error {
	x, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	if err != nil && !math.IsInf(x, 0) {
		return fmt.Errorf("%s is no number", b)
	}
	*n = number(x)
	return nil
}

func numberJSON(x float64, digits int) json.RawMessage {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return json.RawMessage(strconv.Quote(strconv.FormatFloat(x, 'g', -1, 64)))
	}
	x = Round(x, digits)
	if x == 0 {
		x = 0 // no minus zero
	}
	b, err := json.Marshal(x)
	if err != nil {
		panic(err) // a finite number always has a JSON form
	}
	return b
}

func numbersJSON(xs []float64) []json.RawMessage {
	out := make([]json.RawMessage, len(xs))
	for i, x := range xs {
		out[i] = numberJSON(x, seriesDigits)
	}
	return out
}

// marshal is json.Marshal without the escapes for HTML, which a reader of the record would stumble over.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// layOut indents objects and lists of lists, and leaves lists of plain values on one line.
func layOut(compact []byte) []byte {
	var out bytes.Buffer
	depth, inString, escaped := 0, false, false
	var flat []bool // for each open bracket: whether it stays on one line
	newline := func() {
		out.WriteByte('\n')
		for range depth {
			out.WriteString("  ")
		}
	}
	onOneLine := func() bool { return len(flat) > 0 && flat[len(flat)-1] }
	for i, c := range compact {
		if inString {
			out.WriteByte(c)
			inString = escaped || c != '"'
			escaped = c == '\\' && !escaped
			continue
		}
		switch c {
		case '"':
			inString = true
			out.WriteByte(c)
		case '{', '[':
			out.WriteByte(c)
			flat = append(flat, isFlat(compact[i:]))
			if !onOneLine() {
				depth++
				newline()
			}
		case '}', ']':
			if !onOneLine() {
				depth--
				newline()
			}
			flat = flat[:len(flat)-1]
			out.WriteByte(c)
		case ',':
			out.WriteByte(c)
			if onOneLine() {
				out.WriteByte(' ')
			} else {
				newline()
			}
		case ':':
			out.WriteString(": ")
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// isFlat reports whether the bracket that b begins with holds plain values only, or is empty.
func isFlat(b []byte) bool {
	if b[0] == '{' {
		return b[1] == '}'
	}
	inString := false
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			return false
		case c == ']':
			return true
		}
	}
	return true
}
