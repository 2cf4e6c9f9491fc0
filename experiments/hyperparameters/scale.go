package hyperparameters

import (
	"fmt"
	"math/rand/v2"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
)

// Scale shows which learning rates get tried when the rate is drawn uniformly, and when its exponent is.
var Scale = &lab.Experiment{
	Name:   "hyperparameters/scale",
	Title:  "learning rates drawn uniformly, and with a uniform exponent",
	Params: theScale,
	Seeds:  5,
	Run:    theScale.run,
	Draw:   drawScale,
}

type scale struct {
	Draws int        `json:"draws"`
	LR    [2]float64 `json:"lr"`   // powers of ten between which the learning rate is drawn
	Bins  int        `json:"bins"` // in each power of ten
}

var theScale = scale{Draws: 1000, LR: theSearch.LR, Bins: 5}

// ways of drawing a learning rate.
var ways = []struct {
	key, name string
	draw      func(p scale, r *rand.Rand) float32
}{
	{"linear", "値を一様に選ぶ", func(p scale, r *rand.Rand) float32 {
		lo, hi := powerOfTen([2]float64{p.LR[0], p.LR[0]}, r), powerOfTen([2]float64{p.LR[1], p.LR[1]}, r)
		return lo + float32((hi-lo)*r.Float32())
	}},
	{"log", "指数を一様に選ぶ", func(p scale, r *rand.Rand) float32 { return powerOfTen(p.LR, r) }},
}

func (p scale) run(in lab.Input) (*lab.Result, error) {
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	top := map[string][]float64{}
	for _, w := range ways {
		for i, seed := range in.Seeds {
			counts := p.counts(w.draw, in.Rand(seed, w.key))
			if i == 0 {
				r.Series[w.key] = lab.Series{"share": counts}
			}
			sum := 0.0
			for _, c := range counts[len(counts)-p.Bins:] {
				sum += c
			}
			top[w.key] = append(top[w.key], sum)
		}
		r.Values[w.key+"/top_decade"] = lab.Summary(top[w.key])
	}
	r.Claims = map[string]lab.Claim{
		"linear_crowds": lab.Claimed("drawn uniformly, at least 85% of the learning rates lie in the largest power of ten",
			fmt.Sprintf("%.0f%%", 100*lab.Mean(top["linear"])), func(x []float64) bool { return x[0] >= 0.85 }, top["linear"]),
		"log_spreads": lab.Claimed("with a uniform exponent, 20% to 30% of the learning rates lie in the largest of four powers of ten",
			fmt.Sprintf("%.0f%%", 100*lab.Mean(top["log"])), func(x []float64) bool { return x[0] >= 0.2 && x[0] <= 0.3 }, top["log"]),
	}
	return r, nil
}

// counts is the share of the draws in each bin of the exponent.
func (p scale) counts(draw func(scale, *rand.Rand) float32, r *rand.Rand) []float64 {
	const ln10 = 2.302585092994046
	counts := make([]float64, int(p.LR[1]-p.LR[0])*p.Bins)
	for range p.Draws {
		exponent := float64(f32.Log1(draw(p, r))) / ln10
		bin := int((exponent - p.LR[0]) * float64(p.Bins))
		counts[min(max(bin, 0), len(counts)-1)] += 1 / float64(p.Draws)
	}
	return counts
}

func drawScale(r *lab.Result) ([]figure.Figure, error) {
	p := theScale
	h := figure.Histograms{
		Size: figure.Size{W: 1120, H: 330},
		X:    figure.Axis{Label: "学習率の指数 log₁₀ η", Min: p.LR[0], Max: p.LR[1]}, Y: figure.Axis{Label: "割合", Percent: true},
	}
	for _, w := range ways {
		panel := figure.Histogram{Caption: w.name, Counts: r.Series[w.key]["share"]}
		for i := range p.Bins {
			panel.Marked = append(panel.Marked, len(panel.Counts)-1-i)
		}
		panel.Note = fmt.Sprintf("最大の桁に%.0f%%", 100*r.Values[w.key+"/top_decade"].Mean)
		h.Panels = append(h.Panels, panel)
	}
	f, err := h.Draw("scale", fmt.Sprintf("学習率の選び方ごとの、指数の分布。最大の桁に入るのは、値を一様に選ぶと%.0f%%、指数を一様に選ぶと%.0f%%。",
		100*r.Values["linear/top_decade"].Mean, 100*r.Values["log/top_decade"].Mean))
	return []figure.Figure{f}, err
}
