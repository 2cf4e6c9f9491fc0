package activations

import (
	"fmt"
	"slices"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
)

// Functions shows the activation functions and their slopes, through which every gradient passes.
var Functions = &lab.Experiment{
	Name:   "activations/functions",
	Title:  "sigmoid, tanh and ReLU, and their slopes",
	Params: theFunctions,
	Run:    theFunctions.run,
	Draw:   drawFunctions,
}

type functionRange struct {
	From   float64 `json:"from"`
	To     float64 `json:"to"`
	Points int     `json:"points"`
	Layers int     `json:"layers"`
}

var theFunctions = functionRange{From: -5, To: 5, Points: 101, Layers: 5}

func (p functionRange) run(lab.Input) (*lab.Result, error) {
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	for _, f := range functions {
		s := p.tabulate(f)
		steepest := slices.Max(s["slope"])
		through := 1.0
		for range p.Layers {
			through *= steepest
		}
		r.Series[f.key] = s
		r.Values[f.key+"/steepest"] = lab.Number(steepest)
		r.Values[f.key+"/at_end"] = lab.Number(s["slope"][p.Points-1])
		r.Values[f.key+"/through"] = lab.Number(through) // the most that the slopes of all layers leave of a gradient
	}
	through := r.Values["sigmoid/through"].Mean
	r.Claims = map[string]lab.Claim{
		"sigmoid_shrinks_gradients": lab.Claimed(fmt.Sprintf("the slopes of %d sigmoids leave less than a hundredth of a gradient", p.Layers),
			fmt.Sprintf("at most %.5f", through), func(x []float64) bool { return x[0] < 0.01 }, []float64{through}),
	}
	return r, nil
}

// tabulate gives the function and, from its backward pass, the slope.
func (p functionRange) tabulate(f activation) lab.Series {
	x, dy := f32.New(1, p.Points), f32.New(1, p.Points)
	s := lab.Series{}
	for i := range p.Points {
		at := p.From + float64((p.To-p.From)*float64(i))/float64(p.Points-1)
		x.Data[i], dy.Data[i] = float32(at), 1
		s["x"] = append(s["x"], at)
	}
	layer := f.layer()
	for _, y := range layer.Forward(x, false).Data {
		s["y"] = append(s["y"], float64(y))
	}
	for _, slope := range layer.Backward(dy).Data {
		s["slope"] = append(s["slope"], float64(slope))
	}
	return s
}

func drawFunctions(r *lab.Result) ([]figure.Figure, error) {
	p := figure.Panels{
		Size: figure.Size{W: 1120, H: 330}, Columns: len(functions),
		X: figure.Axis{Label: "入力x", Min: theFunctions.From, Max: theFunctions.To}, Y: figure.Axis{Label: "値", Min: -1, Max: 2},
	}
	for _, f := range functions {
		s := r.Series[f.key]
		p.Panels = append(p.Panels, figure.Panel{Caption: functionNames[f.key], Curves: []figure.Curve{
			{Label: "出力", X: s["x"], Mean: s["y"], Color: figure.Blue},
			{Label: "傾き", X: s["x"], Mean: s["slope"], Color: figure.Vermilion, Dashed: true},
		}})
	}
	f, err := p.Draw("functions", fmt.Sprintf("sigmoid、tanh、ReLUの出力と傾き。傾きの最大はsigmoidが%.2f、tanhが%.0f、ReLUが%.0f。",
		r.Values["sigmoid/steepest"].Mean, r.Values["tanh/steepest"].Mean, r.Values["relu/steepest"].Mean))
	return []figure.Figure{f}, err
}

var functionNames = map[string]string{"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
