package hyperparameters

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/f32"
)

func TestDrawsAreLogUniform(t *testing.T) {
	p, r := theSearch, rand.New(rand.NewPCG(1, 1))
	perDecade := make([]int, 4)
	for range 4000 {
		tr := p.draw(r)
		lr, decay := math.Log10(float64(tr.LR)), math.Log10(float64(tr.Decay))
		if lr < -6.0001 || lr > -1.9999 || decay < -8.0001 || decay > -3.9999 {
			t.Fatalf("drew learning rate %g, weight decay %g", tr.LR, tr.Decay)
		}
		perDecade[min(3, int(lr+6))]++
	}
	for i, n := range perDecade {
		if n < 900 || n > 1100 {
			t.Errorf("decade %d holds %d of 4000 learning rates, want about 1000", i, n)
		}
	}
}

func TestSplitLosesNoSample(t *testing.T) {
	all := data.Part{X: f32.New(50, 1), Labels: make([]uint8, 50)}
	for i := range 50 {
		all.X.Data[i], all.Labels[i] = float32(i), uint8(i)
	}
	train, val := split(all, 10, rand.New(rand.NewPCG(1, 1)))
	if train.X.Rows != 40 || val.X.Rows != 10 {
		t.Fatalf("%d and %d samples", train.X.Rows, val.X.Rows)
	}
	var seen []float32
	for _, p := range []data.Part{train, val} {
		for i := range p.X.Rows {
			if p.X.Data[i] != float32(p.Labels[i]) {
				t.Fatal("a sample has another's label")
			}
			seen = append(seen, p.X.Data[i])
		}
	}
	slices.Sort(seen)
	if len(slices.Compact(seen)) != 50 {
		t.Error("a sample is in both parts")
	}
}

func TestCorrelation(t *testing.T) {
	var p search
	trials := []trial{{LR: 4}, {LR: 3}, {LR: 2}, {LR: 1}} // the best first
	lr := func(t trial) float64 { return float64(t.LR) }
	if got := p.correlation(trials, lr); got != 1 {
		t.Errorf("in the same order: %g", got)
	}
	if got := p.correlation(trials, func(t trial) float64 { return -lr(t) }); got != -1 {
		t.Errorf("in the opposite order: %g", got)
	}
	mixed := []trial{{LR: 1}, {LR: 4}, {LR: 3}, {LR: 2}} // Σd² = 9+1+1+1, so 1 − 6·12/60
	if got := p.correlation(mixed, lr); math.Abs(got+0.2) > 1e-12 {
		t.Errorf("in a mixed order: %g, want -0.2", got)
	}
}

func TestSearchSortsItsTrials(t *testing.T) {
	p := theSearch
	p.Sizes, p.Samples, p.Validation, p.Epochs, p.Trials, p.Best, p.Top = []int{784, 30, 10}, 300, 100, 10, 12, 4, 3
	r, err := p.run(lab.Input{Experiment: "hyperparameters/search", Seeds: []uint64{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	rows := r.Tables["top"].Rows
	if len(rows) != 3 || rows[0][1].(float64) < rows[1][1].(float64) || rows[1][1].(float64) < rows[2][1].(float64) {
		t.Errorf("the table is %v", rows)
	}
	if n := len(r.Series["all"]["lr"]); n != 24 {
		t.Errorf("%d trials recorded, want 24", n)
	}
}

func TestScale(t *testing.T) {
	r, err := theScale.run(lab.Input{Experiment: "hyperparameters/scale", Seeds: []uint64{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	// From 10⁻⁶ to 10⁻², nine tenths of a uniform variable are above 10⁻³, and a quarter of a uniform exponent.
	for key, want := range map[string]float64{"linear": 0.9, "log": 0.25} {
		if got := r.Values[key+"/top_decade"].Mean; math.Abs(got-want) > 0.03 {
			t.Errorf("%s: %g in the top decade, want about %g", key, got, want)
		}
		sum := 0.0
		for _, share := range r.Series[key]["share"] {
			sum += share
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%s: the bars add up to %g", key, sum)
		}
	}
}

// The winner's net is trained once more for the test, and must come out the same.
func TestWinnerIsReproduced(t *testing.T) {
	p := theSecond
	p.Sizes, p.Samples, p.Validation, p.Epochs, p.Trials, p.Best, p.Top = []int{784, 20, 10}, 300, 100, 5, 6, 3, 2
	set, err := data.Load("")
	if err != nil {
		t.Fatal(err)
	}
	in := lab.Input{Experiment: "hyperparameters/second", Seeds: []uint64{1}}
	few := set.Train.First(p.Samples)
	searches, err := p.searches(in, few)
	if err != nil {
		t.Fatal(err)
	}
	winner := searches[0][0]
	again := trial{Number: winner.Number, LR: winner.LR, Decay: winner.Decay}
	p.try(in, few, &again, 1)
	if !slices.Equal(again.Val, winner.Val) || !slices.Equal(again.Train, winner.Train) {
		t.Errorf("accuracies %v, want %v", again.Val, winner.Val)
	}
}
