package f32

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// The benchmarks report GFLOP/s, a multiply-add counting as two; sparse ones
// count the terms that they do not leave out. go test -bench . prints them all.

// shapes are the products of the lecture's nets, m×k by k×n.
var shapes = []struct {
	mul     string
	m, k, n int
}{
	{"Mul", 100, 784, 100}, {"Mul", 128, 784, 100}, {"Mul", 10000, 784, 100}, {"Mul", 100, 100, 100},
	{"Mul", 128, 100, 10}, {"MulTA", 784, 100, 100}, {"MulTA", 100, 100, 100}, {"MulTB", 100, 100, 100},
	{"sparse Mul", 100, 784, 100}, {"sparse Mul", 128, 784, 100}, {"sparse MulTA", 784, 100, 100}, {"sparse MulTA", 784, 128, 100},
	{"sparse step", 100, 784, 100}, {"sparse step", 128, 784, 100},
	{"Mul", 97, 101, 103}, {"Mul", 299, 299, 299}, {"Mul", 1, 784, 100}, {"Mul", 1000, 1000, 1000}, {"Mul", 1024, 1024, 1024},
	{"Mul", 100, 1000, 1000}, {"MulTA", 1000, 100, 1000}, {"MulTB", 100, 1000, 1000},
	{"Mul", 100, 1024, 1024}, {"MulTA", 1024, 100, 1024}, {"MulTB", 100, 1024, 1024},
	{"Mul", 100, 2048, 2048}, {"MulTA", 2048, 100, 2048}, {"MulTB", 100, 2048, 2048},
}

// strokes fills m like images of digits: a fifth is not zero, in short runs.
func strokes(m *Matrix, r *rand.Rand) *Matrix {
	run := 0
	for i := range m.Data {
		if run--; run < -13 && r.IntN(4) == 0 {
			run = 4
		}
		if run > 0 {
			m.Data[i] = 1 - r.Float32()
		}
	}
	return m
}

// prepare returns the product of a shape, and its floating-point operations.
func prepare(mul string, m, k, n int) (run func(), flops int) {
	r := rand.New(rand.NewPCG(3, 1))
	a, b, c := fill(New(m, k), r, Normal), fill(New(k, n), r, Normal), New(m, n)
	at, bt := transposed(a), transposed(b)
	switch mul {
	case "Mul":
		return func() { Mul(c, a, b) }, 2 * m * k * n
	case "MulTA":
		return func() { MulTA(c, at, b) }, 2 * m * k * n
	case "MulTB":
		return func() { MulTB(c, a, bt) }, 2 * m * k * n
	case "sparse Mul":
		s := Sparse(strokes(New(m, k), r))
		return func() { Mul(c, s, b) }, 2 * nonZeros(s) * n
	case "sparse step": // a batch, forward and backward
		s, batch, rows := Sparse(strokes(New(m, k), r)), new(Matrix), r.Perm(m)
		return func() {
			batch.Gather(s, rows)
			Mul(c, batch, b)
			MulTA(b, batch, c)
			clear(b.Data) // lest the numbers grow
		}, 4 * nonZeros(s) * n
	default: // sparse MulTA
		s := Sparse(strokes(New(k, m), r))
		return func() { MulTA(c, s, b) }, 2 * nonZeros(s) * n
	}
}

func nonZeros(m *Matrix) int {
	n := 0
	for _, row := range m.NZ {
		n += len(row.Index)
	}
	return n
}

func gflops(b *testing.B, flops int) {
	b.ReportMetric(float64(flops)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

// eachSetBench runs f with every instruction set of this machine.
func eachSetBench(b *testing.B, f func(b *testing.B)) {
	defer Use(Using())
	for _, name := range Available() {
		b.Run(name, func(b *testing.B) {
			if err := Use(name); err != nil {
				b.Fatal(err)
			}
			f(b)
		})
	}
}

func BenchmarkPeak(b *testing.B) {
	eachSetBench(b, func(b *testing.B) {
		if wide == nil {
			b.Skip("there is no kernel for it")
		}
		const n = 100_000
		for b.Loop() {
			simd.peak(n)
		}
		gflops(b, 2*n*peakChains*simd.lanes)
	})
}

func BenchmarkProducts(b *testing.B) {
	for _, s := range shapes {
		run, flops := prepare(s.mul, s.m, s.k, s.n)
		b.Run(fmt.Sprintf("%s/%dx%dx%d", s.mul, s.m, s.k, s.n), func(b *testing.B) {
			eachSetBench(b, func(b *testing.B) {
				if simd == nil && flops > 1e9 {
					b.Skip("too slow")
				}
				for b.Loop() {
					run()
				}
				gflops(b, flops)
			})
		})
	}
}

func BenchmarkGonum(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 1))
	general := func(m *Matrix) blas32.General {
		return blas32.General{Rows: m.Rows, Cols: m.Cols, Stride: m.Cols, Data: m.Data}
	}
	for _, s := range shapes[:5] {
		x, w, y := fill(New(s.m, s.k), r, Normal), fill(New(s.k, s.n), r, Normal), New(s.m, s.n)
		b.Run(fmt.Sprintf("%dx%dx%d", s.m, s.k, s.n), func(b *testing.B) {
			for b.Loop() {
				blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, general(x), general(w), 0, general(y))
			}
			gflops(b, 2*s.m*s.k*s.n)
		})
	}
}

func BenchmarkVectors(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 2))
	var v [4][]float32
	for i := range v {
		v[i] = fill(New(1, 10_000), r, func(r *rand.Rand) float32 { return r.Float32() }).Data
	}
	for _, name := range []string{"AddScaled", "ReLUGrad", "Exp", "Tanh", "Sigmoid", "SGDStep", "AdamStep"} {
		b.Run(name, func(b *testing.B) {
			eachSetBench(b, func(b *testing.B) {
				b.SetBytes(4 * int64(len(v[0])))
				for b.Loop() {
					elementwise[name](v[0], v[1], v[2], v[3])
				}
			})
		})
	}
}
