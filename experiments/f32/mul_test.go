package f32

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// chain returns the element (i, j) of A·B + c as the package promises it.
func chain(c float32, a func(k int) float32, b func(k int) float32, n int) float32 {
	for k := range n {
		c = fma(a(k), b(k), c)
	}
	return c
}

// kinds are the inputs that products are tried on.
var kinds = map[string]func(r *rand.Rand) float32{
	"normal": Normal,
	"wide":   func(r *rand.Rand) float32 { return float32(math.Ldexp(float64(Normal(r)), r.IntN(60)-30)) },
	"tiny":   func(r *rand.Rand) float32 { return float32(math.Ldexp(float64(Normal(r)), -60-r.IntN(30))) },
	"sparse": func(r *rand.Rand) float32 { return max(0, Normal(r)-0.5) },
}

func fill(m *Matrix, r *rand.Rand, number func(*rand.Rand) float32) *Matrix {
	for i := range m.Data {
		m.Data[i] = number(r)
	}
	return m
}

func TestProductsAreChains(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for kind, number := range kinds {
		for range 40 {
			m, n, depth := 1+r.IntN(20), 1+r.IntN(20), 1+r.IntN(20)
			t.Run(fmt.Sprintf("%s/%dx%dx%d", kind, m, depth, n), func(t *testing.T) {
				a := fill(New(m, depth), r, number)
				at := transposed(a)
				b := fill(New(depth, n), r, number)
				start := fill(New(1, n), r, number)
				zero := New(1, n)
				want := func(start *Matrix) *Matrix {
					w := New(m, n)
					for i := range m {
						for j := range n {
							w.Row(i)[j] = chain(start.Data[j],
								func(k int) float32 { return a.Row(i)[k] },
								func(k int) float32 { return b.Row(k)[j] }, depth)
						}
					}
					return w
				}
				sum := func(a *Matrix) *Matrix {
					c := fill(New(m, n), r, number)
					MulAddRow(c, a, b, start.Data)
					return c
				}
				to := func(mul func(c, a, b *Matrix), a, b *Matrix) *Matrix {
					c := fill(New(m, n), r, number)
					mul(c, a, b)
					return c
				}
				compare(t, "Mul", to(Mul, a, b), want(zero))
				compare(t, "MulAddRow", sum(a), want(start))
				compare(t, "MulTA", to(MulTA, at, b), want(zero))
				compare(t, "MulTB", to(MulTB, a, transposed(b)), want(zero))
				compareButZeros(t, "sparse Mul", to(Mul, Sparse(a), b), want(zero))
				compareButZeros(t, "sparse MulAddRow", sum(Sparse(a)), want(start))
				compareButZeros(t, "sparse MulTA", to(MulTA, Sparse(at), b), want(zero))
			})
		}
	}
}

func transposed(m *Matrix) *Matrix {
	t := New(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			t.Row(j)[i] = v
		}
	}
	return t
}

func compare(t *testing.T, what string, got, want *Matrix) {
	t.Helper()
	for i := range want.Data {
		if !same(got.Data[i], want.Data[i]) {
			t.Fatalf("%s: element (%d, %d) is %x, want %x",
				what, i/want.Cols, i%want.Cols, got.Data[i], want.Data[i])
		}
	}
}

// compareButZeros is compare but for the sign of zeros.
func compareButZeros(t *testing.T, what string, got, want *Matrix) {
	t.Helper()
	for i := range want.Data {
		if got.Data[i] == 0 && want.Data[i] == 0 {
			got.Data[i] = want.Data[i]
		}
	}
	compare(t, what, got, want)
}

func TestGatherSharesSparseRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	dense := fill(New(10, 7), r, kinds["sparse"])
	sparse := Sparse(dense)
	rows := []int{3, 9, 3, 0}
	var d, s Matrix
	d.Gather(dense, rows)
	s.Gather(sparse, rows)
	for i, row := range rows {
		if &s.NZ[i].Value[0] != &sparse.NZ[row].Value[0] {
			t.Errorf("row %d is not shared", i)
		}
	}
	for i := range rows {
		want := New(1, 7)
		for n, k := range s.NZ[i].Index {
			want.Data[k] = s.NZ[i].Value[n]
		}
		compare(t, "gathered", &Matrix{Rows: 1, Cols: 7, Data: d.Row(i)}, want)
	}
}

func TestGatheredBatchesMultiplyLikeTheirRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	dense := fill(New(300, 37), r, kinds["sparse"])
	sparse := Sparse(dense)
	b, dy := fill(New(37, 21), r, Normal), fill(New(300, 21), r, Normal)
	d, s := new(Matrix), new(Matrix)
	for _, size := range []int{100, 7, 1, 0, 128, 129, 300, 100} {
		rows := r.Perm(300)[:size]
		d.Gather(dense, rows)
		s.Gather(sparse, rows)
		part := *s // a copy with other rows must not take the batch's
		part.NZ, part.Rows = s.NZ[size/2:], size-size/2
		got, want := New(size, 21), New(size, 21)
		Mul(got, s, b)
		Mul(want, d, b)
		compareButZeros(t, fmt.Sprint("Mul of a batch of ", size), got, want)
		gotPart := New(part.Rows, 21)
		Mul(gotPart, &part, b)
		compareVectors(t, "Mul of a part", gotPart.Data, got.Data[size/2*21:])
		gotW, wantW := New(37, 21), New(37, 21)
		y := &Matrix{Rows: size, Cols: 21, Data: dy.Data[:size*21]}
		MulTA(gotW, s, y)
		MulTA(wantW, d, y)
		compareButZeros(t, fmt.Sprint("MulTA of a batch of ", size), gotW, wantW)
	}
}

func TestProductsRefuseWhatDoesNotFit(t *testing.T) {
	whole := func() (c, a, b *Matrix) { return New(2, 4), New(2, 3), New(3, 4) }
	for name, spoil := range map[string]func(c, a, b *Matrix){
		"rows of C":        func(c, a, b *Matrix) { c.Resize(3, 4) },
		"columns of C":     func(c, a, b *Matrix) { c.Resize(2, 5) },
		"inner size":       func(c, a, b *Matrix) { a.Resize(2, 4) },
		"elements of B":    func(c, a, b *Matrix) { b.Data = b.Data[:11] },
		"column of sparse": func(c, a, b *Matrix) { *a = Matrix{Rows: 2, Cols: 3, NZ: []Row{{[]uint16{3}, []float32{1}}, {}}} },
		"values of sparse": func(c, a, b *Matrix) { *a = Matrix{Rows: 2, Cols: 3, NZ: []Row{{[]uint16{1}, nil}, {}}} },
	} {
		t.Run(name, func(t *testing.T) {
			c, a, b := whole()
			Mul(c, a, b)
			spoil(c, a, b)
			defer func() {
				if recover() == nil {
					t.Error("Mul did not panic")
				}
			}()
			Mul(c, a, b)
		})
	}
}
