package deckgen

import (
	"testing"

	"deckgen/deckgen/lab"
)

// A run in Go is told that it forgets its seed only if nothing that it found may depend on one.
func TestAlike(t *testing.T) {
	one, other := []float64{1, 1, 1}, []float64{1, 1, 2}
	band := func(end float64) lab.Series { return lab.Band([]float64{1}, [][]float64{{1}, {end}}) }
	values := func(xs ...[]float64) map[string]lab.Value {
		m := map[string]lab.Value{"rolls": lab.Number(3)}
		for i, x := range xs {
			m[string(rune('a'+i))] = lab.Summary(x)
		}
		return m
	}
	for name, test := range map[string]struct {
		lab.Result
		want bool
	}{
		"values":             {lab.Result{Values: values(one, one)}, true},
		"all there is":       {lab.Result{Values: values(one), Claims: map[string]lab.Claim{"a": {Held: 0, Of: 3}, "b": {Held: 3, Of: 3}}, Series: map[string]lab.Series{"y": band(1)}}, true},
		"another value":      {lab.Result{Values: values(one, other)}, false},
		"another claim":      {lab.Result{Values: values(one), Claims: map[string]lab.Claim{"a": {Held: 1, Of: 3}}}, false},
		"another curve":      {lab.Result{Values: values(one), Series: map[string]lab.Series{"y": band(2)}}, false},
		"a curve of any":     {lab.Result{Values: values(one), Series: map[string]lab.Series{"y": {"y": one}}}, false},
		"a table":            {lab.Result{Values: values(one), Tables: map[string]lab.Table{"a": {}}}, false},
		"one seed":           {lab.Result{Values: values(one[:1])}, false},
		"no value of a seed": {lab.Result{Values: values()}, false},
	} {
		if got := (&driver{}).alike(&lab.Experiment{}, &test.Result); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
