package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// sparse writes a kernel that adds multiples of rows of B to a row of C that
// takes vecs vectors. See addRows in sparse.go for what it does.
func sparse(s isa, vecs int) {
	TEXT(fmt.Sprintf("sparse%sx%d", s.name, vecs), NOSPLIT,
		"func(c, b *float32, index *uint16, value *float32, count, cols, ldb int)")
	Pragma("noescape")
	arg := func(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
	c, b, index, value, count, ldb := arg("c"), arg("b"), arg("index"), arg("value"), arg("count"), arg("ldb")
	SHLQ(U8(2), ldb)
	cols := arg("cols")
	SUBQ(U32(s.lanes*(vecs-1)), cols)
	last := s.mask(cols)
	at := func(base Mem, j int) Mem { return base.Offset(j * s.bytes()) }

	acc := s.regs(vecs)
	for j := range vecs - 1 {
		s.load(at(Mem{Base: c}, j), nil, acc[j])
	}
	s.load(at(Mem{Base: c}, vecs-1), last, acc[vecs-1])

	loop := label("sparse")
	Label(loop)
	row, a := GP64(), s.vec()
	MOVWQZX(Mem{Base: index}, row)
	IMULQ(ldb, row)
	VBROADCASTSS(Mem{Base: value}, a)
	for j := range vecs - 1 {
		VFMADD231PS(at(Mem{Base: b, Index: row, Scale: 1}, j), a, acc[j])
	}
	tail := s.vec()
	s.load(at(Mem{Base: b, Index: row, Scale: 1}, vecs-1), last, tail)
	VFMADD231PS(tail, a, acc[vecs-1])
	ADDQ(U8(2), index)
	ADDQ(U8(4), value)
	DECQ(count)
	JNZ(LabelRef(loop))

	for j := range vecs - 1 {
		s.store(acc[j], nil, at(Mem{Base: c}, j))
	}
	s.store(acc[vecs-1], last, at(Mem{Base: c}, vecs-1))
	s.ret()
}
