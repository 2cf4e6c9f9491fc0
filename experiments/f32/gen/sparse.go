package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// sparse writes the kernels for the two products of a sparse A, for panels of
// vecs vectors. See sparseKernel in sparse.go for what they do.
func sparse(s isa, vecs int) {
	sparseKernel(s, vecs, "gather", true, func(row value, factor value, piece Mem) {
		VFMADD231PS(piece, factor, row)
	})
	sparseKernel(s, vecs, "scatter", false, func(row value, factor value, piece Mem) {
		sum := s.vec()
		VMOVUPS(piece, sum)
		VFMADD231PS(row, factor, sum)
		VMOVUPS(sum, piece)
	})
}

// sparseKernel writes a kernel that keeps in registers the row of a matrix
// that belongs to a row of A, while the rows of the piece that belong to the
// elements of that row of A pass by. It does term for each vector, and at the
// end stores the row if that is what has changed.
func sparseKernel(s isa, vecs int, name string, changes bool, term func(row value, factor value, piece Mem)) {
	TEXT(fmt.Sprintf("%s%sx%d", name, s.name, vecs), NOSPLIT,
		"func(m, piece *float32, a *struct{Index []uint16; Value []float32}, next *int, rows, first, last, cols, ldm int)")
	Pragma("noescape")
	arg := func(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
	p := panel{isa: s, tile: tile{vecs: vecs}}
	p.masks(arg("cols"))
	m, piece, a, next, rows, last, ldm := arg("m"), arg("piece"), arg("a"), arg("next"), arg("rows"), arg("last"), arg("ldm")
	SHLQ(U8(2), ldm)
	stride := I32(vecs * s.bytes()) // from a row of the piece to the next
	before := arg("first")
	IMUL3Q(stride, before, before)
	SUBQ(before, piece) // where row 0 would be

	rowLoop, termLoop, end, done := label("row"), label("term"), label("end"), label("done")
	n, length, index, val, k := GP64(), GP64(), GP64(), GP64(), GP64()
	more := func(otherwise string) { // go on with element n of the row, if its column is in the piece
		CMPQ(n, length)
		JGE(LabelRef(otherwise))
		MOVWQZX(Mem{Base: index, Index: n, Scale: 2}, k)
		CMPQ(k, last)
		JGE(LabelRef(otherwise))
	}
	row, factor := s.regs(vecs), s.vec()
	Label(rowLoop)
	MOVQ(Mem{Base: next}, n)
	MOVQ(Mem{Base: a}, index) // a Go slice is address, length and capacity
	MOVQ(Mem{Base: a, Disp: 8}, length)
	MOVQ(Mem{Base: a, Disp: 24}, val)
	more(done)
	for j := range row {
		s.load(Mem{Base: m}.Offset(j*s.bytes()), p.maskOf(j), row[j])
	}
	Label(termLoop)
	IMUL3Q(stride, k, k)
	VBROADCASTSS(Mem{Base: val, Index: n, Scale: 4}, factor)
	for j := range row {
		term(row[j], factor, Mem{Base: piece, Index: k, Scale: 1}.Offset(j*s.bytes()))
	}
	INCQ(n)
	more(end)
	JMP(LabelRef(termLoop))
	Label(end)
	if changes {
		for j := range row {
			s.store(row[j], p.maskOf(j), Mem{Base: m}.Offset(j*s.bytes()))
		}
	}
	MOVQ(n, Mem{Base: next})
	Label(done)
	ADDQ(ldm, m)
	ADDQ(U8(48), a)
	ADDQ(U8(8), next)
	DECQ(rows)
	JNZ(LabelRef(rowLoop))
	s.ret()
}
