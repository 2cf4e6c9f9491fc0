package batchnorm

import (
	"math"
	"testing"

	"deckgen/deckgen/lab"
)

// From weights as small as 0.0001 a deep net does not learn, unless Batch Normalization brings the signal back.
func TestNormalizationLearnsFromTinyWeights(t *testing.T) {
	p := theTraining
	p.Scales, p.Samples, p.Epochs, p.SGD.LR = []float64{0.001}, 300, 20, 0.05
	r, err := p.run(lab.Input{Experiment: "batchnorm/training", Seeds: []uint64{1}})
	if err != nil {
		t.Fatal(err)
	}
	with, without := r.Values["with/scale01/accuracy"].Mean, r.Values["without/scale01/accuracy"].Mean
	if with < 0.4 || without > 0.25 {
		t.Errorf("accuracy %g with and %g without Batch Normalization", with, without)
	}
	if !r.Claims["more_accurate"].Holds {
		t.Errorf("claim %+v", r.Claims["more_accurate"])
	}
}

func TestMeasures(t *testing.T) {
	p := training{Epochs: 3, Target: 0.8, Scales: []float64{1, 0.1}}
	with := [][][]float64{{{0.1, 0.8, 0.9, 0.9}}, {{0.1, 0.2, 0.3, 0.4}}} // two scales, one seed
	without := [][][]float64{{{0.1, 0.1, 0.1, 0.95}}, {{0.1, 0.1, 0.1, 0.1}}}
	r := p.result(with, without)
	for path, want := range map[string]float64{
		"with/scale01/epochs": 1, "with/scale02/epochs": 4, "without/scale01/epochs": 3,
		"with/reached": 1, "without/reached": 1, "better": 1, "with/mean_accuracy": 0.65,
	} {
		if got := r.Values[path].Mean; got != want {
			t.Errorf("%s is %g, want %g", path, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	if got := deviation([]float32{1, 3, 5, 7}); got != math.Sqrt(5) {
		t.Errorf("standard deviation %g, want √5", got)
	}
	p := theSpread
	p.Samples = 300
	r, err := p.run(lab.Input{Experiment: "batchnorm/spread", Seeds: []uint64{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range []string{"large", "small"} { // the spread of max(0, z) for a standard normal z
		if got, want := r.Values[scale+"/with/layer1"].Mean, math.Sqrt(0.5-0.5/math.Pi); math.Abs(got/want-1) > 0.02 {
			t.Errorf("%s: %g in the first layer, want about %g", scale, got, want)
		}
	}
	for key, c := range r.Claims {
		if !c.Holds {
			t.Errorf("%s: %s", key, c.Evidence)
		}
	}
}
