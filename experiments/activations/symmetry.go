package activations

import (
	"encoding/json"
	"fmt"
	"math"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// Symmetry shows why the weights must not start out equal: the units of a layer then stay copies of each other.
var Symmetry = &lab.Experiment{
	Name:   "activations/symmetry",
	Title:  "weights that start at zero, all the same, or at random",
	Params: theSymmetry,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theSymmetry.run,
	Quick:  theSymmetry.quick(),
	Draw:   drawSymmetry,
}

type symmetry struct {
	Hidden int     `json:"hidden"` // units of the only hidden layer
	Batch  int     `json:"batch"`
	Steps  int     `json:"steps"`
	SGD    nn.SGD  `json:"sgd"`
	Same   float64 `json:"same"` // the value of all weights where they are the same
}

var theSymmetry = symmetry{Hidden: 20, Batch: 100, Steps: 1000, SGD: nn.SGD{LR: 0.1}, Same: 0.01}

// A beginning is a way to choose the first weights of the net.
type beginning struct {
	Key, Name string
}

var beginnings = []beginning{{"zero", "すべて0"}, {"same", "すべて同じ値"}, {"random", "乱数(He)"}}

const shownUnits = 8

// outcome is what a training from a beginning ends in.
type outcome struct {
	Distinct float64 // hidden units with weights that no other has
	Accuracy float64
	Units    [][]float64 // the weights of the first units
}

// quick is for drafts.
func (p symmetry) quick() *lab.Quick {
	p.Steps = 100
	return &lab.Quick{Params: p, Run: p.run}
}

func (p symmetry) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	runs, err := lab.Grid(in, beginnings, func(b beginning, seed uint64) (outcome, error) {
		net := nn.New(nn.Config{Sizes: []int{784, p.Hidden, 10}, Init: nn.He}, in.Rand(seed, "weights"))
		p.begin(net, b)
		batches := nn.NewBatches(set.Train.X, set.Train.Labels, p.Batch, in.Rand(seed, "batches"))
		for range p.Steps {
			x, labels := batches.Next()
			net.Step(x, labels, &p.SGD)
		}
		units := p.units(net)
		return outcome{distinct(units), net.Accuracy(set.Test.X, set.Test.Labels), units[:shownUnits]}, nil
	})
	if err != nil {
		return nil, err
	}
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	for i, b := range beginnings {
		r.Values[b.Key+"/distinct_units"] = lab.Summary(lab.Each(runs[i], func(o outcome) float64 { return o.Distinct }))
		r.Values[b.Key+"/accuracy"] = lab.Summary(lab.Each(runs[i], func(o outcome) float64 { return o.Accuracy }))
		units := lab.Series{}
		for u, w := range runs[i][0].Units {
			units[fmt.Sprintf("unit%d", u+1)] = w
		}
		r.Series[b.Key] = units
	}
	r.Claims = p.claims(runs)
	return r, nil
}

// begin overwrites the random weights where the beginning asks for it.
func (p symmetry) begin(net *nn.Net, b beginning) {
	value := map[string]float32{"zero": 0, "same": float32(p.Same)}
	w, replace := value[b.Key]
	if !replace {
		return
	}
	for _, param := range net.Params() {
		if !param.Decays {
			continue // a bias
		}
		for i := range param.W {
			param.W[i] = w
		}
	}
}

// units are the weights of each hidden unit: a number for each pixel.
func (p symmetry) units(net *nn.Net) [][]float64 {
	w := net.Params()[0].W // 784×hidden
	units := make([][]float64, p.Hidden)
	for i, v := range w {
		units[i%p.Hidden] = append(units[i%p.Hidden], float64(v))
	}
	return units
}

// distinct counts the units that differ from all before them.
func distinct(units [][]float64) float64 {
	seen := map[string]bool{}
	for _, u := range units {
		var key []byte
		for _, v := range u {
			key = fmt.Appendf(key, "%x ", math.Float64bits(v))
		}
		seen[string(key)] = true
	}
	return float64(len(seen))
}

func (p symmetry) claims(runs [][]outcome) map[string]lab.Claim {
	units := func(i int) []float64 { return lab.Each(runs[i], func(o outcome) float64 { return o.Distinct }) }
	accuracy := func(i int) []float64 { return lab.Each(runs[i], func(o outcome) float64 { return o.Accuracy }) }
	return map[string]lab.Claim{
		"zero_does_not_learn": lab.Claimed("with all weights zero, accuracy on test data stays below 15%",
			fmt.Sprintf("%.1f%%", 100*lab.Mean(accuracy(0))), func(x []float64) bool { return x[0] < 0.15 }, accuracy(0)),
		"same_units_stay_equal": lab.Claimed("with all weights the same, all hidden units have the same weights after training",
			fmt.Sprintf("%g distinct of %d", lab.Mean(units(1)), p.Hidden), func(x []float64) bool { return x[0] == 1 }, units(1)),
		"random_units_differ": lab.Claimed("with random weights, all hidden units differ after training",
			fmt.Sprintf("%g distinct of %d", lab.Mean(units(2)), p.Hidden),
			func(x []float64) bool { return x[0] == float64(p.Hidden) }, units(2)),
		"random_most_accurate": lab.Claimed("random weights give the highest accuracy on test data",
			fmt.Sprintf("%.1f%% against %.1f%%", 100*lab.Mean(accuracy(2)), 100*lab.Mean(accuracy(1))),
			func(x []float64) bool { return x[2] > max(x[0], x[1]) }, accuracy(0), accuracy(1), accuracy(2)),
	}
}

func drawSymmetry(r *lab.Result) ([]figure.Figure, error) {
	var p symmetry
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	t := figure.Tiles{Width: 28, Size: figure.Size{W: 960, H: 343}}
	for _, b := range beginnings {
		row := figure.TileRow{Label: b.Name}
		for u := range shownUnits {
			row.Images = append(row.Images, r.Series[b.Key][fmt.Sprintf("unit%d", u+1)])
		}
		t.Rows = append(t.Rows, row)
	}
	f, err := t.Draw("units", fmt.Sprintf("学習後の隠れユニットの重み。すべて同じ値から始めると%.0f種類、乱数から始めると%.0f種類になる。",
		r.Values["same/distinct_units"].Mean, r.Values["random/distinct_units"].Mean))
	return []figure.Figure{f}, err
}
