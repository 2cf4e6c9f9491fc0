package overfitting

import (
	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// Dropout asks what leaving out units at random does to overfitting.
var Dropout = &lab.Experiment{
	Name:   "overfitting/dropout",
	Title:  "300 samples, with and without dropout",
	Params: theDropout,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theDropout.run,
	Quick:  theDropout.quick(),
	Draw:   func(r *lab.Result) ([]figure.Figure, error) { return draw(r, dropoutVariants) },
}

type dropout struct {
	learning
	Ratio float32 `json:"ratio"`
}

var theDropout = dropout{
	learning: learning{Sizes: deep, Samples: 300, Batch: 100, Epochs: 301, SGD: nn.SGD{LR: 0.01}},
	Ratio:    0.2,
}

var dropoutVariants = []variant{
	{key: "none", name: "Dropoutなし"},
	{key: "dropout", name: "Dropoutあり", dropout: theDropout.Ratio},
}

// quick is for drafts.
func (p dropout) quick() *lab.Quick {
	p.Epochs = 30
	return &lab.Quick{Params: p, Run: p.run}
}

func (p dropout) run(in lab.Input) (*lab.Result, error) {
	runs, err := p.compare(in, dropoutVariants)
	if err != nil {
		return nil, err
	}
	r := p.result(dropoutVariants, runs)
	r.Claims = claims("dropout", runs[0], runs[1])
	return r, nil
}
