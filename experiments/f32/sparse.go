package f32

// The products of a sparse A leave out the terms of its zeros.

// mulSparse sets C = C + A·B for a sparse A.
func mulSparse(c, a, b *Matrix) {
	if wide != nil && a.Rows > 0 {
		wide.mulRows(c, a, b)
		return
	}
	for i, nz := range a.NZ {
		for n, k := range nz.Index {
			addScaled(c.Row(i), nz.Value[n], b.Row(int(k)))
		}
	}
}

// mulTASparse sets C = Aᵀ·B for a sparse A.
func mulTASparse(c, a, b *Matrix) {
	if wide != nil && a.Rows > 0 && len(c.Data) > 0 {
		wide.mulColumns(c, a, b)
		return
	}
	clear(c.Data)
	for k, nz := range a.NZ {
		for n, i := range nz.Index {
			addScaled(c.Row(int(i)), nz.Value[n], b.Row(k))
		}
	}
}

// row is Row as the kernels' declarations have to write it.
type row = struct {
	Index []uint16
	Value []float32
}

// A mulKernel adds to a panel of C that is as wide as that many vectors, or up
// to a vector less, cols columns, the terms of some columns of A: from first
// to before last. Their rows of B stand in a piece of memory, each filling its
// vectors: ldp = vectors*lanes. For each row i of A the kernel takes the
// elements from next[i] on, up to the first in column last or beyond, which is
// next[i] then: for each of them, v in column k, and each j
//
//	c[i*ldc+j] = fma(v, piece[(k-first)*ldp+j], c[i*ldc+j])
type mulKernel struct {
	vectors int
	add     func(c, piece *float32, a *row, next *int, rows, first, last, cols, ldc int)
}

// mulRows is mulSparse by rows of A. Of the rows of B it takes as many at a
// time as the first cache holds.
func (s *kernels) mulRows(c, a, b *Matrix) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	w.next = resize(w.next, len(a.NZ))
	w.piece = resize(w.piece, pieceSize)
	for j := 0; j < c.Cols; {
		n, cols := s.sparsePanel(c.Cols - j)
		kernel := s.mulSparse[n]
		ldp := kernel.vectors * s.lanes
		clear(w.next)
		for k, rows := 0, 0; k < b.Rows; k += rows {
			rows = min(pieceSize/ldp, b.Rows-k)
			copyRows(w.piece, ldp, b.Data[k*b.Cols+j:], b.Cols, rows, cols)
			kernel.add(&c.Data[j], &w.piece[0], (*row)(&a.NZ[0]), &w.next[0], a.Rows, k, k+rows, cols, c.Cols)
		}
		j += cols
	}
}

// A mulTAKernel adds to a panel of C of such a width the terms of up to 64
// rows of A, whose rows of B stand in the piece. Bit k of columns[i] tells
// whether element (k, i) of A is one of a row's. With next[k] for the address
// of the next element of row k, at first the first one, the kernel does for
// each column i of the n, each such k in increasing order, and each j
//
//	c[i*ldc+j] = fma(*next[k]++, piece[k*ldp+j], c[i*ldc+j])
//
// from 0 on where there is not more in C yet.
type mulTAKernel struct {
	vectors int
	add     func(c, piece *float32, a *row, rows int, columns, next *uint64, n, cols, ldc, more int)
}

// mulColumns is mulTASparse by columns of A, for as many rows at a time as a
// word has bits.
func (s *kernels) mulColumns(c, a, b *Matrix) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	w.piece = resize(w.piece, pieceSize)
	for k := 0; k < a.Rows; k += len(w.address) {
		rows := a.NZ[k:min(k+len(w.address), a.Rows)]
		columns(&w.columns, rows, a.Cols)
		for j := 0; j < c.Cols; {
			n, cols := s.sparsePanel(c.Cols - j)
			kernel := s.mulTASparse[n]
			copyRows(w.piece, kernel.vectors*s.lanes, b.Data[k*b.Cols+j:], b.Cols, len(rows), cols)
			kernel.add(&c.Data[j], &w.piece[0], (*row)(&rows[0]), len(rows), &w.columns[0], &w.address[0],
				a.Cols, cols, c.Cols, k)
			j += cols
		}
	}
}

// columns sets bit k of the word of each column of up to 64 sparse rows where
// row k has an element there.
func columns(words *[1 << 16]uint64, rows []Row, cols int) {
	clear(words[:cols])
	for k, row := range rows {
		bit := uint64(1) << k
		for _, i := range row.Index {
			words[i] |= bit
		}
	}
}

// copyRows copies rows of n numbers each to where they are ldd and from where
// they are lds apart.
func copyRows(dst []float32, ldd int, src []float32, lds, rows, n int) {
	if wide != nil && rows > 0 && n > 0 {
		wide.copyRows(&dst[0], &src[0], rows, n, ldd, lds)
		return
	}
	for i := range rows {
		copy(dst[i*ldd:], src[i*lds:][:n])
	}
}

// pieceSize is how many numbers a piece has at most. The runtime puts memory
// of this size at the start of a page, so that no vector in it spans two lines
// of the cache.
const pieceSize = 36 << 10 / 4

// sparsePanel returns which of the kernels serves the next panel of n columns,
// and its width.
func (s *kernels) sparsePanel(n int) (kernel, cols int) {
	for s.mulSparse[kernel].vectors > (n+s.lanes-1)/s.lanes {
		kernel++
	}
	return kernel, min(n, s.mulSparse[kernel].vectors*s.lanes)
}
