package fake

import (
	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
)

// Walk leaves nothing to chance. Its functions are literals.
var Walk = &lab.Experiment{
	Name:  "walk/line",
	Title: "a walk along a line",
	Run: func(lab.Input) (*lab.Result, error) {
		return &lab.Result{Values: map[string]lab.Value{"steps": lab.Number(30)}}, nil
	},
	Draw: func(r *lab.Result) ([]figure.Figure, error) {
		return []figure.Figure{picture("line", r.Values["steps"].Mean)}, nil
	},
}

// Endlessly ends only when the user interrupts.
var Endlessly = &lab.Experiment{
	Name:  "walk/endless",
	Title: "a walk without an end",
	Run: func(in lab.Input) (*lab.Result, error) {
		_, err := lab.Map(in, []int{1, 2}, func(int) (int, error) {
			select {}
		})
		return nil, err
	},
	Draw: func(*lab.Result) ([]figure.Figure, error) { return nil, nil },
}

// Over steps where nothing is.
var Over = &lab.Experiment{
	Name:  "walk/over",
	Title: "a walk over the edge",
	Seeds: 2,
	Run: func(in lab.Input) (*lab.Result, error) {
		_, err := lab.Map(in, in.Seeds, func(seed uint64) (int, error) { return []int{1, 2}[seed], nil })
		return &lab.Result{}, err
	},
	Draw: func(*lab.Result) ([]figure.Figure, error) { return nil, nil },
}
