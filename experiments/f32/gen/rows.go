package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// byRows writes the kernels for matrices whose columns are the units of a
// layer. Each is the loop of the same name in package f32.
func byRows(s isa) {
	rowwise(s, "standardize", "xhat, x", "mean, invd", func(l *lanes) {
		l.set("xhat", l.mul(l.sub(l.get("x"), l.get("mean")), l.get("invd")))
	})
	rowwise(s, "scaleShift", "y, x", "gamma, beta", func(l *lanes) {
		l.set("y", l.fma(l.get("gamma"), l.get("x"), l.get("beta")))
	})
	rowwise(s, "standardizeGrad", "dx, dy, xhat", "a, b, scale", func(l *lanes) {
		mean := l.add(l.mul(l.get("xhat"), l.get("b")), l.get("a"))
		l.set("dx", l.mul(l.sub(l.get("dy"), mean), l.get("scale")))
	})
	columnSums(s, "sumRows", "m", "", func(l *lanes) value { return l.get("m") })
	columnSums(s, "sumProducts", "a, b", "", func(l *lanes) value { return l.mul(l.get("a"), l.get("b")) })
	columnSums(s, "sumSquares", "m", "mean", func(l *lanes) value {
		d := l.sub(l.get("m"), l.get("mean"))
		return l.mul(d, d)
	})
}

// rowwise writes a kernel that does body for each element of matrices of the
// same size, with the elements of vectors that stand in its column.
func rowwise(s isa, name, matrices, vectors string, body func(l *lanes)) {
	l, rows, cols := newRowLanes(s, name, matrices+", "+vectors, matrices)
	rest := GP64()
	MOVQ(cols, rest)
	ANDQ(U8(s.lanes-1), rest)
	mask, left := s.mask(rest), GP64()
	rowLoop, loop, last, next := label("row"), label("loop"), label("rest"), label("next")
	Label(rowLoop)
	XORQ(l.column, l.column)
	MOVQ(cols, left)
	Label(loop)
	SUBQ(U8(s.lanes), left)
	JLT(LabelRef(last))
	body(l)
	ADDQ(U8(s.lanes), l.index)
	ADDQ(U8(s.lanes), l.column)
	JMP(LabelRef(loop))
	Label(last)
	TESTQ(rest, rest)
	JZ(LabelRef(next))
	l.mask = mask
	body(l)
	ADDQ(rest, l.index)
	Label(next)
	DECQ(rows)
	JNZ(LabelRef(rowLoop))
	s.ret()
}

// copyRows writes a kernel that copies rows of cols numbers each to where they
// are ldd and from where they are lds apart.
func copyRows(s isa) {
	TEXT("copyRows"+s.name, NOSPLIT, "func(dst, src *float32, rows, cols, ldd, lds int)")
	Pragma("noescape")
	dst, src, rows, cols, ldd, lds := arg("dst"), arg("src"), arg("rows"), arg("cols"), arg("ldd"), arg("lds")
	SHLQ(U8(2), ldd)
	SHLQ(U8(2), lds)
	rest, index, left, v := GP64(), GP64(), GP64(), s.vec()
	MOVQ(cols, rest)
	ANDQ(U8(s.lanes-1), rest)
	mask := s.mask(rest)
	rowLoop, loop, last := label("row"), label("loop"), label("rest")
	from, to := Mem{Base: src, Index: index, Scale: 4}, Mem{Base: dst, Index: index, Scale: 4}
	Label(rowLoop)
	XORQ(index, index)
	MOVQ(cols, left)
	Label(loop)
	SUBQ(U8(s.lanes), left)
	JLT(LabelRef(last))
	s.load(from, nil, v)
	s.store(v, nil, to)
	ADDQ(U8(s.lanes), index)
	JMP(LabelRef(loop))
	Label(last)
	s.load(from, mask, v)
	s.store(v, mask, to)
	ADDQ(ldd, dst)
	ADDQ(lds, src)
	DECQ(rows)
	JNZ(LabelRef(rowLoop))
	s.ret()
}

// columnSums writes a kernel that sets dst to the sums, over the rows of
// matrices, of term, the rows in their order.
func columnSums(s isa, name, matrices, vectors string, term func(l *lanes) value) {
	pointers := "dst, " + matrices
	if vectors != "" {
		pointers += ", " + vectors
	}
	l, rows, cols := newRowLanes(s, name, pointers, matrices)
	for _, vecs := range []int{4, 1} {
		loop, done := label("columns"), label("done")
		Label(loop)
		CMPQ(cols, U32(vecs*s.lanes))
		JLT(LabelRef(done))
		l.sumColumns(vecs, rows, term)
		ADDQ(U32(vecs*s.lanes), l.column)
		SUBQ(U32(vecs*s.lanes), cols)
		JMP(LabelRef(loop))
		Label(done)
	}
	end := label("end")
	TESTQ(cols, cols)
	JZ(LabelRef(end))
	l.mask = s.mask(cols)
	l.sumColumns(1, rows, term)
	Label(end)
	s.ret()
}

// sumColumns sums a few vectors of columns, from l.column on.
func (l *lanes) sumColumns(vecs int, rows reg.GPVirtual, term func(l *lanes) value) {
	sums, left, loop := l.regs(vecs), GP64(), label("sum")
	for _, sum := range sums {
		VXORPS(sum, sum, sum)
	}
	MOVQ(l.column, l.index)
	MOVQ(rows, left)
	Label(loop)
	for j, sum := range sums {
		l.offset = j * l.bytes()
		VADDPS(term(l), sum, sum)
	}
	ADDQ(l.width, l.index)
	DECQ(left)
	JNZ(LabelRef(loop))
	for j, sum := range sums {
		l.offset = j * l.bytes()
		l.set("dst", sum)
	}
	l.offset = 0
}

// newRowLanes begins a kernel of matrices and vectors, given by pointers; the
// index in matrices is l.index, that in the others l.column.
func newRowLanes(s isa, name, pointers, matrices string) (l *lanes, rows, cols reg.GPVirtual) {
	TEXT(name+s.name, NOSPLIT, "func("+pointers+" *float32, rows, cols int)")
	Pragma("noescape")
	l = &lanes{isa: s, slices: map[string]reg.Register{}, byColumn: map[string]bool{}, index: GP64(), column: GP64()}
	for _, x := range words(pointers) {
		l.slices[x], l.byColumn[x] = Load(Param(x), GP64()), true
	}
	for _, x := range words(matrices) {
		l.byColumn[x] = false
	}
	rows, cols = Load(Param("rows"), GP64()).(reg.GPVirtual), Load(Param("cols"), GP64()).(reg.GPVirtual)
	l.width = GP64()
	MOVQ(cols, l.width)
	XORQ(l.index, l.index)
	XORQ(l.column, l.column)
	return l, rows, cols
}
