package f32

// A sparseKernel adds multiples of rows of B to a row of C: for each n and j,
//
//	c[j] = fma(value[n], b[index[n]*ldb+j], c[j])
type sparseKernel func(c, b *float32, index *uint16, value *float32, count, cols, ldb int)

// mulSparse sets C = C + A·B for a sparse A.
func mulSparse(c, a, b *Matrix) {
	for i, nz := range a.NZ {
		addRows(c.Row(i), nz, b)
	}
}

// mulTASparse sets C = C + Aᵀ·B for a sparse A.
func mulTASparse(c, a, b *Matrix) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	for k, nz := range w.columns(a) {
		addRows(c.Row(k), nz, b)
	}
}

// addRows adds the rows of B that nz names, each times the number that goes
// with it, to a row of C.
func addRows(c []float32, nz Row, b *Matrix) {
	if simd != nil {
		simd.addRows(c, nz, b)
		return
	}
	for n, k := range nz.Index {
		addScaled(c, nz.Value[n], b.Row(int(k)))
	}
}

func (s *kernels) addRows(c []float32, nz Row, b *Matrix) {
	if len(nz.Index) == 0 {
		return
	}
	for j := 0; j < len(c); {
		vecs := min((len(c)-j+s.lanes-1)/s.lanes, len(s.rows))
		cols := min(len(c)-j, vecs*s.lanes)
		s.rows[vecs-1](&c[j], &b.Data[j], &nz.Index[0], &nz.Value[0], len(nz.Index), cols, b.Cols)
		j += cols
	}
}

// columns returns the rows of Aᵀ for a sparse A. They are good until the next
// use of w.
func (w *workspace) columns(a *Matrix) []Row {
	w.starts = resize(w.starts, a.Cols+1)
	clear(w.starts)
	total := 0
	for _, nz := range a.NZ {
		total += len(nz.Index)
		for _, k := range nz.Index {
			w.starts[k]++
		}
	}
	w.index, w.numbers = resize(w.index, total), resize(w.numbers, total)
	w.rows = resize(w.rows, a.Cols)
	sum := int32(0)
	for k, n := range w.starts[:a.Cols] {
		w.rows[k] = Row{w.index[sum : sum+n], w.numbers[sum : sum+n]}
		w.starts[k] = sum
		sum += n
	}
	w.scatter(a)
	return w.rows
}

// scatter writes the elements of a sparse A column by column, each column to
// where it starts, which moves on.
func (w *workspace) scatter(a *Matrix) {
	for i, nz := range a.NZ {
		values := nz.Value[:len(nz.Index)]
		for n, k := range nz.Index {
			at := w.starts[k]
			w.starts[k] = at + 1
			w.index[at] = uint16(i)
			w.numbers[at] = values[n]
		}
	}
}
