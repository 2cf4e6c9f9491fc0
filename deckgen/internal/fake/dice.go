package fake

import (
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
)

// Mean has several seeds, values, a table and claims of every sort.
var Mean = &lab.Experiment{
	Name:   "dice/mean",
	Title:  "the mean of many rolls",
	Params: theDice,
	Seeds:  3,
	Run:    theDice.run,
	Draw:   drawMean,
}

type dice struct {
	Rolls int `json:"rolls"`
	Bias  struct {
		Six float64 `json:"six"`
	} `json:"bias"`
}

var theDice = dice{Rolls: 1234}

func (d dice) run(in lab.Input) (*lab.Result, error) {
	runs, err := lab.Grid(in, []dice{d}, func(_ dice, seed uint64) (float64, error) { return roll(seed), nil })
	if err != nil {
		return nil, err
	}
	means := runs[0]
	above := func(limit float64) func([]float64) bool { return func(x []float64) bool { return x[0] > limit } }
	mean := lab.Summary(means)
	return &lab.Result{
		Values: map[string]lab.Value{"mean": mean, "rolls": lab.Number(float64(d.Rolls))},
		Claims: map[string]lab.Claim{
			"above_half": lab.Claimed("the mean is above 0.5", fmt.Sprintf("%.2f", mean.Mean), above(0.5), means),
			"above_most": lab.Claimed("the mean is above 0.65", fmt.Sprintf("%.2f", mean.Mean), above(0.65), means),
			"above_one":  lab.Claimed("the mean is above 1", fmt.Sprintf("%.2f", mean.Mean), above(1), means),
		},
		Tables: map[string]lab.Table{"shares": {Columns: []string{"side", "share"},
			Rows: [][]any{{"one", 0.25}, {"two|three", 0.5}}}},
		Series: map[string]lab.Series{"means": {"y": means}},
	}, nil
}

// roll is 0.6 for the first seed, 0.7 for the second, and so on.
func roll(seed uint64) float64 {
	return 0.5 + float64(seed)/10
}

func drawMean(r *lab.Result) ([]figure.Figure, error) {
	return []figure.Figure{picture("mean", r.Values["mean"].Mean), picture("spread", r.Values["mean"].SD)}, nil
}

func picture(name string, x float64) figure.Figure {
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><title>%s %.3f</title></svg>`+"\n", name, x)
	return figure.Figure{Name: name, Alt: name, SVG: []byte(svg)}
}
