package overfitting

import (
	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// WeightDecay asks what a penalty on large weights does to overfitting.
var WeightDecay = &lab.Experiment{
	Name:   "overfitting/weight-decay",
	Title:  "300 samples, with and without weight decay",
	Params: theWeightDecay,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theWeightDecay.run,
	Quick:  theWeightDecay.quick(),
	Draw:   func(r *lab.Result) ([]figure.Figure, error) { return draw(r, decayVariants) },
}

type weightDecay struct {
	learning
	Lambda float32 `json:"lambda"`
}

var theWeightDecay = weightDecay{
	learning: learning{Sizes: deep, Samples: 300, Batch: 100, Epochs: 201, SGD: nn.SGD{LR: 0.01}},
	Lambda:   0.1,
}

var decayVariants = []variant{
	{key: "none", name: "正則化なし"},
	{key: "decay", name: "Weight decayあり", weightDecay: theWeightDecay.Lambda},
}

// quick is for drafts.
func (p weightDecay) quick() *lab.Quick {
	p.Epochs = 20
	return &lab.Quick{Params: p, Run: p.run}
}

func (p weightDecay) run(in lab.Input) (*lab.Result, error) {
	runs, err := p.compare(in, decayVariants)
	if err != nil {
		return nil, err
	}
	r := p.result(decayVariants, runs)
	r.Claims = claims("weight decay", runs[0], runs[1])
	return r, nil
}
