package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
)

// sample has one of everything that a record can hold.
func sample() *Result {
	return &Result{
		Experiment: "optimizers/training",
		Params:     json.RawMessage(`{"steps":2000,"adam":{"lr":0.001}}`),
		Seeds:      []uint64{1, 2, 3},
		Data:       &DataID{Name: "digits", SHA256: "ab"},
		Code:       Code{SHA256: "cd", Parts: map[string]string{"nn/sgd.go#SGD.Step": "01234567"}},
		Values: map[string]Value{
			"adam/final_loss": Summary([]float64{0.1, 0.2, 0.4}),
			"adam/steps":      Number(120),
			"diverged":        Number(math.Inf(1)),
			"layer1/mean":     Number(1), // a path that ends like a field of a summary
		},
		Claims: map[string]Claim{"c": {Statement: "a < b & </script>", Holds: true, Held: 2, Of: 3, Evidence: "1 < 2"}},
		Tables: map[string]Table{"top": {Columns: []string{"name", "x"}, Rows: [][]any{{"a|b", 0.1234567891}, {"---", 2.0}}}},
		Series: map[string]Series{"adam": {"x": {1, 2}, "mean": {0.123456, math.NaN()}}},
		Figures: map[string]FigureID{
			"loss": {SHA256: "ef", Alt: "損失の推移"},
		},
	}
}

func TestRecordComesBack(t *testing.T) {
	first, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Decode(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Errorf("encoding what was decoded gives other bytes:\n%s\n%s", first, second)
	}
	if got := r.Values["adam/final_loss"]; got.N != 3 || math.Abs(got.Mean-0.233333) > 1e-9 || got.Lo != 0.1 || got.Hi != 0.4 {
		t.Errorf("value came back as %+v", got)
	}
	if !math.IsInf(r.Values["diverged"].Mean, 1) || !math.IsNaN(r.Series["adam"]["mean"][1]) {
		t.Error("an infinite value or a NaN got lost")
	}
	if want := sample().Claims; !reflect.DeepEqual(r.Claims, want) {
		t.Errorf("claims came back as %+v", r.Claims)
	}
}

func TestRecordLayout(t *testing.T) {
	got, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/record.json"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the record is laid out as\n%s\nwant\n%s", got, want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	whole, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ in, want string }{
		"nothing":         {"", "cut off"},
		"truncated":       {string(whole[:len(whole)/2]), "cut off"},
		"newer":           {strings.Replace(string(whole), `"version": 1`, `"version": 2`, 1), ErrNewer.Error()},
		"other JSON":      {`{"name": "x"}`, "no record of deckgen"},
		"not JSON":        {"{\n\"version\": 1,\n oops", "line 3"},
		"wrong type":      {"{\"version\": 1, \"experiment\": \"a/b\",\n\"seeds\": \"x\"}", "line 2: seeds must not be a string"},
		"two records":     {string(whole) + string(whole), "after the end"},
		"no experiment":   {`{"version": 1}`, "no record of deckgen"},
		"no version":      {`{"experiment": "a/b"}`, "no record of deckgen"},
		"text as a value": {`{"version": 1, "experiment": "a/b", "values": {"x": "abc"}}`, "is no number"},
		"text in a curve": {`{"version": 1, "experiment": "a/b", "series": {"s": {"x": [1, "abc"]}}}`, "s: there are no lists of numbers"},
		"curves and more": {`{"version": 1, "experiment": "a/b", "series": {"s": {"x": [1], "y": {"z": [2]}}}}`, "s: there are no lists of numbers"},
		"nameless curve":  {`{"version": 1, "experiment": "a/b", "series": {"x": [1]}}`, "there are no lists of numbers"},
		"curve twice":     {`{"version": 1, "experiment": "a/b", "series": {"s": {"x": [1], "x": [2]}}}`, "duplicate"},
	} {
		if _, err := Decode([]byte(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
	if _, err := Decode([]byte(`{"version": 9}`)); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer version gives %v", err)
	}
}

func TestEncodeRefusesPathsThatCollide(t *testing.T) {
	for _, paths := range [][2]string{{"a", "a/b"}, {"a//b", "c"}, {"/a", "c"}} {
		r := &Result{Experiment: "a/b", Values: map[string]Value{paths[0]: Number(1), paths[1]: Number(2)}}
		if _, err := Encode(r); err == nil {
			t.Errorf("paths %q give no error", paths)
		}
	}
}

func FuzzDecode(f *testing.F) {
	whole, err := Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"version":1,"experiment":"a/b","values":{"a":{"b":1}},"series":{"s":{"x":[1]}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Decode(b)
		if err != nil {
			return
		}
		once, err := Encode(r)
		if err != nil {
			return // such as a key with a slash in it
		}
		again, err := Decode(once)
		if err != nil {
			t.Fatalf("what was encoded does not decode: %v\n%s", err, once)
		}
		if twice, err := Encode(again); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("encoding twice differs (%v):\n%s\n%s", err, once, twice)
		}
	})
}

// Whatever somebody changes in a record is seen; how it is laid out does not matter.
func TestSeal(t *testing.T) {
	whole, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		old, new string
		edited   bool
	}{
		{"2000", "2000", false},
		{"\n", "\r\n", false},
		{"  ", " ", false},
		{"0.233333", "0.233334", true},
		{`"n": 3`, `"n": 5`, true},
		{"[1, 2, 3]", "[1, 2]", true},
		{"1 < 2", "1 < 3", true},
		{"0.1235", "0.1236", true},
		{"損失の推移", "損失", true},
		{`"seal": "`, `"seal": "0`, true},
		{`"ef"`, `"efg`, true},
	} {
		raw := bytes.ReplaceAll(whole, []byte(test.old), []byte(test.new))
		if got := Edited(raw); got != test.edited {
			t.Errorf("%q → %q: edited %v", test.old, test.new, got)
		}
	}
}
