package overfitting

import (
	"testing"

	"deckgen/deckgen/lab"
	"deckgen/experiments/nn"
)

func quick(epochs int) learning {
	return learning{Sizes: []int{784, 50, 50, 10}, Samples: 100, Batch: 50, Epochs: epochs, SGD: nn.SGD{LR: 0.1}}
}

func TestFewSamplesAreLearntByHeart(t *testing.T) {
	variants := []variant{{key: "none"}, {key: "decay", weightDecay: 0.1}, {key: "dropout", dropout: 0.5}}
	p := quick(60)
	runs, err := p.compare(lab.Input{Experiment: "overfitting/test", Seeds: []uint64{1}}, variants)
	if err != nil {
		t.Fatal(err)
	}
	r := p.result(variants, runs)
	if train, gap := r.Values["none/train_accuracy"].Mean, r.Values["none/gap"].Mean; train < 0.99 || gap < 0.2 {
		t.Errorf("without anything: accuracy %g on training data, gap %g", train, gap)
	}
	if h := (history{Train: []float64{0.5, 0.75}, Test: []float64{0.25, 0.5}}); h.gap() != 0.25 {
		t.Errorf("the gap between 0.75 and 0.5 is %g", h.gap())
	}
	for _, c := range claims("weight decay", runs[0], runs[1]) {
		if c.Of != 1 || c.Evidence == "" {
			t.Errorf("claim %+v", c)
		}
	}
	if plain, decayed := r.Values["none/gap"].Mean, r.Values["decay/gap"].Mean; decayed >= plain {
		t.Errorf("gap %g without and %g with weight decay", plain, decayed)
	}
	if len(runs[2][0].Train) != p.Epochs {
		t.Errorf("%d epochs recorded, want %d", len(runs[2][0].Train), p.Epochs)
	}
}

func TestParamsHaveTheSettingOfBoth(t *testing.T) {
	if theWeightDecay.Lambda != decayVariants[1].weightDecay || theDropout.Ratio != dropoutVariants[1].dropout {
		t.Error("the recorded parameter is not the one that is used")
	}
}

func TestStrength(t *testing.T) {
	p := theStrength
	p.Sizes, p.Samples, p.Epochs = []int{784, 20, 10}, 200, 5
	r, err := p.run(lab.Input{Experiment: "overfitting/strength", Seeds: []uint64{1}})
	if err != nil {
		t.Fatal(err)
	}
	// No weight decay and no dropout are the same net, trained the same way.
	if a, b := r.Values["decay/0/test_accuracy"], r.Values["dropout/0/test_accuracy"]; a != b {
		t.Errorf("without: %v and %v", a, b)
	}
	if a, b := r.Values["dropout/0/test_accuracy"], r.Values["dropout/0.2/test_accuracy"]; a == b {
		t.Errorf("dropout changes nothing: %v", a)
	}
	if n := len(p.variants()); n != len(p.Lambdas)+len(p.Ratios) {
		t.Errorf("%d variants", n)
	}
}

func TestMasks(t *testing.T) {
	p := theMasks
	r, err := p.run(lab.Input{Experiment: "overfitting/masks", Seeds: []uint64{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Values["dropped"].Mean; got < 0.48 || got > 0.52 {
		t.Errorf("%g of the units left out, want about %g", got, p.Ratio)
	}
	if c := r.Claims["expectation_matches"]; !c.Holds {
		t.Error(c.Evidence)
	}
	if len(r.Series) != 2*p.Shown {
		t.Errorf("%d masks recorded, want %d", len(r.Series), 2*p.Shown)
	}
}
