package batchnorm

import (
	"fmt"
	"math"
	"math/rand/v2"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
	"deckgen/experiments/nn"
)

// Spread shows what Batch Normalization does to a signal on its way through the layers, before any training.
var Spread = &lab.Experiment{
	Name:   "batchnorm/spread",
	Title:  "the spread of ReLU's activations by layer, with and without Batch Normalization",
	Params: theSpread,
	Seeds:  5,
	Run:    theSpread.run,
	Draw:   drawSpread,
}

type spread struct {
	Samples int     `json:"samples"`
	Units   int     `json:"units"`
	Layers  int     `json:"layers"`
	Large   float64 `json:"large"` // standard deviations of the weights
	Small   float64 `json:"small"`
}

var theSpread = spread{Samples: 1000, Units: 100, Layers: 5, Large: 1, Small: 0.01}

// A stack is a scale of weights, with or without Batch Normalization.
type stack struct {
	key   string
	std   float64
	norm  bool
	label string
	color figure.Color
}

func (p spread) stacks() []stack {
	return []stack{
		{"large/without", p.Large, false, fmt.Sprintf("なし、σ = %g", p.Large), figure.Vermilion},
		{"small/without", p.Small, false, fmt.Sprintf("なし、σ = %g", p.Small), figure.Purple},
		{"large/with", p.Large, true, "BatchNormあり", figure.Blue}, // the curve of the next lies on it
		{"small/with", p.Small, true, "", figure.Sky},
	}
}

func (p spread) run(in lab.Input) (*lab.Result, error) {
	stacks := p.stacks()
	runs, err := lab.Grid(in, stacks, func(s stack, seed uint64) ([]float64, error) {
		return p.propagate(s, in.Rand(seed, "input"), in.Rand(seed, "weights")), nil
	})
	if err != nil {
		return nil, err
	}
	r := &lab.Result{Values: map[string]lab.Value{}}
	last := map[string][]float64{}
	for i, s := range stacks {
		for l := range p.Layers {
			std := lab.Each(runs[i], func(stds []float64) float64 { return stds[l] })
			r.Values[fmt.Sprintf("%s/layer%d", s.key, l+1)] = lab.Summary(std)
			last[s.key] = std
		}
	}
	r.Claims = p.claims(last)
	return r, nil
}

// propagate sends normal noise through the layers and measures the standard deviation of the activations of each.
func (p spread) propagate(s stack, input, weights *rand.Rand) (stds []float64) {
	x := f32.New(p.Samples, p.Units)
	for i := range x.Data {
		x.Data[i] = f32.Normal(input)
	}
	for range p.Layers {
		x = nn.NewAffine(p.Units, p.Units, nn.Std(float32(s.std)), weights).Forward(x, true)
		if s.norm {
			x = nn.NewBatchNorm(p.Units).Forward(x, true)
		}
		x = new(nn.ReLU).Forward(x, true)
		stds = append(stds, deviation(x.Data))
	}
	return stds
}

func deviation(xs []float32) float64 {
	var sum, squares float64
	for _, x := range xs {
		sum += float64(x)
	}
	mean := sum / float64(len(xs))
	for _, x := range xs {
		d := float64(x) - mean
		squares += float64(d * d)
	}
	return math.Sqrt(squares / float64(len(xs)))
}

func (p spread) claims(last map[string][]float64) map[string]lab.Claim {
	large, small := last["large/with"], last["small/with"]
	plainLarge, plainSmall := last["large/without"], last["small/without"]
	return map[string]lab.Claim{
		"same_whatever_the_scale": lab.Claimed("with Batch Normalization, the spread in the last layer is the same within a tenth from both scales",
			fmt.Sprintf("%.3f and %.3f", lab.Mean(large), lab.Mean(small)),
			func(x []float64) bool { return x[0] < 1.1*x[1] && x[1] < 1.1*x[0] }, large, small),
		"without_it_differs": lab.Claimed("without it, the spreads in the last layer differ by more than a factor of a million",
			fmt.Sprintf("%.3g and %.3g", lab.Mean(plainLarge), lab.Mean(plainSmall)),
			func(x []float64) bool { return x[0] > 1e6*x[1] }, plainLarge, plainSmall),
	}
}

func drawSpread(r *lab.Result) ([]figure.Figure, error) {
	p := theSpread
	l := figure.Lines{
		X: figure.Axis{Label: "層", Min: 1, Max: float64(p.Layers)},
		Y: figure.Axis{Label: "出力の標準偏差（対数目盛）", Log: true, Min: 1e-6, Max: 1e6},
	}
	for _, s := range p.stacks() {
		c := figure.Curve{Label: s.label, Color: s.color, Dashed: s.label == "", Dots: true}
		for i := range p.Layers {
			v := r.Values[fmt.Sprintf("%s/layer%d", s.key, i+1)]
			c.X, c.Mean = append(c.X, float64(i+1)), append(c.Mean, v.Mean)
			c.Lo, c.Hi = append(c.Lo, v.Lo), append(c.Hi, v.Hi)
		}
		l.Curves = append(l.Curves, c)
	}
	at := func(key string) float64 { return r.Values[fmt.Sprintf("%s/layer%d", key, p.Layers)].Mean }
	f, err := l.Draw("spread", fmt.Sprintf("各層の出力の標準偏差。第%d層では、Batch Normalizationありで%.2g、なしではσ = %gで%.2g、σ = %gで%.2g。",
		p.Layers, at("large/with"), p.Large, at("large/without"), p.Small, at("small/without")))
	return []figure.Figure{f}, err
}
