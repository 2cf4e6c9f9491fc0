// Package overfitting holds the experiments of the section on regularization.
package overfitting

import (
	"encoding/json"
	"fmt"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/nn"
)

// learning is the setting of both experiments: a deep net and so few samples that it can learn them by heart.
type learning struct {
	Sizes   []int  `json:"sizes"`
	Samples int    `json:"samples"`
	Batch   int    `json:"batch"`
	Epochs  int    `json:"epochs"`
	SGD     nn.SGD `json:"sgd"`
}

var deep = []int{784, 100, 100, 100, 100, 100, 100, 10}

// A variant is the net with or without what keeps it from overfitting.
type variant struct {
	key, name   string
	weightDecay float32
	dropout     float32
}

// history is the accuracy after each epoch.
type history struct {
	Train, Test []float64
}

func (h history) trainAccuracy() float64 { return h.Train[len(h.Train)-1] }
func (h history) testAccuracy() float64  { return h.Test[len(h.Test)-1] }
func (h history) gap() float64           { return h.trainAccuracy() - h.testAccuracy() }

// compare trains each variant with each seed.
func (p learning) compare(in lab.Input, variants []variant) ([][]history, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	few := set.Train.First(p.Samples)
	return lab.Grid(in, variants, func(v variant, seed uint64) (history, error) {
		config := nn.Config{Sizes: p.Sizes, Init: nn.He, WeightDecay: v.weightDecay, Dropout: v.dropout}
		net := nn.New(config, in.Rand(seed, "weights"))
		batches := nn.NewBatches(few.X, few.Labels, p.Batch, in.Rand(seed, "batches"))
		var h history
		for range p.Epochs {
			for range p.Samples / p.Batch {
				x, labels := batches.Next()
				net.Step(x, labels, &p.SGD)
			}
			h.Train = append(h.Train, net.Accuracy(few.X, few.Labels))
			h.Test = append(h.Test, net.Accuracy(set.Test.X, set.Test.Labels))
		}
		return h, nil
	})
}

// result has the accuracies of each variant and how far those on training data are above those on test data.
func (p learning) result(variants []variant, runs [][]history) *lab.Result {
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	epochs := make([]float64, p.Epochs)
	for i := range epochs {
		epochs[i] = float64(i + 1)
	}
	for i, v := range variants {
		r.Values[v.key+"/train_accuracy"] = lab.Summary(lab.Each(runs[i], history.trainAccuracy))
		r.Values[v.key+"/test_accuracy"] = lab.Summary(lab.Each(runs[i], history.testAccuracy))
		r.Values[v.key+"/gap"] = lab.Summary(lab.Each(runs[i], history.gap))
		var train, test [][]float64
		for _, h := range runs[i] {
			train, test = append(train, h.Train), append(test, h.Test)
		}
		r.Series[v.key+"/train"] = lab.Band(epochs, train)
		r.Series[v.key+"/test"] = lab.Band(epochs, test)
	}
	return r
}

// claims compares the plain net with the one that is kept from overfitting by the method of that name.
func claims(method string, plain, kept []history) map[string]lab.Claim {
	measure := func(f func(history) float64) [][]float64 {
		return [][]float64{lab.Each(plain, f), lab.Each(kept, f)}
	}
	train, test, gap := measure(history.trainAccuracy), measure(history.testAccuracy), measure(history.gap)
	return map[string]lab.Claim{
		"plain_overfits": lab.Claimed("without it, accuracy on training data is over 99% and at least 15 points above that on test data",
			fmt.Sprintf("%.1f%% against %.1f%%", 100*lab.Mean(train[0]), 100*lab.Mean(test[0])),
			func(x []float64) bool { return x[0] > 0.99 && x[0]-x[1] >= 0.15 }, train[0], test[0]),
		"gap_smaller": lab.Claimed(method+" makes the gap between training and test data smaller",
			fmt.Sprintf("%.1f against %.1f points", 100*lab.Mean(gap[1]), 100*lab.Mean(gap[0])),
			func(x []float64) bool { return x[1] < x[0] }, gap...),
		"train_lower": lab.Claimed("with "+method+", accuracy on training data is lower",
			fmt.Sprintf("%.1f%% against %.1f%%", 100*lab.Mean(train[1]), 100*lab.Mean(train[0])),
			func(x []float64) bool { return x[1] < x[0] }, train...),
		"test_lower": lab.Claimed("with "+method+", accuracy on test data is lower too",
			fmt.Sprintf("%.1f%% against %.1f%%", 100*lab.Mean(test[1]), 100*lab.Mean(test[0])),
			func(x []float64) bool { return x[1] < x[0] }, test...),
	}
}

// draw makes a figure for each variant, with the gap as an area.
func draw(r *lab.Result, variants []variant) ([]figure.Figure, error) {
	var p learning
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	var figures []figure.Figure
	for _, v := range variants {
		train, test := r.Series[v.key+"/train"], r.Series[v.key+"/test"]
		l := figure.Lines{
			Title: v.name,
			X:     figure.Axis{Label: "エポック", Max: float64(p.Epochs)}, Y: figure.Axis{Label: "正解率", Max: 1, Percent: true},
			Curves: []figure.Curve{
				{Label: "訓練データ", X: train["x"], Mean: train["mean"], Lo: train["lo"], Hi: train["hi"], Color: figure.Blue},
				{Label: "テストデータ", X: test["x"], Mean: test["mean"], Lo: test["lo"], Hi: test["hi"], Color: figure.Vermilion},
			},
			Gap: &figure.Gap{Upper: 0, Lower: 1, Label: fmt.Sprintf("差 %.1fポイント", 100*r.Values[v.key+"/gap"].Mean)},
		}
		f, err := l.Draw(v.key, fmt.Sprintf("%sのときの正解率の推移。最後は訓練データで%.1f%%、テストデータで%.1f%%。", v.name,
			100*r.Values[v.key+"/train_accuracy"].Mean, 100*r.Values[v.key+"/test_accuracy"].Mean))
		if err != nil {
			return nil, err
		}
		figures = append(figures, f)
	}
	return figures, nil
}
