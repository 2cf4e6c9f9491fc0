package f32

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// eachSet runs f with every instruction set of this machine but plain Go.
func eachSet(t *testing.T, f func(t *testing.T)) {
	defer Use(Using())
	for _, name := range Available() {
		if name == plain {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if err := Use(name); err != nil {
				t.Fatal(err)
			}
			f(t)
		})
	}
	if len(Available()) == 1 {
		t.Skip("this machine has no vector unit that the package knows")
	}
}

// plainly runs f in plain Go.
func plainly(f func()) {
	name := Using()
	defer Use(name)
	Use(plain)
	f()
}

const guard = 12345.678

// guarded is memory with guard values on both sides of it.
type guarded struct{ all []float32 }

func newGuarded(n int) guarded {
	g := guarded{make([]float32, n+64)}
	for i := range g.all {
		g.all[i] = guard
	}
	return g
}

func (g guarded) data() []float32 { return g.all[32 : len(g.all)-32 : len(g.all)-32] }

func (g guarded) check(t *testing.T, what string) {
	t.Helper()
	for i := range 32 {
		if g.all[i] != guard || g.all[len(g.all)-1-i] != guard {
			t.Fatalf("%s wrote beside its slice", what)
		}
	}
}

// extreme returns numbers of every size, infinities and NaNs among them.
func extreme(r *rand.Rand) float32 {
	switch r.IntN(8) {
	case 0:
		return []float32{0, float32(math.Copysign(0, -1)), float32(math.Inf(1)), float32(math.Inf(-1)),
			float32(math.NaN()), math.MaxFloat32, math.SmallestNonzeroFloat32, 1}[r.IntN(8)]
	case 1:
		return math.Float32frombits(r.Uint32())
	}
	return 30 * Normal(r)
}

// elementwise are the functions on vectors, given three vectors to change or
// read, and whether each is a step of an optimizer.
var elementwise = map[string]func(x, y, z, w []float32){
	"MulElem":   func(x, y, z, w []float32) { MulElem(x, y, z) },
	"Scale":     func(x, y, z, w []float32) { Scale(x, 0.3, y) },
	"AddScaled": func(x, y, z, w []float32) { AddScaled(x, 0.3, y) },
	"ReLU":      func(x, y, z, w []float32) { ReLU(x, y) },
	"ReLUGrad":  func(x, y, z, w []float32) { ReLUGrad(x, y, z) },
	"Exp":       func(x, y, z, w []float32) { Exp(x, y) },
	"Tanh":      func(x, y, z, w []float32) { Tanh(x, y) },
	"Sigmoid":   func(x, y, z, w []float32) { Sigmoid(x, y) },
	"AtLeast":   func(x, y, z, w []float32) { AtLeast(x, bitsOf(y), 13107) },
	"in place":  func(x, y, z, w []float32) { AddScaled(x, 1, y); Exp(x, x); MulElem(x, z, x) },
	"SGDStep": func(x, y, z, w []float32) {
		if !SGDStep(x, y, 0.1) {
			for i := range x {
				x[i] -= float32(0.1 * y[i])
			}
		}
	},
	"MomentumStep": func(x, y, z, w []float32) {
		const lr, alpha = 0.1, 0.9
		if !MomentumStep(x, y, z, lr, alpha) {
			for i := range x {
				y[i] = float32(alpha*y[i]) - float32(lr*z[i])
				x[i] += y[i]
			}
		}
	},
	"AdaGradStep": func(x, y, z, w []float32) {
		const lr, eps = 0.1, 1e-7
		if !AdaGradStep(x, y, z, lr, eps) {
			for i := range x {
				y[i] += float32(z[i] * z[i])
				x[i] -= float32(lr*z[i]) / (sqrt(y[i]) + eps)
			}
		}
	},
	"AdamStep": func(x, y, z, w []float32) {
		var lr, beta1, beta2, eps float32 = 0.1, 0.9, 0.999, 1e-7
		if !AdamStep(x, y, z, w, lr, beta1, beta2, eps) {
			for i := range x {
				g := w[i]
				y[i] += float32((1 - beta1) * (g - y[i]))
				z[i] += float32((1 - beta2) * (float32(g*g) - z[i]))
				x[i] -= float32(lr*y[i]) / (sqrt(z[i]) + eps)
			}
		}
	},
}

// bitsOf returns the bits of x and of as many more.
func bitsOf(x []float32) []uint64 {
	bits := make([]uint64, len(x))
	for i, v := range x {
		bits[i] = uint64(math.Float32bits(v)) * 0x9e3779b97f4a7c15
	}
	return bits
}

func TestVectorsHaveTheBitsOfTheirLoops(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		for name, f := range elementwise {
			r := rand.New(rand.NewPCG(2, 1))
			for n := range 100 {
				var fast, slow [4]guarded
				for i := range fast {
					fast[i], slow[i] = newGuarded(n), newGuarded(n)
					for j := range n {
						fast[i].data()[j] = extreme(r)
					}
					copy(slow[i].data(), fast[i].data())
				}
				f(fast[0].data(), fast[1].data(), fast[2].data(), fast[3].data())
				plainly(func() { f(slow[0].data(), slow[1].data(), slow[2].data(), slow[3].data()) })
				for i := range fast {
					fast[i].check(t, name)
					compareVectors(t, fmt.Sprintf("%s, length %d", name, n), fast[i].data(), slow[i].data())
				}
			}
		}
	})
}

func TestFunctionsHaveTheBitsOfTheirLoopsForAllNumbers(t *testing.T) {
	var x []float32
	every(20011, func(v float32) { x = append(x, v) })
	eachSet(t, func(t *testing.T) {
		fast, slow := make([]float32, len(x)), make([]float32, len(x))
		for _, name := range []string{"Exp", "Tanh", "Sigmoid", "ReLU"} {
			elementwise[name](fast, x, x, x)
			plainly(func() { elementwise[name](slow, x, x, x) })
			compareVectors(t, name, fast, slow)
		}
	})
}

func compareVectors(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if !same(got[i], want[i]) {
			t.Fatalf("%s: element %d is %x, want %x", what, i, got[i], want[i])
		}
	}
}

// products are the kinds of products, as C + A·B or C = A·B for an A of m×k
// and a B of k×n.
var products = map[string]func(c, a, b *Matrix){
	"Mul":          Mul,
	"MulAddRow":    func(c, a, b *Matrix) { MulAddRow(c, a, b, first(c)) },
	"MulTA":        func(c, a, b *Matrix) { MulTA(c, transposed(a), b) },
	"MulTB":        func(c, a, b *Matrix) { MulTB(c, a, transposed(b)) },
	"sparse Mul":   func(c, a, b *Matrix) { MulAddRow(c, guardedRows(a), b, first(c)) },
	"sparse MulTA": func(c, a, b *Matrix) { MulTA(c, guardedRows(transposed(a)), b) },
}

// guardedRows returns the sparse form of m with an element behind each row
// that would spoil the product.
func guardedRows(m *Matrix) *Matrix {
	s := Sparse(m)
	for i, nz := range s.NZ {
		n := len(nz.Index)
		s.NZ[i] = Row{append(nz.Index, 0)[:n], append(nz.Value, float32(math.NaN()))[:n]}
	}
	return s
}

// first returns a copy of the first row of c.
func first(c *Matrix) []float32 { return slices.Clone(c.Row(0)) }

// checkProducts compares all products of a size with their loops.
func checkProducts(t *testing.T, r *rand.Rand, number func(*rand.Rand) float32, m, depth, n int) {
	t.Helper()
	a, b, start := fill(New(m, depth), r, number), fill(New(depth, n), r, number), fill(New(m, n), r, number)
	for name, mul := range products {
		g, want := newGuarded(m*n), New(m, n)
		got := &Matrix{Rows: m, Cols: n, Data: g.data()}
		copy(got.Data, start.Data)
		copy(want.Data, start.Data)
		mul(got, a, b)
		plainly(func() { mul(want, a, b) })
		name = fmt.Sprintf("%s %d×%d×%d", name, m, depth, n)
		g.check(t, name)
		compare(t, name, got, want)
	}
}

func TestProductsOfEverySmallSize(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(2, 2))
		for m := 1; m <= 40; m++ {
			for n := 1; n <= 40; n++ {
				checkProducts(t, r, kinds["sparse"], m, 1+r.IntN(6), n)
			}
		}
		for depth := range 41 {
			checkProducts(t, r, kinds["wide"], 1+r.IntN(20), depth, 1+r.IntN(40))
		}
	})
}

func TestProductsOfLargerSizes(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(2, 3))
		for n := 41; n <= 300; n++ { // every width, and so every choice of panels
			checkProducts(t, r, Normal, 1+r.IntN(9), 1+r.IntN(5), n)
		}
		for kind, number := range kinds {
			t.Log(kind)
			for range 3 {
				checkProducts(t, r, number, 1+r.IntN(300), 1+r.IntN(100), 1+r.IntN(100))
				checkProducts(t, r, number, 1+r.IntN(20), 1+r.IntN(1200), 1+r.IntN(30))
				checkProducts(t, r, number, 1+r.IntN(20), 1+r.IntN(20), 1+r.IntN(300))
			}
		}
		for range 40 {
			checkProducts(t, r, extreme, 1+r.IntN(20), 1+r.IntN(20), 1+r.IntN(120))
		}
	})
}

// Each row of each tile goes on from its own sums in the next block of k.
func TestSumsGoOnInTheNextBlock(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(2, 7))
		for _, n := range []int{8, 13, 16, 24, 30, 40, 50, 70, 90, 100, 113} { // every tile
			for _, m := range []int{7, 15, 17} { // every block of rows
				a, b := fill(New(m, blockDepth+2), r, Normal), fill(New(blockDepth+2, n), r, Normal)
				got, want := New(m, n), New(m, n)
				Mul(got, a, b)
				plainly(func() { Mul(want, a, b) })
				compare(t, fmt.Sprintf("%d×%d×%d", m, blockDepth+2, n), got, want)
			}
		}
	})
}

// A column of a sparse matrix takes all 16 bits.
func TestSparseProductsOfManyColumns(t *testing.T) {
	const most = 1 << 16
	r := rand.New(rand.NewPCG(2, 6))
	columns := []int{0, most/2 - 1, most / 2, most - 1}
	a := New(3, most)
	for i := range a.Rows {
		for _, k := range columns {
			a.Row(i)[k] = Normal(r)
		}
	}
	s := Sparse(a)
	eachSet(t, func(t *testing.T) {
		for _, n := range []int{8, 16, 32, 56, 64, 104, 112} { // every width of a kernel
			b, dy := New(most, n), fill(New(3, n), r, Normal)
			for _, k := range columns {
				copy(b.Row(k), dy.Row(k%3))
			}
			y, want, w, wantW := New(3, n), New(3, n), New(most, n), New(most, n)
			Mul(y, s, b)
			MulTA(w, s, dy)
			plainly(func() { Mul(want, s, b); MulTA(wantW, s, dy) })
			compare(t, fmt.Sprintf("Mul 3×%d×%d", most, n), y, want)
			compare(t, fmt.Sprintf("MulTA %d×3×%d", most, n), w, wantW)
		}
	})
}

func TestNothingAllocates(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 4))
	a, b, c := fill(New(50, 70), r, kinds["sparse"]), fill(New(70, 30), r, Normal), New(50, 30)
	sparse, bt, dw := Sparse(a), transposed(b), New(70, 30)
	x := make([]float32, 50)
	batch, rows := new(Matrix), []int{1, 5, 9}
	eachSet(t, func(t *testing.T) {
		for name, f := range map[string]func(){
			"Mul":              func() { Mul(c, a, b) },
			"MulTA":            func() { MulTA(dw, a, c) },
			"MulTB":            func() { MulTB(c, a, bt) },
			"sparse MulAddRow": func() { MulAddRow(c, sparse, b, x[:30]) },
			"sparse MulTA":     func() { MulTA(dw, sparse, c) },
			"Exp":              func() { Exp(x, x) },
			"AdamStep":         func() { AdamStep(x, x, x, x, 0.1, 0.9, 0.999, 1e-7) },
			"Gather":           func() { batch.Gather(sparse, rows) },
		} {
			if n := testing.AllocsPerRun(100, f); n >= 1 {
				t.Errorf("%s allocates %v times a call", name, n)
			}
		}
	})
}
