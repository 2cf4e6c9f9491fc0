// Package batchnorm holds the experiment of the section on Batch Normalization.
package batchnorm

import (
	"encoding/json"
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// Training shows that with Batch Normalization a net learns from almost any initial weights.
var Training = &lab.Experiment{
	Name:   "batchnorm/training",
	Title:  "training with and without Batch Normalization from sixteen scales of initial weights",
	Params: theTraining,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theTraining.run,
	Quick:  theTraining.quick(),
	Draw:   drawTraining,
}

type training struct {
	Sizes   []int     `json:"sizes"`
	Samples int       `json:"samples"`
	Batch   int       `json:"batch"`
	Epochs  int       `json:"epochs"`
	SGD     nn.SGD    `json:"sgd"`
	Target  float64   `json:"target"` // the accuracy to be reached on the training data
	Scales  []float64 `json:"scales"` // standard deviations of the initial weights
}

var theTraining = training{
	Sizes: []int{784, 100, 100, 100, 100, 100, 10}, Samples: 1000, Batch: 100, Epochs: 20, SGD: nn.SGD{LR: 0.01}, Target: 0.8,
	Scales: []float64{1, 0.541, 0.293, 0.158, 0.0858, 0.0464, 0.0251, 0.0136, // equal steps of the logarithm, from 1 to 10⁻⁴
		0.00736, 0.00398, 0.00215, 0.00117, 0.000631, 0.000341, 0.000185, 0.0001},
}

// goodScale is where the weights are about as large as they should be, so that the plain net learns well too.
const goodScale = 2

// variant is a scale, with or without Batch Normalization.
type variant struct {
	scale int // which of Scales
	norm  bool
}

var ways = []struct {
	key, name string
	norm      bool
}{{"with", "BatchNormあり", true}, {"without", "BatchNormなし", false}}

// quick is for drafts.
func (p training) quick() *lab.Quick {
	p.Epochs = 5
	return &lab.Quick{Params: p, Run: p.run}
}

func (p training) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	few := set.Train.First(p.Samples)
	var variants []variant // those with, then those without
	for _, w := range ways {
		for i := range p.Scales {
			variants = append(variants, variant{i, w.norm})
		}
	}
	runs, err := lab.Grid(in, variants, func(v variant, seed uint64) ([]float64, error) {
		std := nn.Std(float32(p.Scales[v.scale]))
		net := nn.New(nn.Config{Sizes: p.Sizes, Init: std, BatchNorm: v.norm}, in.Rand(seed, "weights"))
		batches := nn.NewBatches(few.X, few.Labels, p.Batch, in.Rand(seed, "batches"))
		accuracy := []float64{net.Accuracy(few.X, few.Labels)}
		for range p.Epochs {
			for range p.Samples / p.Batch {
				x, labels := batches.Next()
				net.Step(x, labels, &p.SGD)
			}
			accuracy = append(accuracy, net.Accuracy(few.X, few.Labels))
		}
		return accuracy, nil
	})
	if err != nil {
		return nil, err
	}
	return p.result(runs[:len(p.Scales)], runs[len(p.Scales):]), nil
}

// result takes the accuracy after each epoch, by scale and seed.
func (p training) result(with, without [][][]float64) *lab.Result {
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	epochs := make([]float64, p.Epochs+1)
	for i := range epochs {
		epochs[i] = float64(i)
	}
	sides := [][][][]float64{with, without}
	reached, final := make([][]float64, 2), make([][]float64, 2) // by side, by seed
	for side, w := range ways {
		for i := range p.Scales {
			path := fmt.Sprintf("%s/scale%02d", w.key, i+1)
			r.Values[path+"/accuracy"] = lab.Summary(lab.Each(sides[side][i], last))
			r.Values[path+"/epochs"] = lab.Summary(lab.Each(sides[side][i], p.epochsToTarget))
			r.Series[path] = lab.Band(epochs, sides[side][i])
		}
		reached[side], final[side] = p.reached(sides[side]), means(sides[side])
		r.Values[w.key+"/reached"] = lab.Summary(reached[side])
		r.Values[w.key+"/mean_accuracy"] = lab.Summary(final[side])
	}
	better := p.better(with, without)
	r.Values["scales"] = lab.Number(float64(len(p.Scales)))
	r.Values["better"] = lab.Summary(better)
	r.Claims = p.claims(reached, final, better)
	if len(p.Scales) > goodScale {
		r.Claims["reverses_at_good_scale"] = lab.Claimed(
			fmt.Sprintf("from a standard deviation of %g the net is more accurate without Batch Normalization", p.Scales[goodScale]),
			fmt.Sprintf("%.3f against %.3f", lab.Mean(lab.Each(without[goodScale], last)), lab.Mean(lab.Each(with[goodScale], last))),
			func(x []float64) bool { return x[1] > x[0] }, lab.Each(with[goodScale], last), lab.Each(without[goodScale], last))
	}
	return r
}

func last(accuracy []float64) float64 { return accuracy[len(accuracy)-1] }

// epochsToTarget is the first epoch with the target accuracy; one more than all where there is none.
func (p training) epochsToTarget(accuracy []float64) float64 {
	for i, a := range accuracy {
		if a >= p.Target {
			return float64(i)
		}
	}
	return float64(len(accuracy))
}

// reached counts, for each seed, the scales from which the target was reached.
func (p training) reached(side [][][]float64) []float64 {
	n := make([]float64, len(side[0]))
	for _, seeds := range side {
		for s, accuracy := range seeds {
			if p.epochsToTarget(accuracy) <= float64(p.Epochs) {
				n[s]++
			}
		}
	}
	return n
}

// means is, for each seed, the final accuracy averaged over the scales.
func means(side [][][]float64) []float64 {
	m := make([]float64, len(side[0]))
	for _, seeds := range side {
		for s, accuracy := range seeds {
			m[s] += last(accuracy) / float64(len(side))
		}
	}
	return m
}

// better counts, for each seed, the scales from which Batch Normalization ends up more accurate.
func (p training) better(with, without [][][]float64) []float64 {
	n := make([]float64, len(with[0]))
	for i := range with {
		for s := range with[i] {
			if last(with[i][s]) > last(without[i][s]) {
				n[s]++
			}
		}
	}
	return n
}

func (p training) claims(reached, final [][]float64, better []float64) map[string]lab.Claim {
	scales := float64(len(p.Scales))
	return map[string]lab.Claim{
		"reaches_target_more_often": lab.Claimed(
			fmt.Sprintf("with Batch Normalization, an accuracy of %g is reached from at least twice as many scales as without", p.Target),
			fmt.Sprintf("%.1f against %.1f of %g scales", lab.Mean(reached[0]), lab.Mean(reached[1]), scales),
			func(x []float64) bool { return x[0] >= 2*x[1] }, reached...),
		"more_accurate": lab.Claimed("with Batch Normalization, the mean accuracy over the scales is higher",
			fmt.Sprintf("%.3f against %.3f", lab.Mean(final[0]), lab.Mean(final[1])),
			func(x []float64) bool { return x[0] > x[1] }, final...),
		"better_almost_everywhere": lab.Claimed("Batch Normalization ends more accurate from at least three quarters of the scales",
			fmt.Sprintf("%.1f of %g scales", lab.Mean(better), scales),
			func(x []float64) bool { return x[0] >= 0.75*scales }, better),
	}
}

func drawTraining(r *lab.Result) ([]figure.Figure, error) {
	var p training
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	panels := figure.Panels{
		X: figure.Axis{Label: "エポック", Max: float64(p.Epochs)}, Y: figure.Axis{Label: "正解率", Max: 1, Percent: true},
		Columns: 4,
	}
	for i, scale := range p.Scales {
		panel := figure.Panel{Caption: fmt.Sprintf("σ = %g", scale)}
		for _, w := range ways {
			s := r.Series[fmt.Sprintf("%s/scale%02d", w.key, i+1)]
			c := figure.Curve{Label: w.name, X: s["x"], Mean: s["mean"], Lo: s["lo"], Hi: s["hi"], Color: figure.Blue}
			if !w.norm {
				c.Color, c.Dashed = figure.Vermilion, true
			}
			panel.Curves = append(panel.Curves, c)
		}
		panels.Panels = append(panels.Panels, panel)
	}
	f, err := panels.Draw("panels", fmt.Sprintf(
		"重みの標準偏差を%d通りに変えたときの正解率の推移。%gに達したのは、BatchNormありで平均%.1f通り、なしで%.1f通り。",
		len(p.Scales), p.Target, r.Values["with/reached"].Mean, r.Values["without/reached"].Mean))
	return []figure.Figure{f}, err
}
