package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
	Draft      bool                `json:"draft,omitempty"`
	Params     json.RawMessage     `json:"params"`
	Seeds      []uint64            `json:"seeds"`
	Data       *DataID             `json:"data"`
	Values     map[string]any      `json:"values"`
	Claims     map[string]Claim    `json:"claims"`
	Tables     map[string]Table    `json:"tables"`
	Figures    map[string]FigureID `json:"figures"`
	Code       Code                `json:"code"`
	Series     any                 `json:"series"` // curves, or what marshals as them
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
	b, err := marshal(record{Version: RecordVersion, Experiment: r.Experiment, Draft: r.Draft, Params: r.Params,
		Seeds: r.Seeds, Data: r.Data, Values: values, Claims: r.Claims, Tables: tables, Figures: r.Figures, Code: r.Code, Series: series})
	if err != nil {
		return nil, err
	}
	return sealed(layOut(b)), nil
}

// Decode reads a record. It refuses what is truncated, of a newer version, or not a record at all.
func Decode(b []byte) (*Result, error) {
	series := curves{}
	rec := record{Series: &series}
	if err := json.Unmarshal(b, &rec); err != nil {
		return nil, recordError(b, err)
	}
	if rec.Version > RecordVersion {
		return nil, ErrNewer
	}
	if rec.Version < 1 || rec.Experiment == "" {
		return nil, errors.New("this is no record of deckgen: it has no version or no experiment")
	}
	r := &Result{Experiment: rec.Experiment, Draft: rec.Draft, Params: rec.Params, Seeds: rec.Seeds, Data: rec.Data, Code: rec.Code,
		Values: map[string]Value{}, Claims: rec.Claims, Tables: rec.Tables, Series: series, Figures: rec.Figures}
	if err := harvest(rec.Values, "", r.addValue); err != nil {
		return nil, fmt.Errorf("values: %w", err)
	}
	return r, nil
}

func recordError(b []byte, err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && strings.HasPrefix(err.Error(), "unexpected end"):
		return errors.New("the record is cut off")
	case errors.As(err, &syntax) && strings.HasSuffix(err.Error(), "after top-level value"):
		return fmt.Errorf("line %d: there is something after the end of the record", lineOf(b, syntax.Offset))
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

// harvest is plant's inverse: it offers each node of the tree, from the root down, until leaf takes it. What is neither
// taken nor a tree itself is an error.
func harvest(tree map[string]any, path string, leaf func(path string, v any) bool) error {
	for _, k := range slices.Sorted(maps.Keys(tree)) {
		at, v := path+k, tree[k]
		if v == nil || leaf(at, v) {
			continue
		}
		below, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: this is no number", at)
		}
		if err := harvest(below, at+"/", leaf); err != nil {
			return err
		}
	}
	return nil
}

func valueJSON(v Value) any {
	if v.N == 0 {
		return numberJSON(v.Mean, valueDigits)
	}
	return map[string]any{"mean": numberJSON(v.Mean, valueDigits), "sd": numberJSON(v.SD, valueDigits),
		"lo": numberJSON(v.Lo, valueDigits), "hi": numberJSON(v.Hi, valueDigits), "n": v.N}
}

// addValue takes a number, or an object that says what several seeds gave.
func (r *Result) addValue(path string, v any) bool {
	if x, ok := readNumber(v); ok {
		r.Values[path] = Number(x)
		return true
	}
	spread, _ := v.(map[string]any)
	mean, ok := readNumber(spread["mean"])
	n, _ := spread["n"].(float64)
	if !ok || n != math.Trunc(n) || n == 0 {
		return false
	}
	sd, _ := readNumber(spread["sd"])
	lo, _ := readNumber(spread["lo"])
	hi, _ := readNumber(spread["hi"])
	r.Values[path] = Value{Mean: mean, SD: sd, Lo: lo, Hi: hi, N: int(n)}
	return true
}

// readNumber reads a float64 that may be infinite or no number at all: a training can diverge, and the record says so.
func readNumber(v any) (float64, bool) {
	if s, ok := v.(string); ok && notFinite[s] {
		x, err := strconv.ParseFloat(s, 64)
		return x, err == nil
	}
	x, ok := v.(float64)
	return x, ok
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
