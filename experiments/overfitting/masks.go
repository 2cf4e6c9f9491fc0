package overfitting

import (
	"fmt"
	"math/rand/v2"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
	"deckgen/experiments/nn"
)

// Masks shows which units a dropout layer leaves out, from step to step.
var Masks = &lab.Experiment{
	Name:   "overfitting/masks",
	Title:  "the units that dropout leaves out, step by step",
	Params: theMasks,
	Seeds:  5,
	Run:    theMasks.run,
	Draw:   drawMasks,
}

type masks struct {
	Ratio float32 `json:"ratio"`
	Units []int   `json:"units"` // of the input, the two hidden layers and the output of the net that is drawn
	Shown int     `json:"shown"` // steps that are drawn
	Steps int     `json:"steps"` // steps that are counted
}

var theMasks = masks{Ratio: 0.5, Units: []int{4, 6, 6, 3}, Shown: 3, Steps: 1000}

func (p masks) run(in lab.Input) (*lab.Result, error) {
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	var dropped, received []float64
	for i, seed := range in.Seeds {
		gone, mean := 0.0, 0.0
		for step := range p.Steps {
			for l, kept := range p.step(in.Rand(seed, fmt.Sprint("step", step))) {
				if i == 0 && step < p.Shown {
					r.Series[fmt.Sprintf("step%d/layer%d", step+1, l+1)] = lab.Series{"kept": kept}
				}
				for _, k := range kept {
					gone += 1 - k
					mean += k
				}
			}
		}
		units := float64(p.Steps * (p.Units[1] + p.Units[2]))
		dropped, received = append(dropped, gone/units), append(received, mean/units)
	}
	r.Values["dropped"], r.Values["kept"] = lab.Summary(dropped), lab.Summary(received)
	inference := p.inference()
	r.Values["inference"] = lab.Number(inference)
	r.Claims = map[string]lab.Claim{
		"expectation_matches": lab.Claimed("a unit of 1 gives on average in training what it gives in inference, within 5%",
			fmt.Sprintf("%.3f against %.3f", lab.Mean(received), inference),
			func(x []float64) bool { return x[0] < 1.05*inference && x[0] > 0.95*inference }, received),
	}
	return r, nil
}

// step sends ones through the dropout of each hidden layer: what comes out is 1 for a unit that stays.
func (p masks) step(r *rand.Rand) (kept [][]float64) {
	for _, n := range p.Units[1:3] {
		layer := &nn.Dropout{Ratio: p.Ratio, Rand: r}
		var out []float64
		for _, y := range layer.Forward(ones(n), true).Data {
			out = append(out, float64(y))
		}
		kept = append(kept, out)
	}
	return kept
}

// inference is what becomes of a one.
func (p masks) inference() float64 {
	return float64((&nn.Dropout{Ratio: p.Ratio}).Forward(ones(1), false).Data[0])
}

func ones(n int) *f32.Matrix {
	x := f32.New(1, n)
	for i := range x.Data {
		x.Data[i] = 1
	}
	return x
}

func drawMasks(r *lab.Result) ([]figure.Figure, error) {
	p := theMasks
	pictures := figure.Networks{Size: figure.Size{W: 1120, H: 290}}
	for step := 1; step <= p.Shown; step++ {
		pictures.Nets = append(pictures.Nets, p.net(fmt.Sprintf("学習%d回目", step), func(layer int) []float64 {
			return r.Series[fmt.Sprintf("step%d/layer%d", step, layer)]["kept"]
		}))
	}
	pictures.Nets = append(pictures.Nets, p.net("推論", func(int) []float64 { return nil }))
	f, err := pictures.Draw("masks", fmt.Sprintf("ネットワークを%d回描いた図。学習では、2つの隠れ層のユニットが毎回ちがう組み合わせで消え、推論ではすべて使われる。", p.Shown+1))
	return []figure.Figure{f}, err
}

// net has all units but those that a hidden layer does not keep.
func (p masks) net(caption string, kept func(layer int) []float64) figure.Network {
	n := figure.Network{Caption: caption}
	for l, units := range p.Units {
		on := make([]bool, units)
		for i := range on {
			on[i] = true
		}
		if l == 1 || l == 2 {
			for i, k := range kept(l) {
				on[i] = k != 0
			}
		}
		n.Layers = append(n.Layers, on)
	}
	return n
}
