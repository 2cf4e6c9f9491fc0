package overfitting

import (
	"encoding/json"
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// Strength asks how strong weight decay and dropout should be: as strong as the net can stand, and no stronger.
var Strength = &lab.Experiment{
	Name:   "overfitting/strength",
	Title:  "300 samples, with weight decay and dropout from weak to strong",
	Params: theStrength,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theStrength.run,
	Quick:  theStrength.quick(),
	Draw:   drawStrength,
}

type strength struct {
	learning
	Lambdas []float64 `json:"lambdas"` // the weight decays, 0 first
	Ratios  []float64 `json:"ratios"`  // the dropouts, 0 first
	Good    struct {
		Lambda float64 `json:"lambda"`
		Ratio  float64 `json:"ratio"`
	} `json:"good"` // what the claims are about
}

var theStrength = func() strength {
	p := strength{
		learning: learning{Sizes: deep, Samples: 300, Batch: 100, Epochs: 301, SGD: nn.SGD{LR: 0.01}},
		Lambdas:  []float64{0, 0.001, 0.003, 0.01, 0.03, 0.1},
		Ratios:   []float64{0, 0.02, 0.05, 0.1, 0.15, 0.2},
	}
	p.Good.Lambda, p.Good.Ratio = 0.03, 0.05
	return p
}()

// accuracies are those after the last epoch.
type accuracies struct{ Train, Test float64 }

// quick is for drafts.
func (p strength) quick() *lab.Quick {
	p.Epochs = 40
	return &lab.Quick{Params: p, Run: p.run}
}

func (p strength) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	few := set.Train.First(p.Samples)
	runs, err := lab.Grid(in, p.variants(), func(v variant, seed uint64) (accuracies, error) {
		config := nn.Config{Sizes: p.Sizes, Init: nn.He, WeightDecay: v.weightDecay, Dropout: v.dropout}
		net := nn.New(config, in.Rand(seed, "weights"))
		batches := nn.NewBatches(few.X, few.Labels, p.Batch, in.Rand(seed, "batches"))
		for range p.Epochs * (p.Samples / p.Batch) {
			x, labels := batches.Next()
			net.Step(x, labels, &p.SGD)
		}
		return accuracies{net.Accuracy(few.X, few.Labels), net.Accuracy(set.Test.X, set.Test.Labels)}, nil
	})
	if err != nil {
		return nil, err
	}
	return p.result(runs), nil
}

// variants are the net with each weight decay, then with each dropout.
func (p strength) variants() (all []variant) {
	for _, l := range p.Lambdas {
		all = append(all, variant{key: fmt.Sprintf("decay/%g", l), weightDecay: float32(l)})
	}
	for _, r := range p.Ratios {
		all = append(all, variant{key: fmt.Sprintf("dropout/%g", r), dropout: float32(r)})
	}
	return all
}

func (p strength) result(runs [][]accuracies) *lab.Result {
	r := &lab.Result{Values: map[string]lab.Value{}}
	test := map[string][]float64{}
	for i, v := range p.variants() {
		test[v.key] = lab.Each(runs[i], func(a accuracies) float64 { return a.Test })
		r.Values[v.key+"/train_accuracy"] = lab.Summary(lab.Each(runs[i], func(a accuracies) float64 { return a.Train }))
		r.Values[v.key+"/test_accuracy"] = lab.Summary(test[v.key])
		r.Values[v.key+"/gap"] = lab.Summary(lab.Each(runs[i], func(a accuracies) float64 { return a.Train - a.Test }))
	}
	helps := func(statement, key, without string) lab.Claim {
		return lab.Claimed(statement, fmt.Sprintf("%.1f%% against %.1f%%", 100*lab.Mean(test[key]), 100*lab.Mean(test[without])),
			func(x []float64) bool { return x[0] > x[1] }, test[key], test[without])
	}
	good, strong := fmt.Sprintf("decay/%g", p.Good.Lambda), fmt.Sprintf("decay/%g", p.Lambdas[len(p.Lambdas)-1])
	kept := fmt.Sprintf("dropout/%g", p.Good.Ratio)
	r.Claims = map[string]lab.Claim{
		"mild_decay_helps":   helps(fmt.Sprintf("with a weight decay of %g, accuracy on test data is higher than without", p.Good.Lambda), good, "decay/0"),
		"mild_dropout_helps": helps(fmt.Sprintf("with a dropout of %g, accuracy on test data is higher than without", p.Good.Ratio), kept, "dropout/0"),
		"strong_decay_hurts": helps("without weight decay, accuracy on test data is higher than with the strongest", "decay/0", strong),
	}
	return r
}

func drawStrength(r *lab.Result) ([]figure.Figure, error) {
	var p strength
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	decay, err := p.draw(r, "decay", p.Lambdas, p.Good.Lambda, figure.Axis{Label: "Weight decayの係数λ", Log: true}, 0.5)
	if err != nil {
		return nil, err
	}
	dropout, err := p.draw(r, "dropout", p.Ratios, p.Good.Ratio, figure.Axis{Label: "Dropoutで消す割合"}, 0.2)
	return []figure.Figure{decay, dropout}, err
}

// draw shows the accuracies over the strength of one method, with that on test data without it as a line across.
func (p strength) draw(r *lab.Result, method string, strengths []float64, good float64, x figure.Axis, lowest float64) (figure.Figure, error) {
	value := func(s float64, what string) lab.Value { return r.Values[fmt.Sprintf("%s/%g/%s", method, s, what)] }
	train := figure.Curve{Label: "訓練データ", Color: figure.Blue, Dots: true}
	test := figure.Curve{Label: "テストデータ", Color: figure.Vermilion, Dots: true}
	for _, s := range strengths {
		if x.Log && s == 0 {
			continue
		}
		addPoint(&train, s, value(s, "train_accuracy"))
		addPoint(&test, s, value(s, "test_accuracy"))
	}
	none := value(0, "test_accuracy").Mean
	l := figure.Lines{
		X: x, Y: figure.Axis{Label: "正解率", Min: lowest, Max: 1, Percent: true},
		Curves: []figure.Curve{train, test},
		Rules:  []figure.Rule{{Label: "テスト（なし）", At: none}},
	}
	return l.Draw(method, fmt.Sprintf("%sに対する正解率。テストデータでは、なしで%.1f%%、%gで%.1f%%、%gで%.1f%%。", x.Label, 100*none,
		good, 100*value(good, "test_accuracy").Mean, strengths[len(strengths)-1], 100*value(strengths[len(strengths)-1], "test_accuracy").Mean))
}

func addPoint(c *figure.Curve, x float64, y lab.Value) {
	c.X, c.Mean, c.Lo, c.Hi = append(c.X, x), append(c.Mean, y.Mean), append(c.Lo, y.Lo), append(c.Hi, y.Hi)
}
