package nn

import (
	"fmt"
	"math/rand/v2"

	"deckgen/experiments/f32"
)

// A Matrix holds float32 numbers row by row.
type Matrix = f32.Matrix

// A Layer computes y from x, and on the way back ∂L/∂x from ∂L/∂y. Backward follows a Forward with train set, and
// leaves the gradients of the layer's own parameters in Params. A layer may overwrite what it is given, unless that is
// sparse: the samples themselves.
type Layer interface {
	Forward(x *Matrix, train bool) (y *Matrix)
	Backward(dy *Matrix) (dx *Matrix)
	Params() []*Param
}

// A Param is what training moves: weights W and the gradient ∂L/∂W of the latest backward pass.
type Param struct {
	W, Grad []float32
	Decays  bool // whether weight decay applies: to the weights of an Affine layer, not to biases
	Steps   int  // updates so far, the one under way included

	memory [2][]float32
}

// NewParam is a parameter of n numbers, all zero.
func NewParam(n int) *Param { return &Param{W: make([]float32, n), Grad: make([]float32, n)} }

// Memory is the i-th vector that an optimizer remembers for this parameter from step to step, zero at first.
func (p *Param) Memory(i int) []float32 {
	if p.memory[i] == nil {
		p.memory[i] = make([]float32, len(p.W))
	}
	return p.memory[i]
}

// Config describes a fully connected net for classification.
type Config struct {
	Sizes       []int   // units per layer: inputs, hidden layers, classes
	Init        Init    // standard deviation of the initial weights
	BatchNorm   bool    // normalise before each ReLU
	Dropout     float32 // share of hidden units that a training step leaves out
	WeightDecay float32 // λ: the loss gains ½λ‖W‖²
}

// Net is layers in a row, ending in softmax and cross-entropy.
type Net struct {
	Layers []Layer
	Loss   SoftmaxCrossEntropy
	Decay  float32 // λ

	params []*Param
	chunk  Matrix // the samples that Accuracy is at
}

// New makes the net Affine–(BatchNorm)–ReLU–(Dropout)–…–Affine. The weights come from r; the dropout masks from a
// generator of their own, so that the same r gives the same weights with and without dropout.
func New(c Config, r *rand.Rand) *Net {
	masks := rand.NewPCG(r.Uint64(), r.Uint64())
	n := &Net{Decay: c.WeightDecay}
	last := len(c.Sizes) - 2
	for i := range c.Sizes[:last+1] {
		n.Layers = append(n.Layers, NewAffine(c.Sizes[i], c.Sizes[i+1], c.Init, r))
		if i == last {
			break
		}
		if c.BatchNorm {
			n.Layers = append(n.Layers, NewBatchNorm(c.Sizes[i+1]))
		}
		n.Layers = append(n.Layers, &ReLU{})
		if c.Dropout > 0 {
			n.Layers = append(n.Layers, &Dropout{Ratio: c.Dropout, Rand: masks})
		}
	}
	for _, l := range n.Layers {
		n.params = append(n.params, l.Params()...)
	}
	return n
}

// Params are the parameters of all layers, from the input to the output.
func (n *Net) Params() []*Param { return n.params }

// Predict gives the scores of each class: batch×classes.
func (n *Net) Predict(x *Matrix, train bool) *Matrix {
	for _, l := range n.Layers {
		x = l.Forward(x, train)
	}
	return x
}

// Gradient does the forward and the backward pass: it returns the mean loss of a batch, without the term of the
// weight decay, and leaves ∂L/∂W in each parameter.
func (n *Net) Gradient(x *Matrix, labels []uint8) float64 {
	loss := n.Loss.Forward(n.Predict(x, true), labels)
	dy := n.Loss.Backward()
	for i := len(n.Layers) - 1; i >= 0; i-- {
		dy = n.Layers[i].Backward(dy)
	}
	for _, p := range n.params {
		if p.Decays && n.Decay != 0 {
			f32.AddScaled(p.Grad, n.Decay, p.W) // ∂(½λ‖W‖²)/∂W = λW
		}
	}
	return loss
}

// Step is one step of training: the gradient of a batch, then an update of every parameter.
func (n *Net) Step(x *Matrix, labels []uint8, opt Optimizer) (loss float64) {
	loss = n.Gradient(x, labels)
	for _, p := range n.params {
		p.Steps++
		opt.Step(p)
	}
	return loss
}

// evalRows is how many samples Accuracy takes at a time: few enough to stay in the cache.
const evalRows = 400

// Accuracy is the share of samples whose highest score is that of their label.
func (n *Net) Accuracy(x *Matrix, labels []uint8) float64 {
	if x.Rows != len(labels) {
		panic(fmt.Sprintf("nn: %d samples and %d labels", x.Rows, len(labels)))
	}
	right := 0
	for from := 0; from < x.Rows; from += evalRows {
		to := min(from+evalRows, x.Rows)
		n.chunk = slice(x, from, to)
		y := n.Predict(&n.chunk, false)
		for i, label := range labels[from:to] {
			if argmax(y.Row(i)) == int(label) {
				right++
			}
		}
	}
	return float64(right) / float64(x.Rows)
}

// slice is a view of some rows of x.
func slice(x *Matrix, from, to int) Matrix {
	part := Matrix{Rows: to - from, Cols: x.Cols}
	if x.NZ != nil {
		part.NZ = x.NZ[from:to]
	} else {
		part.Data = x.Data[from*x.Cols : to*x.Cols]
	}
	return part
}

func argmax(xs []float32) int {
	best := 0
	for i, x := range xs {
		if x > xs[best] {
			best = i
		}
	}
	return best
}
