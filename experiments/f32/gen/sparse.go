package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// sparse writes the kernels for the two products of a sparse A, for panels of
// vecs vectors. See mulKernel and mulTAKernel in sparse.go for what they do.
func sparse(s isa, vecs int) {
	mulSparse(s, vecs)
	mulTASparse(s, vecs)
}

const rowsOfA = "a *struct{Index []uint16; Value []float32}"

// Where the parts of a row of A are: a Go slice is address, length and
// capacity.
const (
	indexAt, lengthAt, valueAt = 0, 8, 24
	sizeOfRow                  = 48
)

// sums are a row of C, a panel wide, in registers.
type sums struct {
	panel
	acc    []reg.VecVirtual
	factor reg.VecVirtual
	piece  reg.GPVirtual
	stride Constant // from a row of the piece to the next
}

func newSums(s isa, vecs int) *sums {
	p := &sums{panel: panel{isa: s, tile: tile{vecs: vecs}}, stride: I32(vecs * s.bytes())}
	p.masks(arg("cols"))
	p.c, p.ldc, p.piece = arg("c"), arg("ldc"), arg("piece")
	SHLQ(U8(2), p.ldc)
	p.acc, p.factor = s.regs(vecs), s.vec()
	return p
}

func (p *sums) loadAll()  { p.loadC(0, Mem{Base: p.c}, p.acc, nil) }
func (p *sums) storeAll() { p.storeC(0, Mem{Base: p.c}, p.acc, nil) }

// add adds a number times row k of the piece.
func (p *sums) add(number Mem, k reg.GPVirtual) {
	IMUL3Q(p.stride, k, k)
	VBROADCASTSS(number, p.factor)
	for j, acc := range p.acc {
		VFMADD231PS(Mem{Base: p.piece, Index: k, Scale: 1}.Offset(j*p.bytes()), p.factor, acc)
	}
}

// mulSparse writes a kernel that keeps a row of C in registers while the rows
// of the piece that belong to the elements of a row of A pass by.
func mulSparse(s isa, vecs int) {
	TEXT(fmt.Sprintf("mulSparse%sx%d", s.name, vecs), NOSPLIT,
		"func(c, piece *float32, "+rowsOfA+", next *int, rows, first, last, cols, ldc int)")
	Pragma("noescape")
	p := newSums(s, vecs)
	a, next, rows, last := arg("a"), arg("next"), arg("rows"), arg("last")
	before := arg("first")
	IMUL3Q(p.stride, before, before)
	SUBQ(before, p.piece) // where row 0 would be

	rowLoop, termLoop, end, done := label("row"), label("term"), label("end"), label("done")
	n, length, index, val, k := GP64(), GP64(), GP64(), GP64(), GP64()
	more := func(otherwise string) { // go on with element n of the row, if its column is in the piece
		CMPQ(n, length)
		JGE(LabelRef(otherwise))
		MOVWQZX(Mem{Base: index, Index: n, Scale: 2}, k)
		CMPQ(k, last)
		JGE(LabelRef(otherwise))
	}
	Label(rowLoop)
	MOVQ(Mem{Base: next}, n)
	MOVQ(Mem{Base: a, Disp: indexAt}, index)
	MOVQ(Mem{Base: a, Disp: lengthAt}, length)
	MOVQ(Mem{Base: a, Disp: valueAt}, val)
	more(done)
	p.loadAll()
	Label(termLoop)
	p.add(Mem{Base: val, Index: n, Scale: 4}, k)
	INCQ(n)
	more(end)
	JMP(LabelRef(termLoop))
	Label(end)
	p.storeAll()
	MOVQ(n, Mem{Base: next})
	Label(done)
	ADDQ(p.ldc, p.c)
	ADDQ(U8(sizeOfRow), a)
	ADDQ(U8(8), next)
	DECQ(rows)
	JNZ(LabelRef(rowLoop))
	s.ret()
}

// mulTASparse writes a kernel that keeps a row of C in registers while the
// rows of the piece that belong to the elements of a column of A pass by. The
// columns come in their order, so the elements of each row of A do too.
func mulTASparse(s isa, vecs int) {
	TEXT(fmt.Sprintf("mulTASparse%sx%d", s.name, vecs), NOSPLIT,
		"func(c, piece *float32, "+rowsOfA+", rows int, columns, next *uint64, n, cols, ldc, more int)")
	Pragma("noescape")
	p := newSums(s, vecs)
	nextElements()

	columns, next, n, more := arg("columns"), arg("next"), arg("n"), arg("more")
	columnLoop, goOn, termLoop := label("column"), label("goon"), label("term")
	end, done := label("end"), label("done")
	left, k, at := GP64(), GP64(), GP64()
	Label(columnLoop)
	MOVQ(Mem{Base: columns}, left)
	TESTQ(more, more)
	JNZ(LabelRef(goOn))
	for _, acc := range p.acc {
		VXORPS(acc, acc, acc)
	}
	TESTQ(left, left)
	JZ(LabelRef(end))
	JMP(LabelRef(termLoop))
	Label(goOn)
	TESTQ(left, left)
	JZ(LabelRef(done))
	p.loadAll()
	Label(termLoop)
	TZCNTQ(left, k)
	MOVQ(Mem{Base: next, Index: k, Scale: 8}, at)
	ADDQ(U8(4), Mem{Base: next, Index: k, Scale: 8})
	p.add(Mem{Base: at}, k)
	BLSRQ(left, left)
	JNZ(LabelRef(termLoop))
	Label(end)
	p.storeAll()
	Label(done)
	ADDQ(p.ldc, p.c)
	ADDQ(U8(8), columns)
	DECQ(n)
	JNZ(LabelRef(columnLoop))
	s.ret()
}

// nextElements sets next to the addresses of the rows' first elements.
func nextElements() {
	a, rows, next, loop := arg("a"), arg("rows"), arg("next"), label("first")
	val := GP64()
	Label(loop)
	MOVQ(Mem{Base: a, Disp: valueAt}, val)
	MOVQ(val, Mem{Base: next})
	ADDQ(U8(sizeOfRow), a)
	ADDQ(U8(8), next)
	DECQ(rows)
	JNZ(LabelRef(loop))
}

// prefetch writes a kernel that asks for the elements of rows of a sparse
// matrix to be brought into the second cache.
func prefetch() {
	TEXT("prefetchAVX", NOSPLIT, "func("+rowsOfA+", rows int)")
	Pragma("noescape")
	a, rows := arg("a"), arg("rows")
	index, val, length := GP64(), GP64(), GP64()
	rowLoop, loop := label("row"), label("line")
	Label(rowLoop)
	MOVQ(Mem{Base: a, Disp: indexAt}, index)
	MOVQ(Mem{Base: a, Disp: lengthAt}, length)
	MOVQ(Mem{Base: a, Disp: valueAt}, val)
	Label(loop) // 32 elements, a line of columns and two of numbers
	PREFETCHT1(Mem{Base: index})
	PREFETCHT1(Mem{Base: val})
	PREFETCHT1(Mem{Base: val, Disp: 64})
	ADDQ(U8(64), index)
	SUBQ(I8(-128), val)
	SUBQ(U8(32), length)
	JG(LabelRef(loop))
	ADDQ(U8(sizeOfRow), a)
	DECQ(rows)
	JNZ(LabelRef(rowLoop))
	RET()
}

// arg loads an argument of the kernel.
func arg(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
