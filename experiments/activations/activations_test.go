package activations

import (
	"math"
	"math/rand/v2"
	"testing"

	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
	"deckgen/experiments/nn"
)

func small() distributions {
	p := theDistributions
	p.Samples = 400
	return p
}

func propagate(p distributions, function string, s scheme) []layerStats {
	for _, t := range trials {
		if t.key == function && t.Key == s.Key {
			return p.propagate(t, rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(2, 2)))
		}
	}
	panic("no such trial")
}

// He's initialization is made so that the mean square of ReLU's activations stays that of the input.
func TestHeKeepsTheMeanSquare(t *testing.T) {
	for l, s := range propagate(small(), "relu", he) {
		if square := s.mean*s.mean + s.std*s.std; square < 0.6 || square > 1.6 {
			t.Errorf("layer %d: mean square %g, want about 1", l+1, square)
		}
	}
	for l, s := range propagate(small(), "relu", xavier) {
		want := math.Pow(0.5, float64(l+1)) // each layer halves it
		if square := s.mean*s.mean + s.std*s.std; square < want/2 || square > want*2 {
			t.Errorf("layer %d with Xavier: mean square %g, want about %g", l+1, square, want)
		}
	}
}

func TestMeasure(t *testing.T) {
	p := distributions{Bins: 4, Saturated: 0.2}
	y := &f32.Matrix{Rows: 2, Cols: 2, Data: []float32{0, 0.5, 0, 1}}
	s := p.measure(y, functions[0]) // sigmoid: flat at 0 and at 1
	if s.mean != 0.375 || s.saturated != 0.75 || s.zero != 0.5 || s.dead != 0.5 {
		t.Errorf("measured %+v", s)
	}
	if want := []float64{0.5, 0, 0.25, 0.25}; s.counts[0] != want[0] || s.counts[2] != want[2] || s.counts[3] != want[3] {
		t.Errorf("counts %v, want %v", s.counts, want)
	}
	if want := math.Sqrt((0.140625*2 + 0.015625 + 0.390625) / 4); math.Abs(s.std-want) > 1e-12 {
		t.Errorf("standard deviation %g, want %g", s.std, want)
	}
}

func TestEqualWeightsStayEqual(t *testing.T) {
	p := theSymmetry
	p.Steps, p.Hidden = 20, 8
	r, err := p.run(lab.Input{Experiment: "activations/symmetry", Seeds: []uint64{1}})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]float64{"zero": 1, "same": 1, "random": 8} {
		if got := r.Values[key+"/distinct_units"].Mean; got != want {
			t.Errorf("%s: %g distinct units of 8, want %g", key, got, want)
		}
	}
}

func TestSchemes(t *testing.T) {
	for s, want := range map[string]float64{"std1": 1, "std001": 0.01, "xavier": 0.1, "he": 0.14142136} {
		if got := theDistributions.Std[s]; got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
	if nn.He(100) <= nn.Xavier(100) {
		t.Error("He is not wider than Xavier")
	}
}
