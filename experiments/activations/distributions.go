package activations

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
	"deckgen/experiments/nn"
)

// Distributions shows what becomes of a signal on its way through five layers, before any training.
var Distributions = &lab.Experiment{
	Name:   "activations/distributions",
	Title:  "the activations of five layers under each scheme of initial weights",
	Params: theDistributions,
	Seeds:  5,
	Run:    theDistributions.run,
	Draw:   drawDistributions,
}

type distributions struct {
	Samples   int                `json:"samples"`
	Units     int                `json:"units"` // of the input and of each layer
	Layers    int                `json:"layers"`
	Bins      int                `json:"bins"`
	Saturated float64            `json:"saturated"` // a unit is saturated where its slope is below this share of the steepest
	Std       map[string]float64 `json:"std"`       // of each scheme for that number of units
	Sweep     []float64          `json:"sweep"`     // the standard deviations of the moving picture
}

var theDistributions = distributions{
	Samples: 1000, Units: 100, Layers: 5, Bins: 30, Saturated: 0.2,
	Std:   deviations(100, []scheme{std1, std001, xavier, he}),
	Sweep: []float64{1, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01},
}

// An activation is a function after each layer, with the range that its histogram covers.
type activation struct {
	key    string
	layer  func() nn.Layer
	lo, hi float64
	slope  func(y float64) float64 // dy/dx as a share of its largest value
}

var functions = []activation{
	{"sigmoid", func() nn.Layer { return &nn.Sigmoid{} }, 0, 1, func(y float64) float64 { return 4 * y * (1 - y) }},
	{"tanh", func() nn.Layer { return &nn.Tanh{} }, -1, 1, func(y float64) float64 { return 1 - float64(y*y) }},
	{"relu", func() nn.Layer { return &nn.ReLU{} }, 0, 2, func(float64) float64 { return 1 }},
}

// A trial is an activation function under a scheme.
type trial struct {
	activation
	scheme
}

func (t trial) path() string { return t.key + "/" + t.Key }

var trials = func() (all []trial) {
	for _, f := range functions {
		for _, s := range []scheme{std1, std001, xavier, he} {
			all = append(all, trial{f, s})
		}
	}
	return all
}()

// layerStats is what is to be known of the activations of one layer.
type layerStats struct {
	counts    []float64 // share of the activations in each bin
	mean, std float64
	saturated float64 // share of the activations where the function is almost flat
	zero      float64 // share of the activations that are zero
	dead      float64 // share of the units that are zero for every sample
}

func (p distributions) run(in lab.Input) (*lab.Result, error) {
	runs, err := lab.Grid(in, trials, func(t trial, seed uint64) ([]layerStats, error) {
		return p.propagate(t, in.Rand(seed, "input"), in.Rand(seed, "weights")), nil
	})
	if err != nil {
		return nil, err
	}
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	for i, t := range trials {
		for l := range p.Layers {
			at := func(f func(layerStats) float64) lab.Value {
				return lab.Summary(lab.Each(runs[i], func(s []layerStats) float64 { return f(s[l]) }))
			}
			path := fmt.Sprintf("%s/layer%d", t.path(), l+1)
			r.Values[path+"/mean"] = at(func(s layerStats) float64 { return s.mean })
			r.Values[path+"/std"] = at(func(s layerStats) float64 { return s.std })
			if t.key == "relu" {
				r.Values[path+"/zero"] = at(func(s layerStats) float64 { return s.zero })
				r.Values[path+"/dead"] = at(func(s layerStats) float64 { return s.dead })
			} else {
				r.Values[path+"/saturated"] = at(func(s layerStats) float64 { return s.saturated })
			}
			r.Series[path] = lab.Series{"share": runs[i][0][l].counts}
		}
	}
	for i, t := range trials {
		if t.key == "relu" {
			r.Values[t.path()+"/factor"] = lab.Summary(lab.Each(runs[i], factor))
		}
	}
	p.sweep(in, r)
	r.Claims = p.claims(runs)
	return r, nil
}

// sweep records how the sigmoid's activations change as the initial weights shrink. All steps have the same random
// numbers, so that nothing but the scale changes.
func (p distributions) sweep(in lab.Input, r *lab.Result) {
	seed := in.Seeds[0]
	for i, std := range p.Sweep {
		t := trial{functions[0], scheme{Init: nn.Std(float32(std))}}
		for l, s := range p.propagate(t, in.Rand(seed, "input"), in.Rand(seed, "weights")) {
			path := sweepPath(i, l)
			r.Series[path] = lab.Series{"share": s.counts}
			r.Values[path+"/saturated"] = lab.Number(s.saturated)
		}
	}
}

// factor is by how much a layer changes the spread, on average over the layers after the first.
func factor(layers []layerStats) float64 {
	ratios := make([]float64, len(layers)-1)
	for l := range ratios {
		ratios[l] = layers[l+1].std / layers[l].std
	}
	return lab.Mean(ratios)
}

func sweepPath(step, layer int) string { return fmt.Sprintf("sweep/step%d/layer%d", step+1, layer+1) }

// propagate sends normal noise through the layers and measures the activations of each.
func (p distributions) propagate(t trial, input, weights *rand.Rand) []layerStats {
	x := f32.New(p.Samples, p.Units)
	for i := range x.Data {
		x.Data[i] = f32.Normal(input)
	}
	stats := make([]layerStats, p.Layers)
	for l := range stats {
		x = nn.NewAffine(p.Units, p.Units, t.Init, weights).Forward(x, false)
		x = t.layer().Forward(x, false)
		stats[l] = p.measure(x, t.activation)
	}
	return stats
}

func (p distributions) measure(y *f32.Matrix, a activation) layerStats {
	n := float64(len(y.Data))
	counts := make([]float64, p.Bins)
	var sum, squares, saturated, zero float64
	for _, v := range y.Data {
		v := float64(v)
		sum += v
		squares += float64(v * v)
		if a.slope(v) < p.Saturated {
			saturated++
		}
		if v == 0 {
			zero++
		}
		if v >= a.lo && v <= a.hi {
			counts[min(int((v-a.lo)/(a.hi-a.lo)*float64(p.Bins)), p.Bins-1)]++
		}
	}
	for i := range counts {
		counts[i] /= n
	}
	mean := sum / n
	variance := max(0, squares/n-float64(mean*mean))
	return layerStats{counts, mean, math.Sqrt(variance), saturated / n, zero / n, deadUnits(y)}
}

// deadUnits is the share of the units that are zero for every sample.
func deadUnits(y *f32.Matrix) float64 {
	dead := 0
	for j := range y.Cols {
		alive := false
		for i := 0; i < y.Rows && !alive; i++ {
			alive = y.Row(i)[j] != 0
		}
		if !alive {
			dead++
		}
	}
	return float64(dead) / float64(y.Cols)
}

func (p distributions) claims(runs [][][]layerStats) map[string]lab.Claim {
	of := func(key string, layer int, f func(layerStats) float64) []float64 {
		for i, t := range trials {
			if t.path() == key {
				return lab.Each(runs[i], func(s []layerStats) float64 { return f(s[layer-1]) })
			}
		}
		panic("activations: no trial " + key)
	}
	last := p.Layers
	std := func(s layerStats) float64 { return s.std }
	saturated := func(s layerStats) float64 { return s.saturated }
	sat1 := of("sigmoid/std1", last, saturated)
	std001 := of("sigmoid/std001", last, std)
	xavierStd := of("sigmoid/xavier", last, std)
	reluSmall, reluXavier, reluHe := of("relu/std001", last, std), of("relu/xavier", last, std), of("relu/he", last, std)
	reluXavier1, reluHe1 := of("relu/xavier", 1, std), of("relu/he", 1, std)
	return map[string]lab.Claim{
		"std1_saturates": lab.Claimed("with std 1, more than half of the sigmoid's activations in the last layer are saturated",
			fmt.Sprintf("%.0f%%", 100*lab.Mean(sat1)), func(x []float64) bool { return x[0] > 0.5 }, sat1),
		"std001_collapses": lab.Claimed("with std 0.01, the sigmoid's activations in the last layer have a standard deviation below 0.05",
			fmt.Sprintf("%.4f", lab.Mean(std001)), func(x []float64) bool { return x[0] < 0.05 }, std001),
		"xavier_spreads": lab.Claimed("with Xavier, the sigmoid's activations in the last layer are over five times as spread as with std 0.01",
			fmt.Sprintf("%.3f against %.4f", lab.Mean(xavierStd), lab.Mean(std001)),
			func(x []float64) bool { return x[0] > 5*x[1] }, xavierStd, std001),
		"relu_std001_vanishes": lab.Claimed("with std 0.01, ReLU's activations in the last layer have a standard deviation below 0.001",
			fmt.Sprintf("%.2g", lab.Mean(reluSmall)), func(x []float64) bool { return x[0] < 0.001 }, reluSmall),
		"relu_xavier_shrinks": lab.Claimed("with Xavier, ReLU's activations lose more than half of their spread from the first to the last layer",
			fmt.Sprintf("%.2f to %.2f", lab.Mean(reluXavier1), lab.Mean(reluXavier)),
			func(x []float64) bool { return x[1] < x[0]/2 }, reluXavier1, reluXavier),
		"relu_he_keeps": lab.Claimed("with He, ReLU's activations keep at least two thirds of their spread from the first to the last layer",
			fmt.Sprintf("%.2f to %.2f", lab.Mean(reluHe1), lab.Mean(reluHe)),
			func(x []float64) bool { return x[1] > x[0]*2/3 }, reluHe1, reluHe),
	}
}

func drawDistributions(r *lab.Result) ([]figure.Figure, error) {
	var p distributions
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	var figures []figure.Figure
	for _, t := range trials {
		f, err := histograms(p, r, t).Draw(t.key+"-"+t.Key, distributionAlt(r, t, p.Layers))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.path(), err)
		}
		figures = append(figures, f)
	}
	film, err := sweepFilm(p, r).Draw("sigmoid-sweep", fmt.Sprintf(
		"シグモイド関数の各層の活性化の分布が、重みの標準偏差を%gから%gまで小さくするにつれて、両端から0.5の一点へ移っていく動画。", p.Sweep[0], p.Sweep[len(p.Sweep)-1]))
	if err != nil {
		return nil, err
	}
	depth, err := drawDepth(p, r)
	return append(figures, film, depth), err
}

// sweepFilm is the moving picture of the sigmoid's activations as the initial weights shrink.
func sweepFilm(p distributions, r *lab.Result) (film figure.Film) {
	for i, std := range p.Sweep {
		h := rowOfHistograms(functions[0])
		for l := range p.Layers {
			h.Panels = append(h.Panels, figure.Histogram{
				Caption: fmt.Sprintf("第%d層", l+1), Counts: r.Series[sweepPath(i, l)]["share"], Marked: flatBins(p, functions[0]),
				Note: fmt.Sprintf("飽和%.0f%%", 100*r.Values[sweepPath(i, l)+"/saturated"].Mean),
			})
		}
		film.Frames, film.Captions = append(film.Frames, h), append(film.Captions, fmt.Sprintf("標準偏差 %g", std))
	}
	return film
}

// drawDepth shows what each scheme leaves of the spread from layer to layer, for ReLU.
func drawDepth(p distributions, r *lab.Result) (figure.Figure, error) {
	l := figure.Lines{
		X: figure.Axis{Label: "層", Min: 1, Max: float64(p.Layers)}, Y: figure.Axis{Label: "出力の標準偏差（対数目盛）", Log: true},
	}
	alt := "ReLUの各層の出力の標準偏差。"
	for i, s := range trained {
		c := figure.Curve{Label: s.Name, Color: colors[i], Dots: true}
		for layer := 1; layer <= p.Layers; layer++ {
			v := r.Values[fmt.Sprintf("relu/%s/layer%d/std", s.Key, layer)]
			c.X, c.Mean = append(c.X, float64(layer)), append(c.Mean, v.Mean)
			c.Lo, c.Hi = append(c.Lo, v.Lo), append(c.Hi, v.Hi)
		}
		l.Curves = append(l.Curves, c)
		alt += fmt.Sprintf("%sは第1層の%.2gから第%d層の%.2gになる。", s.Name, c.Mean[0], p.Layers, c.Mean[p.Layers-1])
	}
	return l.Draw("relu-depth", alt)
}

// histograms is the row of the layers' distributions, with what is wrong with them marked.
func histograms(p distributions, r *lab.Result, t trial) figure.Histograms {
	h := rowOfHistograms(t.activation)
	for l := range p.Layers {
		path := fmt.Sprintf("%s/layer%d", t.path(), l+1)
		panel := figure.Histogram{Caption: fmt.Sprintf("第%d層", l+1), Counts: r.Series[path]["share"]}
		if t.key == "relu" {
			panel.Marked = []int{0}
			panel.Note = fmt.Sprintf("0が%.0f%%", 100*r.Values[path+"/zero"].Mean)
		} else {
			panel.Marked = flatBins(p, t.activation)
			panel.Note = fmt.Sprintf("飽和%.0f%%", 100*r.Values[path+"/saturated"].Mean)
		}
		h.Panels = append(h.Panels, panel)
	}
	return h
}

// rowOfHistograms has axes on which the distributions of one function under all schemes can be compared. Taller bars are
// broken off.
func rowOfHistograms(a activation) figure.Histograms {
	h := figure.Histograms{
		X: figure.Axis{Label: "出力の値", Min: a.lo, Max: a.hi},
		Y: figure.Axis{Label: "割合", Max: 0.2, Percent: true},
	}
	if a.key == "relu" {
		h.Y.Max = 0.12
	}
	return h
}

// flatBins are the bins in whose middle the function is almost flat.
func flatBins(p distributions, a activation) (bins []int) {
	width := (a.hi - a.lo) / float64(p.Bins)
	for i := range p.Bins {
		if a.slope(a.lo+float64((float64(i)+0.5)*width)) < p.Saturated {
			bins = append(bins, i)
		}
	}
	return bins
}

func distributionAlt(r *lab.Result, t trial, layers int) string {
	names := map[string]string{"sigmoid": "シグモイド関数", "tanh": "tanh関数", "relu": "ReLU"}
	first, last := r.Values[t.path()+"/layer1/std"].Mean, r.Values[fmt.Sprintf("%s/layer%d/std", t.path(), layers)].Mean
	return fmt.Sprintf("%s、初期値%sのときの各層の活性化の分布。ばらつきは第1層で%.2g、第%d層で%.2g。", names[t.key], t.Name, first, layers, last)
}
