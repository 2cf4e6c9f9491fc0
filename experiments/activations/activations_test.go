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

func TestSlopes(t *testing.T) {
	r, err := theFunctions.run(lab.Input{})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]float64{"sigmoid/steepest": 0.25, "tanh/steepest": 1, "relu/steepest": 1, "sigmoid/through": math.Pow(0.25, 5)} {
		if got := r.Values[key].Mean; math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: %g, want %g", key, got, want)
		}
	}
	for key, s := range r.Series { // the slope is that of the function
		for i := 1; i < len(s["x"])-1; i++ {
			if s["x"][i] == 0 && key == "relu" {
				continue // a corner
			}
			if d := (s["y"][i+1] - s["y"][i-1]) / (s["x"][i+1] - s["x"][i-1]); math.Abs(d-s["slope"][i]) > 0.01 {
				t.Errorf("%s at %g: slope %g, want about %g", key, s["x"][i], s["slope"][i], d)
			}
		}
	}
}

// By theory each layer of ReLU changes the spread by σ√(n/2).
func TestFactor(t *testing.T) {
	for s, want := range map[*scheme]float64{&std001: 0.0707, &xavier: 0.707, &he: 1} {
		if got := factor(propagate(small(), "relu", *s)); math.Abs(got/want-1) > 0.15 {
			t.Errorf("%s: %g from layer to layer, want about %g", s.Name, got, want)
		}
	}
}

// The moving picture begins and ends with the distributions of the still ones.
func TestSweep(t *testing.T) {
	p := small()
	in := lab.Input{Experiment: "activations/distributions", Seeds: []uint64{1}}
	r, err := p.run(in)
	if err != nil {
		t.Fatal(err)
	}
	for step, key := range map[int]string{0: "sigmoid/std1", len(p.Sweep) - 1: "sigmoid/std001"} {
		a, b := r.Series[sweepPath(step, 4)]["share"], r.Series[key+"/layer5"]["share"]
		for i := range a {
			if a[i] != b[i] {
				t.Fatalf("step %d differs from %s in bar %d: %g, %g", step+1, key, i, a[i], b[i])
			}
		}
	}
}
