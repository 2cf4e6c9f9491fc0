package optimizers

import (
	"encoding/json"
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// Training compares the optimizers where it matters: on a net that learns to read digits.
var Training = &lab.Experiment{
	Name:   "optimizers/training",
	Title:  "four optimizers train the same net on digits",
	Params: theTraining,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theTraining.run,
	Quick:  theTraining.quick(),
	Draw:   drawTraining,
}

type training struct {
	Sizes    []int       `json:"sizes"`
	Batch    int         `json:"batch"`
	Steps    int         `json:"steps"`
	Target   float64     `json:"target"` // the loss to be reached
	SGD      nn.SGD      `json:"sgd"`
	Momentum nn.Momentum `json:"momentum"`
	AdaGrad  nn.AdaGrad  `json:"adagrad"`
	Adam     nn.Adam     `json:"adam"`
}

var theTraining = training{
	Sizes:    []int{784, 100, 100, 100, 100, 10},
	Batch:    128,
	Steps:    2000,
	Target:   0.5,
	SGD:      nn.SGD{LR: 0.01},
	Momentum: nn.Momentum{LR: 0.01, Alpha: 0.9},
	AdaGrad:  nn.AdaGrad{LR: 0.01},
	Adam:     nn.Adam{LR: 0.001, Beta1: 0.9, Beta2: 0.999},
}

const (
	lossBlock = 20  // steps behind a point of a loss curve
	lastSteps = 100 // steps behind the final loss
)

// learnt is what one training showed.
type learnt struct {
	Losses   []float64 // one for each step
	Accuracy float64   // on the test data, at the end
}

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
	optimizers := []nn.Optimizer{&p.SGD, &p.Momentum, &p.AdaGrad, &p.Adam} // in the order of methods
	runs, err := lab.Grid(in, optimizers, func(opt nn.Optimizer, seed uint64) (learnt, error) {
		net := nn.New(nn.Config{Sizes: p.Sizes, Init: nn.He}, in.Rand(seed, "weights"))
		batches := nn.NewBatches(set.Train.X, set.Train.Labels, p.Batch, in.Rand(seed, "batches"))
		losses := make([]float64, p.Steps)
		for i := range losses {
			x, labels := batches.Next()
			losses[i] = net.Step(x, labels, opt)
		}
		return learnt{losses, net.Accuracy(set.Test.X, set.Test.Labels)}, nil
	})
	if err != nil {
		return nil, err
	}
	r := p.result(runs)
	r.Values["data/train"] = lab.Number(float64(set.Train.X.Rows))
	r.Values["data/test"] = lab.Number(float64(set.Test.X.Rows))
	return r, nil
}

func (p training) result(runs [][]learnt) *lab.Result {
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	table := lab.Table{Columns: []string{"optimizer", "final loss", "accuracy", "steps"}}
	var loss, accuracy, steps [][]float64 // by method, by seed
	for i, m := range methods {
		loss = append(loss, lab.Each(runs[i], learnt.finalLoss))
		accuracy = append(accuracy, lab.Each(runs[i], func(l learnt) float64 { return l.Accuracy }))
		steps = append(steps, lab.Each(runs[i], func(l learnt) float64 { return l.stepsTo(p.Target) }))
		r.Values[m.Key+"/final_loss"] = lab.Summary(loss[i])
		r.Values[m.Key+"/accuracy"] = lab.Summary(accuracy[i])
		r.Values[m.Key+"/steps"] = lab.Summary(steps[i])
		r.Series[m.Key] = lossBand(runs[i])
		table.Rows = append(table.Rows, []any{m.Name, lab.Mean(loss[i]), lab.Mean(accuracy[i]), lab.Mean(steps[i])})
	}
	r.Tables = map[string]lab.Table{"summary": table}
	r.Claims = trainingClaims(loss, accuracy, steps)
	return r
}

// finalLoss is the mean loss of the last steps.
func (l learnt) finalLoss() float64 {
	return lab.Mean(l.Losses[max(0, len(l.Losses)-lastSteps):])
}

// stepsTo is the number of steps until a block's mean loss is no more than target; all of them where it never is.
func (l learnt) stepsTo(target float64) float64 {
	x, loss := lab.Blocks(l.Losses, lossBlock)
	for i := range x {
		if loss[i] <= target {
			return float64((i + 1) * lossBlock)
		}
	}
	return float64(len(l.Losses))
}

func lossBand(runs []learnt) lab.Series {
	var x []float64
	curves := make([][]float64, len(runs))
	for i, l := range runs {
		x, curves[i] = lab.Blocks(l.Losses, lossBlock)
	}
	return lab.Band(x, curves)
}

func trainingClaims(loss, accuracy, steps [][]float64) map[string]lab.Claim {
	mean := func(m [][]float64, i int) float64 { return lab.Mean(m[i]) }
	return map[string]lab.Claim{
		"sgd_slowest": lab.Claimed("SGD has the highest final loss",
			fmt.Sprintf("%.3f against at most %.3f", mean(loss, 0), max(mean(loss, 1), mean(loss, 2), mean(loss, 3))),
			func(x []float64) bool { return x[0] > max(x[1], x[2], x[3]) }, loss...),
		"sgd_needs_most_steps": lab.Claimed("SGD needs the most steps to the target loss",
			fmt.Sprintf("%.0f, %.0f, %.0f, %.0f steps", mean(steps, 0), mean(steps, 1), mean(steps, 2), mean(steps, 3)),
			func(x []float64) bool { return x[0] > max(x[1], x[2], x[3]) }, steps...),
		"adam_lower_than_sgd": lab.Claimed("Adam has a lower final loss than SGD",
			fmt.Sprintf("%.3f against %.3f", mean(loss, 3), mean(loss, 0)),
			func(x []float64) bool { return x[3] < x[0] }, loss...),
		"sgd_least_accurate": lab.Claimed("SGD has the lowest accuracy on test data",
			fmt.Sprintf("%.4f against at least %.4f", mean(accuracy, 0), min(mean(accuracy, 1), mean(accuracy, 2), mean(accuracy, 3))),
			func(x []float64) bool { return x[0] < min(x[1], x[2], x[3]) }, accuracy...),
	}
}

func drawTraining(r *lab.Result) ([]figure.Figure, error) {
	var p training
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	l := figure.Lines{X: figure.Axis{Label: "更新回数", Max: float64(p.Steps)}, Y: figure.Axis{Label: "損失（対数目盛）", Log: true, Min: 0.02, Max: 3}}
	alt := "四つの手法の損失の推移。最後の損失は"
	for i, m := range methods {
		s := r.Series[m.Key]
		l.Curves = append(l.Curves, figure.Curve{Label: m.Name, Color: colors[i], X: s["x"], Mean: s["mean"], Lo: s["lo"], Hi: s["hi"]})
		if i > 0 {
			alt += "、"
		}
		alt += fmt.Sprintf("%sが%.3f", m.Name, r.Values[m.Key+"/final_loss"].Mean)
	}
	f, err := l.Draw("loss", alt+"。")
	return []figure.Figure{f}, err
}
