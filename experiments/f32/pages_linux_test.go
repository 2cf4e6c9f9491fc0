package f32

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"
)

// atPageEnd returns memory for n numbers with a page behind it, and one before
// it, that nobody may read.
func atPageEnd(t *testing.T, n int) []float32 {
	t.Helper()
	page := syscall.Getpagesize()
	size := (4*n + page - 1) / page * page
	all, err := syscall.Mmap(-1, 0, size+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Skip("no memory of our own: ", err)
	}
	t.Cleanup(func() { syscall.Munmap(all) })
	if err := syscall.Mprotect(all[size:], syscall.PROT_NONE); err != nil {
		t.Skip("no forbidden page: ", err)
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&all[size-4*n])), n)
}

// A kernel that reads or writes beyond a matrix or vector crashes here.
func TestKernelsStayWithinTheirMemory(t *testing.T) {
	const depth = blockDepth + 1 // in two blocks
	r := rand.New(rand.NewPCG(5, 1))
	matrix := func(rows, cols int) *Matrix {
		m := &Matrix{Rows: rows, Cols: cols, Data: atPageEnd(t, rows*cols)}
		return fill(m, r, func(r *rand.Rand) float32 { return max(0, r.Float32()-0.5) })
	}
	eachSet(t, func(t *testing.T) {
		for _, n := range []int{1, 3, 7, 15, 17, 31, 33, 47, 55, 63, 79, 95, 97, 98, 99, 100, 101, 194} {
			for _, m := range []int{12, 13, 14, 15, 16, 18} { // each last block of rows
				a, b, c := matrix(m, depth), matrix(depth, n), matrix(m, n)
				at, bt, s := matrix(depth, m), matrix(n, depth), Sparse(a)
				Mul(c, a, b)
				MulAddRow(c, a, b, atPageEnd(t, n))
				MulAddRow(c, s, b, atPageEnd(t, n))
				MulTB(c, a, bt)
				MulTA(c, at, b)
				MulTA(c, Sparse(at), b)
			}
			vector := func() []float32 { return atPageEnd(t, n) }
			for _, f := range elementwise {
				f(vector(), vector(), vector(), vector())
			}
			for _, f := range byRows {
				f(matrix(13, n), matrix(13, n), matrix(13, n), [3][]float32{vector(), vector(), vector()})
			}
		}
	})
}
