package f32

// The products of a sparse A work on strips: four elements of a row of A, in
// columns 4s to 4s+3, that are not all zero. The terms of all four are
// computed, those of the other strips are left out. Four are what a kernel can
// keep in registers of the rows of B, or of C for Aᵀ·B, and the pixels of a
// stroke are neighbours.

const stripLen = 4

// mulSparse sets C = C + A·B for a sparse A.
func mulSparse(c, a, b *Matrix) {
	if simd != nil {
		simd.mulSparse(c, a, b)
		return
	}
	eachTerm(a, func(i, k int, v float32) { addScaled(c.Row(i), v, b.Row(k)) })
}

// mulTASparse sets C = C + Aᵀ·B for a sparse A.
func mulTASparse(c, a, b *Matrix) {
	if simd != nil {
		simd.mulTASparse(c, a, b)
		return
	}
	eachTerm(a, func(k, i int, v float32) { addScaled(c.Row(i), v, b.Row(k)) })
}

// eachTerm calls f with every element of a sparse matrix that is in a strip,
// row by row.
func eachTerm(m *Matrix, f func(i, j int, v float32)) {
	for i, nz := range m.NZ {
		for n := 0; n < len(nz.Index); {
			first := int(nz.Index[n]) &^ (stripLen - 1)
			for j := first; j < min(first+stripLen, m.Cols); j++ {
				var v float32
				if n < len(nz.Index) && int(nz.Index[n]) == j {
					v = nz.Value[n]
					n++
				}
				f(i, j, v)
			}
		}
	}
}

// strips are the strips of up to blockRows rows, in the order of their
// columns, those of the same columns in the order of their rows. Strip n of
// columns 4s to 4s+3 is of row index[at+n] and has the elements value[4*(at+n)]
// and on, with at = s*stripRoom and n < count[s].
type strips struct {
	rows  []Row
	count []int32
	index []uint16
	value []float32 // zero but for the elements set
}

// stripRoom is blockRows and a little, for other lines of the cache.
const stripRoom = blockRows + 4

// stripsOf returns the strips of m's rows from i on: those that Gather has
// found, or some that are good until the next use of w.
func (w *workspace) stripsOf(m *Matrix, i int) *strips {
	rows := m.NZ[i:min(i+blockRows, m.Rows)]
	if t := m.strips; t != nil && len(t.rows) == len(rows) && &t.rows[0] == &rows[0] {
		return t
	}
	w.strips.gather(rows, m.Cols)
	return &w.strips
}

// gather takes in the strips of some rows, and forgets those it had.
func (t *strips) gather(rows []Row, cols int) {
	t.each(func(_ int, _ []uint16, value []float32) { clear(value) })
	n := (cols + stripLen - 1) / stripLen
	t.rows = rows
	t.count = resize(t.count, n)
	clear(t.count)
	t.index = resize(t.index, n*stripRoom)
	t.value = resize(t.value, n*stripRoom*stripLen)
	for i, nz := range rows {
		if len(nz.Index) > 0 {
			simd.gather(&t.count[0], &t.index[0], &t.value[0], i, &nz.Index[0], &nz.Value[0], len(nz.Index))
		}
	}
}

// each calls f with the strips of each four columns from column on, in order.
func (t *strips) each(f func(column int, index []uint16, value []float32)) {
	for s, n := range t.count {
		if n > 0 {
			from, to := s*stripRoom, s*stripRoom+int(n)
			f(s*stripLen, t.index[from:to], t.value[from*stripLen:to*stripLen])
		}
	}
}

// A gatherKernel takes in the strips of row i of n elements that are not zero:
//
//	last := -1
//	for n, k := range nz.Index {
//		s := k / 4
//		if s != last {
//			t.count[s]++
//		}
//		last = s
//		at := s*stripRoom + t.count[s] - 1
//		t.index[at] = i
//		t.value[4*at+k%4] = nz.Value[n]
//	}
//
// It does without the branch, which the processor would often predict wrongly.
type gatherKernel func(count *int32, rows *uint16, values *float32, row int, index *uint16, value *float32, n int)

// A scatterKernel adds four rows of B to many rows of C: for each n and j,
//
//	for k := range 4 {
//		c[index[n]*ldc+j] = fma(a[4*n+k], b[k*ldb+j], c[index[n]*ldc+j])
//	}
type scatterKernel func(c, a, b *float32, index *uint16, count, cols, ldc, ldb int)

// A stripKernel is a productKernel with rows of B picked from a list: for each
// i and j,
//
//	for k := range depth {
//		c[i*ldc+j] = fma(a[i*arow+k*acol], b[index[k]*ldb+j], c[i*ldc+j])
//	}
type stripKernel func(c, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int, index *uint16)

func (s *kernels) mulSparse(c, a, b *Matrix) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	n := b.Cols
	for i := 0; i < a.Rows; i += blockRows {
		rows := c.Data[i*n:]
		w.stripsOf(a, i).each(func(k int, index []uint16, value []float32) {
			if k+stripLen > a.Cols { // the rows of B end within the strip
				s.addRows(rows, index, value, b, k)
				return
			}
			for j := 0; j < n; {
				kernel, cols := s.scatterPanel(n - j)
				kernel(&rows[j], &value[0], &b.Data[k*n+j], &index[0], len(index), cols, n, n)
				j += cols
			}
		})
	}
}

// scatterPanel returns the kernel for the next panel of n columns, and its
// width.
func (s *kernels) scatterPanel(n int) (scatterKernel, int) {
	vecs := min((n+s.lanes-1)/s.lanes, len(s.scatter))
	return s.scatter[vecs-1], min(n, vecs*s.lanes)
}

// addRows adds to rows of C the rows of B from k to the last, fewer than a
// strip has.
func (s *kernels) addRows(c []float32, index []uint16, value []float32, b *Matrix, k int) {
	for n, i := range index {
		row := c[int(i)*b.Cols:][:b.Cols]
		for e := range b.Rows - k {
			s.addScaled(row, b.Row(k+e), value[n*stripLen+e])
		}
	}
}

func (s *kernels) mulTASparse(c, a, b *Matrix) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	n := b.Cols
	for k := 0; k < a.Rows; k += blockRows {
		w.stripsOf(a, k).each(func(i int, index []uint16, value []float32) {
			rows := min(stripLen, a.Cols-i)
			for j := 0; j < n; {
				tile, cols := s.panel(n - j)
				s.strips[tile](&c.Data[i*n+j], &value[0], &b.Data[k*n+j],
					rows, len(index), cols, n, n, 1, stripLen, &index[0])
				j += cols
			}
		})
	}
}
