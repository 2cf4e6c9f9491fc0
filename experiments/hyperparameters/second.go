package hyperparameters

import (
	"encoding/json"
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
)

// Second searches again where the first search pointed, and asks what the winner is worth on data that chose nothing.
var Second = &lab.Experiment{
	Name:   "hyperparameters/second",
	Title:  "a second random search, with larger learning rates",
	Params: theSecond,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theSecond.run,
	Quick:  theSecond.quick(),
	Draw:   drawSecond,
}

type second struct {
	search
}

var theSecond = func() second {
	p := second{theSearch}
	p.LR, p.Trials, p.Best = [2]float64{-3, 0}, 50, 10
	return p
}()

// quick is for drafts.
func (p second) quick() *lab.Quick {
	p.Trials, p.Epochs = 20, 10
	return &lab.Quick{Params: p, Run: p.run}
}

func (p second) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	few := set.Train.First(p.Samples)
	searches, err := p.searches(in, few)
	if err != nil {
		return nil, err
	}
	test := make([]float64, len(searches))
	for i, trials := range searches {
		winner := trials[0] // trained once more, as its net was not kept
		test[i] = p.try(in, few, &winner, in.Seeds[i]).Accuracy(set.Test.X, set.Test.Labels)
	}
	r := p.result(searches)
	r.Values["best/test_accuracy"] = lab.Summary(test)
	r.Claims = p.claims(searches, test)
	return r, nil
}

func (p second) claims(searches [][]trial, test []float64) map[string]lab.Claim {
	rate := lab.Each(searches, func(s []trial) float64 { return float64(s[0].LR) })
	val := lab.Each(searches, func(s []trial) float64 { return s[0].accuracy() })
	x := logAxis("", p.LR)
	return map[string]lab.Claim{
		"best_rate_inside": lab.Claimed("the best learning rate lies inside the range, at least a factor of two from its ends",
			fmt.Sprintf("%.3f, from %g to %g", lab.Mean(rate), x.Min, x.Max),
			func(v []float64) bool { return v[0] >= 2*x.Min && v[0] <= x.Max/2 }, rate),
		"validation_flatters": lab.Claimed("the winner is more accurate on the validation data that chose it than on test data",
			fmt.Sprintf("%.1f%% against %.1f%%", 100*lab.Mean(val), 100*lab.Mean(test)),
			func(v []float64) bool { return v[0] > v[1] }, val, test),
	}
}

func drawSecond(r *lab.Result) ([]figure.Figure, error) {
	var p second
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	f, err := plane(p.search, r)
	return []figure.Figure{f}, err
}
