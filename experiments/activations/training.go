package activations

import (
	"encoding/json"
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// Training shows what the initial weights mean for learning.
var Training = &lab.Experiment{
	Name:   "activations/training",
	Title:  "the same net trained from different initial weights",
	Params: theTraining,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theTraining.run,
	Quick:  theTraining.quick(),
	Draw:   drawTraining,
}

type training struct {
	Sizes []int  `json:"sizes"`
	Batch int    `json:"batch"`
	Steps int    `json:"steps"`
	SGD   nn.SGD `json:"sgd"`
}

var theTraining = training{Sizes: []int{784, 100, 100, 100, 100, 10}, Batch: 128, Steps: 2000, SGD: nn.SGD{LR: 0.01}}

var trained = []scheme{std001, xavier, he}

const (
	lossBlock = 20  // steps behind a point of a loss curve
	lastSteps = 100 // steps behind the final loss
)

// quick is for drafts.
func (p training) quick() *lab.Quick {
	p.Steps = 200
	return &lab.Quick{Params: p, Run: p.run}
}

func (p training) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	runs, err := lab.Grid(in, trained, func(s scheme, seed uint64) ([]float64, error) {
		net := nn.New(nn.Config{Sizes: p.Sizes, Init: s.Init}, in.Rand(seed, "weights"))
		batches := nn.NewBatches(set.Train.X, set.Train.Labels, p.Batch, in.Rand(seed, "batches"))
		losses := make([]float64, p.Steps)
		for i := range losses {
			x, labels := batches.Next()
			losses[i] = net.Step(x, labels, &p.SGD)
		}
		return losses, nil
	})
	if err != nil {
		return nil, err
	}
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	final := make([][]float64, len(trained))
	for i, s := range trained {
		final[i] = lab.Each(runs[i], func(losses []float64) float64 { return lab.Mean(losses[max(0, p.Steps-lastSteps):]) })
		r.Values[s.Key+"/final_loss"] = lab.Summary(final[i])
		r.Series[s.Key] = lossBand(runs[i])
	}
	r.Values["chance_loss"] = lab.Number(chanceLoss)
	r.Claims = trainingClaims(final)
	return r, nil
}

// chanceLoss is log 10: the loss of a net that gives each of ten classes the same probability.
const chanceLoss = 2.302585

func lossBand(runs [][]float64) lab.Series {
	var x []float64
	curves := make([][]float64, len(runs))
	for i, losses := range runs {
		x, curves[i] = lab.Blocks(losses, lossBlock)
	}
	return lab.Band(x, curves)
}

func trainingClaims(final [][]float64) map[string]lab.Claim {
	small, xavier, he := final[0], final[1], final[2]
	return map[string]lab.Claim{
		"std001_does_not_learn": lab.Claimed("with std 0.01, the final loss is within 1% of that of guessing, log 10",
			fmt.Sprintf("%.3f against %.3f", lab.Mean(small), chanceLoss),
			func(x []float64) bool { return x[0] > 0.99*chanceLoss }, small),
		"he_beats_xavier": lab.Claimed("He has a lower final loss than Xavier",
			fmt.Sprintf("%.3f against %.3f", lab.Mean(he), lab.Mean(xavier)),
			func(x []float64) bool { return x[0] < x[1] }, he, xavier),
		"both_learn": lab.Claimed("with Xavier and with He, the final loss is below half of that of guessing",
			fmt.Sprintf("%.3f and %.3f", lab.Mean(xavier), lab.Mean(he)),
			func(x []float64) bool { return max(x[0], x[1]) < chanceLoss/2 }, xavier, he),
	}
}

func drawTraining(r *lab.Result) ([]figure.Figure, error) {
	var p training
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	l := figure.Lines{X: figure.Axis{Label: "更新回数", Max: float64(p.Steps)}, Y: figure.Axis{Label: "損失"}}
	alt := "初期値ごとの損失の推移。最後の損失は"
	for i, s := range trained {
		c := r.Series[s.Key]
		l.Curves = append(l.Curves, figure.Curve{Label: s.Name, X: c["x"], Mean: c["mean"], Lo: c["lo"], Hi: c["hi"], Color: colors[i]})
		if i > 0 {
			alt += "、"
		}
		alt += fmt.Sprintf("%sが%.3f", s.Name, r.Values[s.Key+"/final_loss"].Mean)
	}
	f, err := l.Draw("loss", alt+"。")
	return []figure.Figure{f}, err
}

// colors of the schemes in the order of trained.
var colors = []figure.Color{figure.Vermilion, figure.Green, figure.Blue}
