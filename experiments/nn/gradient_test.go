package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"deckgen/experiments/f32"
)

// The reference is the same mathematics once more, in float64, one number at a time, with forward passes only. Central
// differences of its loss are what the gradients of the real layers must be.
type reference struct {
	net    *Net
	params map[*Param][]float64
}

func newReference(n *Net) *reference {
	r := &reference{net: n, params: map[*Param][]float64{}}
	for _, p := range n.Params() {
		for _, w := range p.W {
			r.params[p] = append(r.params[p], float64(w))
		}
	}
	return r
}

func (r *reference) loss(x [][]float64, labels []uint8) float64 {
	for _, l := range r.net.Layers {
		x = r.forward(l, x)
	}
	loss := 0.0
	for i, row := range x {
		sum := 0.0
		for _, v := range row {
			sum += math.Exp(v)
		}
		loss += (math.Log(sum) - row[labels[i]]) / float64(len(x))
	}
	for p, w := range r.params {
		for _, v := range w {
			if p.Decays {
				loss += float64(r.net.Decay) / 2 * v * v
			}
		}
	}
	return loss
}

func (r *reference) forward(l Layer, x [][]float64) [][]float64 {
	switch l := l.(type) {
	case *Affine:
		w, b := r.params[l.W], r.params[l.B]
		return each(x, len(b), func(i, j int) float64 {
			y := b[j]
			for k, v := range x[i] {
				y += v * w[k*len(b)+j]
			}
			return y
		})
	case *ReLU:
		return each(x, len(x[0]), func(i, j int) float64 { return math.Max(0, x[i][j]) })
	case *Sigmoid:
		return each(x, len(x[0]), func(i, j int) float64 { return 1 / (1 + math.Exp(-x[i][j])) })
	case *Tanh:
		return each(x, len(x[0]), func(i, j int) float64 { return math.Tanh(x[i][j]) })
	case *Dropout: // with the mask that the real layer drew
		return each(x, len(x[0]), func(i, j int) float64 { return x[i][j] * float64(l.mask.Row(i)[j]) })
	case *BatchNorm:
		gamma, beta := r.params[l.Gamma], r.params[l.Beta]
		return each(x, len(x[0]), func(i, j int) float64 {
			mean, variance := 0.0, 0.0
			for _, row := range x {
				mean += row[j] / float64(len(x))
			}
			for _, row := range x {
				variance += (row[j] - mean) * (row[j] - mean) / float64(len(x))
			}
			return gamma[j]*(x[i][j]-mean)/math.Sqrt(variance+bnEps) + beta[j]
		})
	}
	panic(fmt.Sprintf("no reference for %T", l))
}

func each(x [][]float64, cols int, f func(i, j int) float64) [][]float64 {
	y := make([][]float64, len(x))
	for i := range y {
		y[i] = make([]float64, cols)
		for j := range y[i] {
			y[i][j] = f(i, j)
		}
	}
	return y
}

func TestGradientsAgainstCentralDifferences(t *testing.T) {
	wide := Std(0.5)
	nets := map[string]func(r *rand.Rand) *Net{
		"affine":       func(r *rand.Rand) *Net { return &Net{Layers: []Layer{NewAffine(6, 3, wide, r)}} },
		"relu":         func(r *rand.Rand) *Net { return New(Config{Sizes: []int{6, 5, 4, 3}, Init: He}, r) },
		"sigmoid":      func(r *rand.Rand) *Net { return between(&Sigmoid{}, r) },
		"tanh":         func(r *rand.Rand) *Net { return between(&Tanh{}, r) },
		"batchnorm":    func(r *rand.Rand) *Net { return New(Config{Sizes: []int{6, 5, 4, 3}, Init: wide, BatchNorm: true}, r) },
		"dropout":      func(r *rand.Rand) *Net { return New(Config{Sizes: []int{6, 9, 3}, Init: He, Dropout: 0.4}, r) },
		"weight decay": func(r *rand.Rand) *Net { return New(Config{Sizes: []int{6, 5, 3}, Init: He, WeightDecay: 0.1}, r) },
	}
	for name, build := range nets {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			net := build(r)
			for _, p := range net.Params() {
				net.nudge(p, r) // so that biases, γ and β are not at special points
			}
			x, labels := samples(8, 6, 3, r)
			net.Gradient(x, labels)
			checkGradients(t, net, rows(x), labels)
		})
	}
}

func between(l Layer, r *rand.Rand) *Net {
	n := &Net{Layers: []Layer{NewAffine(6, 5, Std(0.5), r), l, NewAffine(5, 3, Std(0.5), r)}}
	for _, l := range n.Layers {
		n.params = append(n.params, l.Params()...)
	}
	return n
}

func (n *Net) nudge(p *Param, r *rand.Rand) {
	for i := range p.W {
		p.W[i] += 0.1 * f32.Normal(r)
	}
}

func checkGradients(t *testing.T, net *Net, x [][]float64, labels []uint8) {
	t.Helper()
	const h = 1e-5
	ref := newReference(net)
	slope := func(v *float64) float64 {
		was := *v
		*v = was + h
		up := ref.loss(x, labels)
		*v = was - h
		down := ref.loss(x, labels)
		*v = was
		return (up - down) / (2 * h)
	}
	checked := 0
	for k, p := range net.Params() {
		for i := range p.W {
			want, got := slope(&ref.params[p][i]), float64(p.Grad[i])
			if math.Abs(got-want) > 2e-6+2e-4*math.Abs(want) {
				t.Errorf("parameter %d, element %d: gradient %g, central difference %g", k, i, got, want)
			}
			checked++
		}
	}
	if len(net.Params()) > 0 && checked == 0 {
		t.Error("nothing was checked")
	}
}

// The gradient with respect to the input, which the parameters' gradients do not show for the first layer.
func TestInputGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	net := between(&Tanh{}, r)
	x, labels := samples(4, 6, 3, r)
	net.Gradient(x, labels)
	dx := net.Layers[0].(*Affine).dx
	ref, in := newReference(net), rows(x)
	const h = 1e-5
	for i := range in {
		for j := range in[i] {
			was := in[i][j]
			in[i][j] = was + h
			up := ref.loss(in, labels)
			in[i][j] = was - h
			down := ref.loss(in, labels)
			in[i][j] = was
			want, got := (up-down)/(2*h), float64(dx.Row(i)[j])
			if math.Abs(got-want) > 2e-6+2e-4*math.Abs(want) {
				t.Errorf("input %d,%d: gradient %g, central difference %g", i, j, got, want)
			}
		}
	}
}

func TestLossAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	net := New(Config{Sizes: []int{6, 5, 3}, Init: He}, r)
	x, labels := samples(8, 6, 3, r)
	got, want := net.Gradient(x, labels), newReference(net).loss(rows(x), labels)
	if math.Abs(got-want) > 1e-6 {
		t.Errorf("loss %g, reference %g", got, want)
	}
}

// samples are n random inputs with labels below classes.
func samples(n, in, classes int, r *rand.Rand) (*f32.Matrix, []uint8) {
	x, labels := f32.New(n, in), make([]uint8, n)
	for i := range x.Data {
		x.Data[i] = f32.Normal(r)
	}
	for i := range labels {
		labels[i] = uint8(r.IntN(classes))
	}
	return x, labels
}

func rows(x *f32.Matrix) [][]float64 {
	return each(make([][]float64, x.Rows), x.Cols, func(i, j int) float64 { return float64(x.Row(i)[j]) })
}
