package f32

// Matrix is a matrix of Rows×Cols. A dense one keeps its elements row by row
// in Data. A sparse one keeps only the non-zero elements, in NZ, and has no
// Data; it may only stand where a function says so.
type Matrix struct {
	Rows, Cols int
	Data       []float32
	NZ         []Row
}

// Row is a row of a sparse matrix: the columns that are not zero, in
// increasing order, and what stands in them.
type Row struct {
	Index []uint16
	Value []float32
}

// New returns a dense matrix of zeros.
func New(rows, cols int) *Matrix {
	return &Matrix{Rows: rows, Cols: cols, Data: make([]float32, rows*cols)}
}

// Row returns row i of a dense matrix; writing to it writes to the matrix.
func (m *Matrix) Row(i int) []float32 {
	return m.Data[i*m.Cols : (i+1)*m.Cols : (i+1)*m.Cols]
}

// whole tells whether m has all elements, and those of a sparse matrix are in
// its columns.
func (m *Matrix) whole() bool {
	if m.NZ == nil {
		return len(m.Data) == m.Rows*m.Cols
	}
	for _, nz := range m.NZ {
		n := len(nz.Index)
		if n != len(nz.Value) || n > 0 && int(nz.Index[n-1]) >= m.Cols {
			return false
		}
	}
	return len(m.NZ) == m.Rows
}

// Resize makes m a dense matrix of rows×cols and returns it. It keeps the
// memory where that is enough; what the elements are is not defined.
func (m *Matrix) Resize(rows, cols int) *Matrix {
	m.Rows, m.Cols, m.NZ = rows, cols, nil
	m.Data = resize(m.Data, rows*cols)
	return m
}

// resize returns a slice of length n, s's own memory where that is enough.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// Sparse returns the sparse form of a dense matrix of at most 65536 columns.
func Sparse(m *Matrix) *Matrix {
	if m.Cols > 1<<16 {
		panic("f32: a sparse matrix has at most 65536 columns")
	}
	s := &Matrix{Rows: m.Rows, Cols: m.Cols, NZ: make([]Row, m.Rows)}
	for i := range s.NZ {
		s.NZ[i] = sparseRow(m.Row(i))
	}
	return s
}

// sparseRow returns the elements of a row that are not zero.
func sparseRow(row []float32) Row {
	n := 0
	for _, v := range row {
		if v != 0 {
			n++
		}
	}
	r := Row{make([]uint16, 0, n), make([]float32, 0, n)}
	for j, v := range row {
		if v != 0 {
			r.Index = append(r.Index, uint16(j))
			r.Value = append(r.Value, v)
		}
	}
	return r
}

// Gather makes m the given rows of src, in that order. Rows of a sparse
// matrix are shared with src, not copied, and must not be changed.
func (m *Matrix) Gather(src *Matrix, rows []int) {
	if src.NZ == nil {
		m.Resize(len(rows), src.Cols)
		for i, r := range rows {
			copy(m.Row(i), src.Row(r))
		}
		return
	}
	m.Rows, m.Cols, m.Data = len(rows), src.Cols, nil
	m.NZ = resize(m.NZ, len(rows))
	for i, r := range rows {
		m.NZ[i] = src.NZ[r]
	}
	if wide != nil && len(rows) > 0 { // they lie all over the memory
		wide.prefetch((*row)(&m.NZ[0]), len(rows))
	}
}
