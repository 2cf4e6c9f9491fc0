// Package hyperparameters holds the experiment of the section on choosing the hyperparameters.
package hyperparameters

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/f32"
	"deckgen/experiments/nn"
)

// Search looks for a learning rate and a weight decay by trying random ones.
var Search = &lab.Experiment{
	Name:   "hyperparameters/search",
	Title:  "random search for the learning rate and the weight decay",
	Params: theSearch,
	Seeds:  5,
	Data:   data.Identify,
	Run:    theSearch.run,
	Quick:  theSearch.quick(),
	Draw:   drawSearch,
}

type search struct {
	Sizes      []int      `json:"sizes"`
	Samples    int        `json:"samples"`
	Validation int        `json:"validation"` // how many of the samples are kept for validation
	Batch      int        `json:"batch"`
	Epochs     int        `json:"epochs"`
	Trials     int        `json:"trials" part:"-"`
	Best       int        `json:"best" part:"-"` // how many trials count as the good ones
	Top        int        `json:"top" part:"-"`  // and how many go into the table
	LR         [2]float64 `json:"lr"`            // powers of ten between which the learning rate is drawn
	Decay      [2]float64 `json:"decay"`
}

var theSearch = search{
	Sizes: []int{784, 100, 100, 100, 100, 100, 100, 10}, Samples: 500, Validation: 100, Batch: 100, Epochs: 50,
	Trials: 100, Best: 20, Top: 5, LR: [2]float64{-6, -2}, Decay: [2]float64{-8, -4},
}

// A trial is a pair of hyperparameters and how training with it went.
type trial struct {
	Number     int // in the order of the search, from 1
	LR, Decay  float32
	Train, Val []float64 // accuracy after each epoch
}

func (t trial) accuracy() float64 { return t.Val[len(t.Val)-1] }

// draw picks hyperparameters at random, each power of ten as likely as the others.
func (p search) draw(r *rand.Rand) trial {
	return trial{LR: powerOfTen(p.LR, r), Decay: powerOfTen(p.Decay, r)}
}

func powerOfTen(between [2]float64, r *rand.Rand) float32 {
	const ln10 = 2.302585092994046
	exponent := between[0] + float64((between[1]-between[0])*r.Float64())
	return f32.Exp1(float32(exponent * ln10))
}

// quick is for drafts.
func (p search) quick() *lab.Quick {
	p.Trials, p.Epochs = 30, 10
	return &lab.Quick{Params: p, Run: p.run}
}

func (p search) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	searches, err := p.searches(in, set.Train.First(p.Samples))
	if err != nil {
		return nil, err
	}
	return p.result(searches), nil
}

// searches are the trials of each seed, the best first.
func (p search) searches(in lab.Input, few data.Part) ([][]trial, error) {
	numbers := make([]int, p.Trials)
	for i := range numbers {
		numbers[i] = i + 1
	}
	runs, err := lab.Grid(in, numbers, func(n int, seed uint64) (trial, error) {
		t := p.draw(in.Rand(seed, fmt.Sprint("trial", n)))
		t.Number = n
		p.try(in, few, &t, seed)
		return t, nil
	})
	return bySeed(runs), err
}

// try trains the net of a trial, and fills in its accuracies.
func (p search) try(in lab.Input, few data.Part, t *trial, seed uint64) *nn.Net {
	train, val := split(few, p.Validation, in.Rand(seed, "split"))
	return p.train(t, train, val, in.Rand(seed, fmt.Sprint("weights", t.Number)), in.Rand(seed, fmt.Sprint("batches", t.Number)))
}

func (p search) train(t *trial, train, val data.Part, weights, order *rand.Rand) *nn.Net {
	net := nn.New(nn.Config{Sizes: p.Sizes, Init: nn.He, WeightDecay: t.Decay}, weights)
	batches := nn.NewBatches(train.X, train.Labels, p.Batch, order)
	for range p.Epochs {
		for range train.X.Rows / p.Batch {
			x, labels := batches.Next()
			net.Step(x, labels, &nn.SGD{LR: t.LR})
		}
		t.Train = append(t.Train, net.Accuracy(train.X, train.Labels))
		t.Val = append(t.Val, net.Accuracy(val.X, val.Labels))
	}
	return net
}

// split keeps n random samples for validation and leaves the rest for training.
func split(all data.Part, n int, r *rand.Rand) (train, val data.Part) {
	order := r.Perm(all.X.Rows)
	return pick(all, order[n:]), pick(all, order[:n])
}

func pick(all data.Part, rows []int) data.Part {
	p := data.Part{X: &f32.Matrix{}}
	p.X.Gather(all.X, rows)
	for _, i := range rows {
		p.Labels = append(p.Labels, all.Labels[i])
	}
	return p
}

// bySeed turns the trials of all seeds into those of each seed, the best first.
func bySeed(runs [][]trial) [][]trial {
	if len(runs) == 0 {
		return nil
	}
	out := make([][]trial, len(runs[0]))
	for _, seeds := range runs {
		for s, t := range seeds {
			out[s] = append(out[s], t)
		}
	}
	for _, trials := range out {
		slices.SortStableFunc(trials, func(a, b trial) int { return cmp.Compare(b.accuracy(), a.accuracy()) })
	}
	return out
}

// result has the first search in detail, and what all of them agree on.
func (p search) result(searches [][]trial) *lab.Result {
	best := func(f func(trial) float64) []float64 {
		return lab.Each(searches, func(s []trial) float64 { return f(s[0]) })
	}
	lowest, highest := p.topRates(searches)
	first := searches[0]
	r := &lab.Result{
		Values: map[string]lab.Value{
			"best/accuracy":    lab.Summary(best(trial.accuracy)),
			"best/lr":          lab.Summary(best(func(t trial) float64 { return float64(t.LR) })),
			"best/decay":       lab.Summary(best(func(t trial) float64 { return float64(t.Decay) })),
			"first/accuracy":   lab.Number(first[0].accuracy()),
			"first/lr":         lab.Number(float64(first[0].LR)),
			"first/decay":      lab.Number(float64(first[0].Decay)),
			"first/lowest_lr":  lab.Number(lowest[0]), // of the top trials
			"first/highest_lr": lab.Number(highest[0]),
			"lowest_lr":        lab.Summary(lowest),
			"highest_lr":       lab.Summary(highest),
			"decay_range":      lab.Summary(lab.Each(searches, p.decayRange)), // of the best trials, in powers of ten
		},
		Tables: map[string]lab.Table{"top": p.top(first)},
		Series: p.series(searches),
		Claims: p.claims(searches, lowest),
	}
	return r
}

// topRates are the lowest and the highest learning rate among the top trials of each search.
func (p search) topRates(searches [][]trial) (lowest, highest []float64) {
	for _, trials := range searches {
		rates := lab.Each(trials[:p.Top], func(t trial) float64 { return float64(t.LR) })
		lowest, highest = append(lowest, slices.Min(rates)), append(highest, slices.Max(rates))
	}
	return lowest, highest
}

// decayRange is by how many powers of ten the weight decays of the best trials differ.
func (p search) decayRange(trials []trial) float64 {
	decays := lab.Each(trials[:p.Best], func(t trial) float64 { return float64(t.Decay) })
	const ln10 = 2.302585092994046
	return float64(f32.Log1(float32(slices.Max(decays)/slices.Min(decays)))) / ln10
}

func (p search) top(trials []trial) lab.Table {
	t := lab.Table{Columns: []string{"rank", "validation accuracy", "learning rate", "weight decay"}}
	for i, tr := range trials[:p.Top] {
		t.Rows = append(t.Rows, []any{float64(i + 1), tr.accuracy(), float64(tr.LR), float64(tr.Decay)})
	}
	return t
}

// series has the curves of the best trials of the first search, and every trial of all searches as a point.
func (p search) series(searches [][]trial) map[string]lab.Series {
	s := map[string]lab.Series{"all": {}}
	for i, t := range searches[0][:p.Best] {
		s[fmt.Sprintf("best/trial%02d", i+1)] = lab.Series{"train": t.Train, "val": t.Val}
	}
	all := s["all"]
	for n, trials := range searches {
		for i, t := range trials {
			good := 0.0
			if i < p.Best {
				good = 1
			}
			all["search"] = append(all["search"], float64(n+1))
			all["lr"] = append(all["lr"], float64(t.LR))
			all["decay"] = append(all["decay"], float64(t.Decay))
			all["accuracy"] = append(all["accuracy"], t.accuracy())
			all["good"] = append(all["good"], good)
		}
	}
	return s
}

func (p search) claims(searches [][]trial, lowest []float64) map[string]lab.Claim {
	ranges := lab.Each(searches, p.decayRange)
	lr := func(t trial) float64 { return float64(t.LR) }
	decay := func(t trial) float64 { return float64(t.Decay) }
	rateMatters := lab.Each(searches, func(s []trial) float64 { return p.correlation(s, lr) })
	decayMatters := lab.Each(searches, func(s []trial) float64 { return p.correlation(s, decay) })
	return map[string]lab.Claim{
		"good_rates_are_high": lab.Claimed(fmt.Sprintf("the top %d of %d trials all have a learning rate above 0.001", p.Top, p.Trials),
			fmt.Sprintf("the lowest is %.4f", lab.Mean(lowest)), func(x []float64) bool { return x[0] > 0.001 }, lowest),
		"decay_hardly_matters": lab.Claimed(fmt.Sprintf("the weight decays of the %d best trials differ by at least three powers of ten", p.Best),
			fmt.Sprintf("%.1f powers of ten", lab.Mean(ranges)), func(x []float64) bool { return x[0] >= 3 }, ranges),
		"rate_matters_more": lab.Claimed("the accuracy follows the order of the learning rates more than that of the weight decays",
			fmt.Sprintf("rank correlation %.2f against %.2f", lab.Mean(rateMatters), lab.Mean(decayMatters)),
			func(x []float64) bool { return x[0] > 2*max(x[1], -x[1]) }, rateMatters, decayMatters),
	}
}

// correlation is Spearman's rank correlation of a hyperparameter with the accuracy; equal accuracies take the order of
// the trials.
func (p search) correlation(trials []trial, of func(trial) float64) float64 {
	n := len(trials)
	order := make([]int, n) // of the trials by the hyperparameter, falling; they are sorted by accuracy, falling
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(of(trials[b]), of(trials[a])) })
	squares := 0
	for rank, i := range order {
		squares += (rank - i) * (rank - i)
	}
	return 1 - float64(6*squares)/float64(n*(n*n-1))
}

func drawSearch(r *lab.Result) ([]figure.Figure, error) {
	var p search
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	curves, err := bestCurves(p, r)
	if err != nil {
		return nil, err
	}
	plane, err := plane(p, r)
	return []figure.Figure{curves, plane}, err
}

func bestCurves(p search, r *lab.Result) (figure.Figure, error) {
	epochs := make([]float64, p.Epochs)
	for i := range epochs {
		epochs[i] = float64(i + 1)
	}
	panels := figure.Panels{
		X: figure.Axis{Label: "エポック", Max: float64(p.Epochs)}, Y: figure.Axis{Label: "正解率", Percent: true}, Columns: 5,
	}
	for i := range p.Best {
		s := r.Series[fmt.Sprintf("best/trial%02d", i+1)]
		panels.Panels = append(panels.Panels, figure.Panel{
			Caption: fmt.Sprintf("%d位", i+1),
			Curves: []figure.Curve{
				{Label: "検証データ", X: epochs, Mean: s["val"], Color: figure.Vermilion},
				{Label: "訓練データ", X: epochs, Mean: s["train"], Color: figure.Blue, Dashed: true},
			},
		})
	}
	return panels.Draw("curves", fmt.Sprintf("検証データの正解率が高かった%d回の学習の推移。1位の正解率は%.0f%%。", p.Best, 100*r.Values["first/accuracy"].Mean))
}

func plane(p search, r *lab.Result) (figure.Figure, error) {
	s := figure.Scatter{
		X:     logAxis("学習率", p.LR),
		Y:     logAxis("Weight decayの係数", p.Decay),
		Value: figure.Axis{Label: "検証データの正解率", Max: 1, Percent: true},
		Rings: fmt.Sprintf("上位%d回", p.Best),
	}
	all := r.Series["all"]
	for i, search := range all["search"] {
		if search == 1 {
			s.Points = append(s.Points, figure.Dot{X: all["lr"][i], Y: all["decay"][i], Value: all["accuracy"][i], Ring: all["good"][i] == 1})
		}
	}
	return s.Draw("plane", fmt.Sprintf("学習率と係数の平面に%d回の試行を置いた図。上位%d回の学習率は%.2g以上にある。", p.Trials, p.Top, r.Values["first/lowest_lr"].Mean))
}

func logAxis(label string, exponents [2]float64) figure.Axis {
	return figure.Axis{Label: label, Log: true, Min: math.Pow(10, exponents[0]), Max: math.Pow(10, exponents[1])}
}
