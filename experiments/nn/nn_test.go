package nn

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"deckgen/experiments/f32"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// blobs are points around one center per class: easy to learn.
func blobs(n, in, classes int, r *rand.Rand) (*f32.Matrix, []uint8) {
	centers, _ := samples(classes, in, classes, r)
	x, labels := samples(n, in, classes, r)
	for i, label := range labels {
		for j := range x.Row(i) {
			x.Row(i)[j] = 0.3*x.Row(i)[j] + centers.Row(int(label))[j]
		}
	}
	return f32.Sparse(x), labels
}

func TestEachOptimizerLearns(t *testing.T) {
	for name, opt := range map[string]Optimizer{
		"sgd":      &SGD{LR: 0.1},
		"momentum": &Momentum{LR: 0.02, Alpha: 0.9},
		"adagrad":  &AdaGrad{LR: 0.05},
		"adam":     &Adam{LR: 0.01, Beta1: 0.9, Beta2: 0.999},
	} {
		r := newRand(1)
		x, labels := blobs(300, 20, 4, r)
		net := New(Config{Sizes: []int{20, 16, 4}, Init: He}, r)
		batches := NewBatches(x, labels, 32, r)
		first := net.Gradient(x, labels)
		for range 150 {
			b, of := batches.Next()
			net.Step(b, of, opt)
		}
		if last := net.Gradient(x, labels); last > first/10 {
			t.Errorf("%s: the loss went from %g to %g only", name, first, last)
		}
		if a := net.Accuracy(x, labels); a < 0.97 {
			t.Errorf("%s: accuracy %g", name, a)
		}
	}
}

// The update rules against their formulas in float64, over a few steps with changing gradients.
func TestOptimizersFollowTheirFormulas(t *testing.T) {
	grads := []float64{0.5, -0.25, 1.5, 0.125, -2}
	const lr, alpha, beta1, beta2 = 0.1, 0.9, 0.9, 0.999
	var w, v, h, m, u float64
	formulas := map[string]func(g float64, t int) float64{ // each returns the change of w
		"sgd":      func(g float64, t int) float64 { return -lr * g },
		"momentum": func(g float64, t int) float64 { v = alpha*v - lr*g; return v },
		"adagrad":  func(g float64, t int) float64 { h += g * g; return -lr * g / (math.Sqrt(h) + eps) },
		"adam": func(g float64, t int) float64 {
			m, u = beta1*m+(1-beta1)*g, beta2*u+(1-beta2)*g*g
			mhat, uhat := m/(1-math.Pow(beta1, float64(t))), u/(1-math.Pow(beta2, float64(t)))
			return -lr * mhat / (math.Sqrt(uhat) + eps)
		},
	}
	optimizers := map[string]Optimizer{"sgd": &SGD{lr}, "momentum": &Momentum{lr, alpha}, "adagrad": &AdaGrad{lr},
		"adam": &Adam{lr, beta1, beta2}}
	for name, formula := range formulas {
		p := NewParam(1)
		w = 0
		for i, g := range grads {
			p.Grad[0] = float32(g)
			p.Steps++
			optimizers[name].Step(p)
			w += formula(g, i+1)
			if math.Abs(float64(p.W[0])-w) > 1e-5 {
				t.Errorf("%s, step %d: w = %g, by the formula %g", name, i+1, p.W[0], w)
			}
		}
	}
}

// weightsDigest is of the weights after a small training with every kind of layer and optimizer, the same on every
// processor, and with the race detector. It changes only with the arithmetic.
const weightsDigest = "f527b638e778f6aaa6515d0f2418a683"

// The loop on the slide and the kernel that stands in for it must agree to the last bit.
func TestKernelsAreTheLoops(t *testing.T) {
	defer f32.Use(f32.Using())
	for _, unit := range f32.Available() {
		if err := f32.Use(unit); err != nil {
			t.Fatal(err)
		}
		h := fnv.New128a()
		for _, opt := range []Optimizer{&SGD{LR: 0.1}, &Momentum{LR: 0.02, Alpha: 0.9}, &AdaGrad{LR: 0.05}, &Adam{0.01, 0.9, 0.999}} {
			for _, p := range smallTraining(opt).Params() {
				binary.Write(h, binary.LittleEndian, p.W)
			}
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != weightsDigest {
			t.Errorf("%s: the digest of the weights is %s, want %s", unit, got, weightsDigest)
		}
	}
}

// smallTraining is a net after some steps on sparse samples, one of them without anything.
func smallTraining(opt Optimizer) *Net {
	r := newRand(2)
	x, labels := samples(100, 137, 5, r)
	f32.ReLU(x.Data, x.Data)
	clear(x.Row(0))
	net := New(Config{Sizes: []int{137, 119, 19, 5}, Init: He, BatchNorm: true, Dropout: 0.2, WeightDecay: 0.01}, r)
	net.Layers = slices.Insert(net.Layers, len(net.Layers)-1, Layer(&Sigmoid{}), Layer(&Tanh{}))
	batches := NewBatches(f32.Sparse(x), labels, 17, r)
	for range 20 {
		b, of := batches.Next()
		net.Step(b, of, opt)
	}
	return net
}

func sameBits(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }

func TestSparseInputGivesTheSameBits(t *testing.T) {
	train := func(sparse bool) []float32 {
		r := newRand(3)
		x, labels := samples(40, 30, 4, r)
		f32.ReLU(x.Data, x.Data) // half of it zero
		if sparse {
			x = f32.Sparse(x)
		}
		net := New(Config{Sizes: []int{30, 12, 4}, Init: He}, r)
		for range 10 {
			net.Step(x, labels, &SGD{LR: 0.1})
		}
		return net.Params()[0].W
	}
	if !slices.EqualFunc(train(true), train(false), sameBits) {
		t.Error("sparse and dense input give different weights")
	}
}

func TestBatchNormInference(t *testing.T) {
	l := NewBatchNorm(3)
	r := newRand(4)
	for range 200 { // batches with mean 5 and standard deviation 2
		x, _ := samples(50, 3, 2, r)
		for i := range x.Data {
			x.Data[i] = 5 + 2*x.Data[i]
		}
		y := l.Forward(x, true)
		for j := range 3 {
			mean, std := moments(y, j)
			if math.Abs(mean) > 1e-5 || math.Abs(std-1) > 1e-3 {
				t.Fatalf("unit %d in training: mean %g, standard deviation %g", j, mean, std)
			}
		}
	}
	x := f32.New(1, 3)
	copy(x.Data, []float32{5, 7, 3}) // 0, +1 and −1 standard deviations
	for j, want := range []float64{0, 1, -1} {
		if got := float64(l.Forward(x, false).Data[j]); math.Abs(got-want) > 0.2 {
			t.Errorf("unit %d in inference: %g, want about %g", j, got, want)
		}
	}
}

func moments(y *f32.Matrix, j int) (mean, std float64) {
	for i := range y.Rows {
		mean += float64(y.Row(i)[j]) / float64(y.Rows)
	}
	for i := range y.Rows {
		d := float64(y.Row(i)[j]) - mean
		std += d * d / float64(y.Rows)
	}
	return mean, math.Sqrt(std)
}

func TestDropout(t *testing.T) {
	l := &Dropout{Ratio: 0.2, Rand: newRand(5)}
	x := f32.New(100, 100)
	for i := range x.Data {
		x.Data[i] = 1
	}
	kept := 0
	for _, v := range l.Forward(x, true).Data {
		if v != 0 && v != 1 {
			t.Fatalf("training scales a unit to %g", v)
		}
		kept += int(v)
	}
	if kept < 7850 || kept > 8150 {
		t.Errorf("%d of 10000 units stay with ratio 0.2", kept)
	}
	for _, v := range l.Forward(x, false).Data {
		if v != 0.8 {
			t.Fatalf("inference gives %g, want 0.8", v)
		}
	}
}

func TestLossOfExtremeScores(t *testing.T) {
	var l SoftmaxCrossEntropy
	x := &f32.Matrix{Rows: 2, Cols: 3, Data: []float32{1e4, 0, -1e4, -1e4, 0, 1e4}}
	if got := l.Forward(x, []uint8{0, 0}); got != 1e4 {
		t.Errorf("loss %g, want 10000: the mean of 0 and 20000", got)
	}
	for _, g := range l.Backward().Data {
		if math.IsNaN(float64(g)) || math.Abs(float64(g)) > 1 {
			t.Errorf("gradient %g", g)
		}
	}
}

func TestInitialWeights(t *testing.T) {
	for _, c := range []struct {
		name string
		init Init
		want float64
	}{{"Xavier", Xavier, 0.1}, {"He", He, math.Sqrt(0.02)}, {"Std", Std(0.01), 0.01}} {
		l := NewAffine(100, 200, c.init, newRand(6))
		sum := 0.0
		for _, w := range l.W.W {
			sum += float64(w) * float64(w)
		}
		if got := math.Sqrt(sum / 20000); math.Abs(got/c.want-1) > 0.02 {
			t.Errorf("%s: standard deviation %g, want %g", c.name, got, c.want)
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	for name, opt := range map[string]Optimizer{"sgd": &SGD{LR: 0.1}, "momentum": &Momentum{0.1, 0.9}, "adagrad": &AdaGrad{0.1},
		"adam": &Adam{0.001, 0.9, 0.999}} {
		for _, kind := range []string{"sparse", "dense"} {
			r := newRand(7)
			x, labels := samples(200, 50, 4, r)
			if kind == "sparse" {
				x = f32.Sparse(x)
			}
			net := New(Config{Sizes: []int{50, 20, 20, 4}, Init: He, BatchNorm: true, Dropout: 0.2, WeightDecay: 0.1}, r)
			net.Layers = slices.Insert(net.Layers, 1, Layer(&Sigmoid{}), Layer(&Tanh{}))
			batches := NewBatches(x, labels, 32, r)
			step := func() {
				b, of := batches.Next()
				net.Step(b, of, opt)
				net.Accuracy(x, labels)
			}
			step()
			if n := testing.AllocsPerRun(20, step); n != 0 {
				t.Errorf("%s, %s samples: a step allocates %g times", name, kind, n)
			}
		}
	}
}
