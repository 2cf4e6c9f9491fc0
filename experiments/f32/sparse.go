package f32

// The products of a sparse A leave out the terms of its zeros.

// mulSparse sets C = C + A·B for a sparse A.
func mulSparse(c, a, b *Matrix) {
	if wide != nil && a.Rows > 0 {
		wide.inPieces(wide.gather, b, c, a.NZ, false)
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
	if wide != nil && a.Rows > 0 {
		wide.inPieces(wide.scatter, c, b, a.NZ, true)
		return
	}
	clear(c.Data)
	for k, nz := range a.NZ {
		for n, i := range nz.Index {
			addScaled(c.Row(int(i)), nz.Value[n], b.Row(k))
		}
	}
}

// A sparseKernel adds terms of a panel that is as wide as that many vectors,
// or up to a vector less: cols columns. For each row i of a sparse A it takes
// the elements from next[i] on, up to the first in column last or beyond,
// which is next[i] then. One that gathers does
//
//	m[i*ldm+j] = fma(v, piece[(k-first)*ldp+j], m[i*ldm+j])
//
// for each element v in column k, and each j; one that scatters does
//
//	piece[(k-first)*ldp+j] = fma(v, m[i*ldm+j], piece[(k-first)*ldp+j])
//
// A row of the piece fills its vectors: ldp = vectors*lanes.
type sparseKernel struct {
	vectors int
	add     func(m, piece *float32, a *row, next *int, rows, first, last, cols, ldm int)
}

// row is Row as the kernels' declarations have to write it.
type row = struct {
	Index []uint16
	Value []float32
}

// inPieces runs kernels over all rows of a sparse A. The rows of m belong to
// those of A; the rows of p belong to A's columns, and stand in a piece of
// memory that stays in the first cache, as many at a time as it holds. The
// piece is a copy of them or, if they are sums, becomes them.
func (s *kernels) inPieces(kernels []sparseKernel, p, m *Matrix, a []Row, sums bool) {
	w := scratch.Get().(*workspace)
	defer scratch.Put(w)
	w.next = resize(w.next, len(a))
	w.piece = resize(w.piece, pieceSize)
	for j := 0; j < p.Cols; {
		kernel, cols := s.sparsePanel(kernels, p.Cols-j)
		ldp := kernel.vectors * s.lanes
		clear(w.next)
		for k, rows := 0, 0; k < p.Rows; k += rows {
			rows = min(pieceSize/ldp, p.Rows-k)
			piece, part := w.piece[:rows*ldp], p.Data[k*p.Cols+j:]
			if sums {
				clear(piece)
			} else {
				copyRows(piece, ldp, part, p.Cols, rows, cols)
			}
			kernel.add(&m.Data[j], &piece[0], (*row)(&a[0]), &w.next[0], len(a), k, k+rows, cols, m.Cols)
			if sums {
				copyRows(part, p.Cols, piece, ldp, rows, cols)
			}
		}
		j += cols
	}
}

// copyRows copies rows of n numbers each to where they are ldd and from where
// they are lds apart.
func copyRows(dst []float32, ldd int, src []float32, lds, rows, n int) {
	for i := range rows {
		copy(dst[i*ldd:], src[i*lds:][:n])
	}
}

// pieceSize is how many numbers a piece has at most. The runtime puts memory
// of this size at the start of a page, so that no vector in it spans two lines
// of the cache.
const pieceSize = 36 << 10 / 4

// sparsePanel returns the kernel for the next panel of n columns, and its
// width.
func (s *kernels) sparsePanel(kernels []sparseKernel, n int) (kernel sparseKernel, cols int) {
	for kernels[0].vectors > (n+s.lanes-1)/s.lanes {
		kernels = kernels[1:]
	}
	return kernels[0], min(n, kernels[0].vectors*s.lanes)
}
