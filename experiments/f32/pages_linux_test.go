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
	r := rand.New(rand.NewPCG(5, 1))
	matrix := func(rows, cols int) *Matrix {
		return fill(&Matrix{Rows: rows, Cols: cols, Data: atPageEnd(t, rows*cols)}, r, kinds["sparse"])
	}
	eachSet(t, func(t *testing.T) {
		for _, n := range []int{1, 3, 7, 15, 17, 33, 47, 63, 79, 95, 97, 98, 99, 100, 101, 194} {
			a, b, c := matrix(13, 9), matrix(9, n), matrix(13, n)
			at, bt, s := matrix(9, 13), matrix(n, 9), Sparse(a)
			Mul(c, a, b)
			Mul(c, s, b)
			MulTB(c, a, bt)
			MulTA(c, at, b)
			MulTA(c, Sparse(at), b)
			for _, f := range elementwise {
				f(atPageEnd(t, n), atPageEnd(t, n), atPageEnd(t, n), atPageEnd(t, n))
			}
		}
	})
}
