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
	t := New(b.Cols, b.Rows)
	transpose(t.Data, b)
	product(c, operand{a.Data, a.Cols, 1}, t.Data, a.Cols)
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

// product sets C = C + A·B with A of c.Rows×depth and B of depth×c.Cols.
func product(c *Matrix, a operand, b []float32, depth int) {
	for i := range c.Rows {
		row := c.Row(i)
		for k := range depth {
			addScaled(row, a.data[i*a.row+k*a.col], b[k*c.Cols:])
		}
	}
}

// addScaled sets dst[j] = a*x[j] + dst[j], rounded once.
func addScaled(dst []float32, a float32, x []float32) {
	x = x[:len(dst)]
	for j := range dst {
		dst[j] = fma(a, x[j], dst[j])
	}
}

// mulSparse sets C = C + A·B for a sparse A.
func mulSparse(c, a, b *Matrix) {
	for i, nz := range a.NZ {
		row := c.Row(i)
		for n, k := range nz.Index {
			addScaled(row, nz.Value[n], b.Row(int(k)))
		}
	}
}

// mulTASparse sets C = C + Aᵀ·B for a sparse A.
func mulTASparse(c, a, b *Matrix) {
	for k, nz := range a.NZ {
		row := b.Row(k)
		for n, i := range nz.Index {
			addScaled(c.Row(int(i)), nz.Value[n], row)
		}
	}
}

// transpose writes Mᵀ to dst, row by row.
func transpose(dst []float32, m *Matrix) {
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			dst[j*m.Rows+i] = v
		}
	}
}
