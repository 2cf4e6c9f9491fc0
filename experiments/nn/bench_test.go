package nn

import (
	"testing"
	"time"

	"deckgen/experiments/f32"
)

// BenchmarkStep measures whole steps of training on batches of 100 samples, a fifth of whose elements are not zero (Full: all),
// and the net's inference. It reports GFLOP/s of the products alone, without the terms of zeros, and how much that is of
// what the processor could do; and the same with those terms, which a program that does not leave them out computes.
func BenchmarkStep(b *testing.B) {
	hidden := []int{784, 100, 100, 100, 100, 100, 100, 10}
	for _, c := range []struct {
		name   string
		config Config
		opt    Optimizer
	}{
		{"Affine", Config{Sizes: hidden}, &SGD{LR: 1e-3}},
		{"Full", Config{Sizes: hidden}, &SGD{LR: 1e-3}},
		{"BatchNorm", Config{Sizes: hidden, BatchNorm: true}, &SGD{LR: 1e-3}},
		{"Dropout", Config{Sizes: hidden, Dropout: 0.2}, &SGD{LR: 1e-3}},
		{"WeightDecay", Config{Sizes: hidden, WeightDecay: 0.1}, &SGD{LR: 1e-3}},
		{"Adam", Config{Sizes: hidden}, &Adam{LR: 1e-5, Beta1: 0.9, Beta2: 0.999}},
		{"1000units", Config{Sizes: []int{784, 1000, 1000, 10}}, &SGD{LR: 1e-3}},
		{"100layers", Config{Sizes: deep(100)}, &SGD{LR: 1e-3}},
	} {
		c.config.Init = He
		r := newRand(1)
		x, labels := strokes(2000, c.config.Sizes[0]), make([]uint8, 2000)
		if c.name == "Full" {
			x = full(2000, c.config.Sizes[0])
		}
		net := New(c.config, r)
		batches := NewBatches(x, labels, 100, r)
		b.Run(c.name, func(b *testing.B) {
			all := 2 * 2 * c.config.Sizes[0] * c.config.Sizes[1]
			fastest(b, 2*first(x, c.config)/20+3*rest(c.config)*100, (all+3*rest(c.config))*100, func() {
				batch, of := batches.Next()
				net.Step(batch, of, c.opt)
			})
		})
		b.Run("Accuracy/"+c.name, func(b *testing.B) {
			all := 2 * c.config.Sizes[0] * c.config.Sizes[1]
			fastest(b, first(x, c.config)+rest(c.config)*2000, (all+rest(c.config))*2000, func() { net.Accuracy(x, labels) })
		})
	}
}

// deep are the sizes of a net with n hidden layers.
func deep(n int) []int {
	sizes := []int{784}
	for range n {
		sizes = append(sizes, 100)
	}
	return append(sizes, 10)
}

// strokes are sparse samples: runs of four elements in every twenty.
func strokes(n, in int) *Matrix {
	r := newRand(2)
	x := f32.New(n, in)
	for i := range n {
		for j := r.IntN(20); j < in; j += 20 {
			for k := j; k < min(j+4, in); k++ {
				x.Row(i)[k] = 1 - r.Float32()
			}
		}
	}
	return f32.Sparse(x)
}

// full are samples without zeros.
func full(n, in int) *Matrix {
	r := newRand(2)
	x := f32.New(n, in)
	for i := range x.Data {
		x.Data[i] = 1 - r.Float32()
	}
	return x
}

// first are the operations of the first layer's forward pass for all samples, rest those of the other layers for one.
func first(x *Matrix, c Config) int {
	n := len(x.Data)
	for _, row := range x.NZ {
		n += len(row.Index)
	}
	return 2 * n * c.Sizes[1]
}

func rest(c Config) int {
	n := 0
	for i := range c.Sizes[2:] {
		n += 2 * c.Sizes[i+1] * c.Sizes[i+2]
	}
	return n
}

// fastest reports the rate of the fastest run of f, which other work on the machine disturbs least.
func fastest(b *testing.B, flops, dense int, f func()) {
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	rate := float64(flops) / best.Seconds()
	b.ReportMetric(rate/1e9, "GFLOP/s")
	if peak := f32.PeakRate(); peak > 0 {
		b.ReportMetric(100*rate/peak, "%peak")
		b.ReportMetric(100*float64(dense)/best.Seconds()/peak, "%peak-dense")
	}
}
