package f32

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// byRows are the functions on rows: out and v are changed or read, m and n
// read.
var byRows = map[string]func(out, m, n *Matrix, v [3][]float32){
	"SumRows":         func(out, m, n *Matrix, v [3][]float32) { SumRows(v[0], m) },
	"SumProducts":     func(out, m, n *Matrix, v [3][]float32) { SumProducts(v[0], m, n) },
	"SumSquares":      func(out, m, n *Matrix, v [3][]float32) { SumSquares(v[0], m, v[1]) },
	"Standardize":     func(out, m, n *Matrix, v [3][]float32) { Standardize(out, m, v[0], v[1]) },
	"StandardizeGrad": func(out, m, n *Matrix, v [3][]float32) { StandardizeGrad(out, m, n, v[0], v[1], v[2]) },
	"ScaleShift":      func(out, m, n *Matrix, v [3][]float32) { ScaleShift(out, m, v[0], v[1]) },
	"in place":        func(out, m, n *Matrix, v [3][]float32) { StandardizeGrad(out, out, out, v[0], v[1], v[2]) },
}

func TestFunctionsOnRowsHaveTheBitsOfTheirLoops(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		for name, f := range byRows {
			r := rand.New(rand.NewPCG(2, 5))
			for cols := 1; cols <= 140; cols++ {
				rows := 1 + r.IntN(12)
				var fast, slow [6]guarded // three matrices and three vectors
				for i := range fast {
					n := cols
					if i < 3 {
						n *= rows
					}
					fast[i], slow[i] = newGuarded(n), newGuarded(n)
					for j := range n {
						fast[i].data()[j] = extreme(r)
					}
					copy(slow[i].data(), fast[i].data())
				}
				call := func(g [6]guarded) {
					matrix := func(i int) *Matrix { return &Matrix{Rows: rows, Cols: cols, Data: g[i].data()} }
					f(matrix(0), matrix(1), matrix(2), [3][]float32{g[3].data(), g[4].data(), g[5].data()})
				}
				call(fast)
				plainly(func() { call(slow) })
				for i := range fast {
					fast[i].check(t, name)
					compareVectors(t, fmt.Sprintf("%s %d×%d", name, rows, cols), fast[i].data(), slow[i].data())
				}
			}
		}
	})
}

func TestFunctionsOnRowsRefuseOtherSizes(t *testing.T) {
	m, v := New(3, 4), make([]float32, 4)
	eachSet(t, func(t *testing.T) {
		for what, f := range map[string]func(){
			"a short vector":  func() { Standardize(m, m, v, v[:3]) },
			"another matrix":  func() { ScaleShift(m, New(3, 3), v[:3], v[:3]) },
			"a matrix cut":    func() { SumRows(v, &Matrix{Rows: 3, Cols: 4, Data: m.Data[:11]}) },
			"a longer vector": func() { SumProducts(make([]float32, 5), m, m) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s does no harm?", what)
					}
				}()
				f()
			}()
		}
	})
}
