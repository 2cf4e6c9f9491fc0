package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// stripRoom is the same as in package f32.
const stripRoom = 132

// gather writes the kernel that sorts the elements of a sparse row into
// strips. See gatherKernel in sparse.go for what it does.
func gather() {
	TEXT("gatherAMD64", NOSPLIT, "func(count *int32, rows *uint16, values *float32, row int, index *uint16, value *float32, n int)")
	Pragma("noescape")
	arg := func(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
	count, rows, values, row := arg("count"), arg("rows"), arg("values"), arg("row")
	index, value, n := arg("index"), arg("value"), arg("n")
	i, last := GP64(), GP64()
	XORQ(i, i)
	MOVQ(I32(-1), last)

	loop := label("gather")
	Label(loop)
	k, s, v, at := GP64(), GP64(), GP32(), GP64()
	MOVWQZX(Mem{Base: index, Index: i, Scale: 2}, k)
	MOVL(Mem{Base: value, Index: i, Scale: 4}, v)
	MOVQ(k, s)
	SHRQ(U8(2), s)
	XORQ(at, at)
	CMPQ(s, last)
	SETNE(at.As8())
	MOVQ(s, last)
	counter := Mem{Base: count, Index: s, Scale: 4}
	ADDL(counter, at.As32())
	MOVL(at.As32(), counter)
	IMUL3Q(U32(stripRoom), s, s)
	ADDQ(s, at)
	MOVW(row.As16(), Mem{Base: rows, Index: at, Scale: 2}.Offset(-2))
	ANDQ(U8(3), k)
	LEAQ(Mem{Base: k, Index: at, Scale: 4}, k)
	MOVL(v, Mem{Base: values, Index: k, Scale: 4}.Offset(-16))
	INCQ(i)
	CMPQ(i, n)
	JLT(LabelRef(loop))
	RET()
}
