package f32

import "fmt"

// Mul sets C = A·B. A may be sparse.
func Mul(c, a, b *Matrix) { MulAddRow(c, a, b, zeros(b.Cols)) }

// MulAddRow sets each row of C = A·B, the chains starting from what row holds.
// A may be sparse.
func MulAddRow(c, a, b *Matrix, row []float32) {
	check("A·B", c, a, b, a.Rows, a.Cols, b.Rows, b.Cols)
	row = row[:c.Cols]
	if a.NZ != nil {
		repeat(c, row)
		mulSparse(c, a, b)
		return
	}
	product(c, row, a.operand(), b.operand(), a.Cols)
}

// MulTA sets C = Aᵀ·B. A may be sparse.
func MulTA(c, a, b *Matrix) {
	check("Aᵀ·B", c, a, b, a.Cols, a.Rows, b.Rows, b.Cols)
	if a.NZ != nil {
		mulTASparse(c, a, b)
		return
	}
	product(c, zeros(c.Cols), a.operand().transposed(), b.operand(), a.Rows)
}

// MulTB sets C = A·Bᵀ.
func MulTB(c, a, b *Matrix) {
	check("A·Bᵀ", c, a, b, a.Rows, a.Cols, b.Cols, b.Rows)
	product(c, zeros(c.Cols), a.operand(), b.operand().transposed(), a.Cols)
}

// zeros returns n zeros, which nobody may change.
func zeros(n int) []float32 {
	if n <= len(someZeros) {
		return someZeros[:n]
	}
	return make([]float32, n)
}

var someZeros [1 << 16]float32

// repeat sets each row of C to row.
func repeat(c *Matrix, row []float32) {
	for i := range c.Rows {
		copy(c.Row(i), row)
	}
}

// check panics unless C is rows×cols, the factors are rows×inner and
// inner2×cols with the same inner size, and all have the elements they say:
// kernels do not look at bounds.
func check(what string, c, a, b *Matrix, rows, inner, inner2, cols int) {
	if c.Rows != rows || c.Cols != cols || inner != inner2 {
		panic(fmt.Sprintf("f32: %s: C is %d×%d, the product (%d×%d)·(%d×%d)",
			what, c.Rows, c.Cols, rows, inner, inner2, cols))
	}
	if !c.whole() || !a.whole() || !b.whole() {
		panic(fmt.Sprintf("f32: %s: a matrix has not as many elements as rows times columns", what))
	}
}

// operand is a factor of a product, a matrix or its transpose: element (i, j)
// is data[i*row+j*col], and row or col is 1.
type operand struct {
	data     []float32
	row, col int
}

func (m *Matrix) operand() operand      { return operand{m.Data, m.Cols, 1} }
func (x operand) transposed() operand   { return operand{x.data, x.col, x.row} }
func (x operand) at(i, j int) float32   { return x.data[i*x.row+j*x.col] }
func (x operand) from(i, j int) operand { return operand{x.data[i*x.row+j*x.col:], x.row, x.col} }

// A productKernel sets a panel of cols columns of C to A·B, the chains starting
// from what start holds, a row of C's width, or if it is nil from what C holds:
// for each i and j,
//
//	if start != nil {
//		c[i*ldc+j] = start[j]
//	}
//	for k := range depth {
//		c[i*ldc+j] = fma(a[i*arow+k*acol], b[k*ldb+j], c[i*ldc+j])
//	}
type productKernel func(c, start, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int)

// product sets C = A·B, the chains starting from the row start, with A of
// c.Rows×depth and B of depth×c.Cols.
func product(c *Matrix, start []float32, a, b operand, depth int) {
	if simd != nil && depth > 0 && c.Cols > 0 {
		simd.product(c, start, a, b, depth)
		return
	}
	repeat(c, start)
	for i := range c.Rows {
		row := c.Row(i)
		for k := range depth {
			v := a.at(i, k)
			for j := range row {
				row[j] = fma(v, b.at(k, j), row[j])
			}
		}
	}
}

// Blocks that stay in the cache: A's while the panels of B pass by, and a
// panel of B's while the rows of A do.
const (
	blockRows  = 128
	blockDepth = 784
)

// product is the same in blocks. The chain of an element goes on from one
// block of k to the next by way of C.
func (s *kernels) product(c *Matrix, start []float32, a, b operand, depth int) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	for k := 0; k < depth; k += blockDepth {
		deep := min(blockDepth, depth-k)
		panels := w.panels(s, c.Rows, c.Cols, deep, b.from(k, 0))
		for i := 0; i < c.Rows; i += blockRows {
			rows := min(blockRows, c.Rows-i)
			block := w.block(a.from(i, k), rows, deep, len(panels))
			for _, p := range panels {
				var from *float32
				if k == 0 {
					from = &start[p.first]
				}
				p.kernel(&c.Data[i*c.Cols+p.first], from, &block.data[0], &p.b[0],
					rows, deep, p.cols, c.Cols, p.ldb, block.row, block.col)
			}
		}
	}
}

// block returns a block of A. One of a transposed matrix that serves several
// panels it copies to where the rows of the matrix are close together.
func (w *workspace) block(a operand, rows, depth, panels int) operand {
	if a.row != 1 || panels == 1 {
		return a
	}
	const ld = blockRows + 16 // for the rows to be in different sets of the cache
	w.rows = resize(w.rows, depth*ld)
	copyRows(w.rows, ld, a.data, a.col, depth, rows)
	return operand{w.rows, 1, ld}
}

// panel is some columns of B, from first on, and the kernel for them. Row k
// of them begins at b[k*ldb].
type panel struct {
	kernel      productKernel
	first, cols int
	b           []float32
	ldb         int
}

// panels divides the columns of B, depth×cols, into panels. It copies each to
// where its rows are close together, if B is transposed, or if its rows are so
// long that those of a panel are far apart and there are enough rows of A to
// pay for it.
func (w *workspace) panels(s *kernels, rows, cols, depth int, b operand) []panel {
	w.parts = w.parts[:0]
	pack := b.col != 1 || rows >= 24 && cols > 128
	if pack {
		w.packed = resize(w.packed, depth*(cols+s.lanes*(cols/s.lanes+1)))
	}
	free := w.packed
	for j := 0; j < cols; {
		tile, n := s.panel(cols - j)
		part := b.from(0, j)
		p := panel{s.tiles[tile], j, n, part.data, b.row}
		if pack {
			p.ldb = (n + s.lanes - 1) / s.lanes * s.lanes
			p.b = free[:depth*p.ldb]
			free = free[len(p.b):]
			part.copyTo(p.b, p.ldb, depth, n)
		}
		w.parts = append(w.parts, p)
		j += n
	}
	return w.parts
}

// copyTo copies rows×cols elements to dst, row by row, ldd from one to the
// next.
func (x operand) copyTo(dst []float32, ldd, rows, cols int) {
	if x.col == 1 {
		copyRows(dst, ldd, x.data, x.row, rows, cols)
		return
	}
	transpose(dst, ldd, x.data, x.col, cols, rows)
}

// panel returns which of the tiles serves the next panel of n columns, and its
// width: panels are as wide as tiles get, but for the last few, which share
// the columns that are left.
func (s *kernels) panel(n int) (tile, cols int) {
	most := len(s.tiles)
	if s.quads {
		most--
		switch full := most * s.lanes; {
		case n == full+4:
			return most, n
		case n > full && n%full == 4:
			return most - 1, full
		}
	}
	vecs := (n + s.lanes - 1) / s.lanes
	panels := (vecs + most - 1) / most
	vecs = (vecs + panels - 1) / panels
	return vecs - 1, min(n, vecs*s.lanes)
}

// addScaled sets dst[j] = a*x[j] + dst[j], rounded once.
func addScaled(dst []float32, a float32, x []float32) {
	x = x[:len(dst)]
	if simd != nil {
		simd.addScaled(dst, x, a)
		return
	}
	for j := range dst {
		dst[j] = fma(a, x[j], dst[j])
	}
}
