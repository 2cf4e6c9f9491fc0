package f32

import "fmt"

// Mul sets C = A·B. A may be sparse.
func Mul(c, a, b *Matrix) {
	clear(c.Data)
	MulAdd(c, a, b)
}

// MulAdd sets C = C + A·B. A may be sparse.
func MulAdd(c, a, b *Matrix) {
	check("C + A·B", c, a.Rows, b.Cols, a.Cols, b.Rows)
	if a.NZ != nil {
		mulSparse(c, a, b)
		return
	}
	product(c, operand{a.Data, a.Cols, 1}, b.Data, a.Cols)
}

// MulTA sets C = Aᵀ·B. A may be sparse.
func MulTA(c, a, b *Matrix) {
	check("Aᵀ·B", c, a.Cols, b.Cols, a.Rows, b.Rows)
	clear(c.Data)
	if a.NZ != nil {
		mulTASparse(c, a, b)
		return
	}
	product(c, operand{a.Data, 1, a.Cols}, b.Data, a.Rows)
}

// MulTB sets C = A·Bᵀ.
func MulTB(c, a, b *Matrix) {
	check("A·Bᵀ", c, a.Rows, b.Rows, a.Cols, b.Cols)
	clear(c.Data)
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	w.numbers = resize(w.numbers, len(b.Data))
	transpose(w.numbers, b)
	product(c, operand{a.Data, a.Cols, 1}, w.numbers, a.Cols)
}

// check panics unless C is rows×cols and the two inner sizes are the same.
func check(what string, c *Matrix, rows, cols, inner, inner2 int) {
	if c.Rows != rows || c.Cols != cols || inner != inner2 {
		panic(fmt.Sprintf("f32: %s: C is %d×%d, the product (%d×%d)·(%d×%d)",
			what, c.Rows, c.Cols, rows, inner, inner2, cols))
	}
}

// operand is the left factor of a product: element (i, k) is
// data[i*row+k*col].
type operand struct {
	data     []float32
	row, col int
}

// A productKernel sets C = C + A·B for a panel of cols columns: for each i
// and j,
//
//	for k := range depth {
//		c[i*ldc+j] = fma(a[i*arow+k*acol], b[k*ldb+j], c[i*ldc+j])
//	}
type productKernel func(c, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int)

// product sets C = C + A·B with A of c.Rows×depth and B of depth×c.Cols.
func product(c *Matrix, a operand, b []float32, depth int) {
	if simd != nil {
		simd.product(c, a, b, depth)
		return
	}
	for i := range c.Rows {
		row := c.Row(i)
		for k := range depth {
			addScaled(row, a.data[i*a.row+k*a.col], b[k*c.Cols:])
		}
	}
}

// The rows of A and of B that are worked on at a time, so that they are still
// in the cache when the next panel or the next rows need them.
const (
	blockRows  = 128
	blockDepth = 512
)

// product is the same in blocks. The chain of an element goes on from one
// block of k to the next by way of C.
func (s *kernels) product(c *Matrix, a operand, b []float32, depth int) {
	if depth == 0 || c.Cols == 0 {
		return
	}
	for i := 0; i < c.Rows; i += blockRows {
		for k := 0; k < depth; k += blockDepth {
			s.block(c, a, b, i, k, min(blockDepth, depth-k))
		}
	}
}

// block adds the terms of depth k to blockRows rows of C, panel by panel.
func (s *kernels) block(c *Matrix, a operand, b []float32, i, k, depth int) {
	n, rows := c.Cols, min(blockRows, c.Rows-i)
	for j := 0; j < n; {
		kernel, cols := s.panel(n - j)
		kernel(&c.Data[i*n+j], &a.data[i*a.row+k*a.col], &b[k*n+j], rows, depth, cols, n, n, a.row, a.col)
		j += cols
	}
}

// panel returns the kernel for the next panel of n columns, and its width:
// panels are as wide as kernels get, but for the last few, which share the
// columns that are left.
func (s *kernels) panel(n int) (productKernel, int) {
	most := len(s.tiles)
	full := most * s.lanes
	if s.quad != nil && n > full && n <= full+4 {
		return s.quad, n
	}
	if s.quad != nil && n%full > 0 && n%full <= 4 && n > full {
		return s.tiles[most-1], full
	}
	vecs := (n + s.lanes - 1) / s.lanes
	panels := (vecs + most - 1) / most
	vecs = (vecs + panels - 1) / panels
	return s.tiles[vecs-1], min(n, vecs*s.lanes)
}

// addScaled sets dst[j] = a*x[j] + dst[j], rounded once.
func addScaled(dst []float32, a float32, x []float32) {
	x = x[:len(dst)]
	for j := range dst {
		dst[j] = fma(a, x[j], dst[j])
	}
}
