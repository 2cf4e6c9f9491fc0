package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// scatter writes the kernel that adds to many rows of C a sum of four rows of
// B each, which stay in registers: vecs vectors of them. See scatterKernel in
// sparse.go for what it does.
func scatter(s isa, vecs int) {
	TEXT(fmt.Sprintf("scatter%sx%d", s.name, vecs), NOSPLIT,
		"func(c, a, b *float32, index *uint16, count, cols, ldc, ldb int)")
	Pragma("noescape")
	arg := func(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
	c, a, index, count, ldc, ldb := arg("c"), arg("a"), arg("index"), arg("count"), arg("ldc"), arg("ldb")
	SHLQ(U8(2), ldc)
	SHLQ(U8(2), ldb)
	p := panel{isa: s, tile: tile{vecs: vecs}}
	p.masks(arg("cols"))

	var b [4][]value
	from := newRows(4, arg("b"), ldb)
	for k := range b {
		b[k] = s.regs(vecs)
		for j := range vecs {
			s.load(from.at(k).Offset(j*s.bytes()), p.maskOf(j), b[k][j])
		}
	}
	loop := label("scatter")
	Label(loop)
	offset, factors, sum := GP64(), s.regs(4), s.regs(vecs)
	MOVWQZX(Mem{Base: index}, offset)
	IMULQ(ldc, offset)
	row := Mem{Base: c, Index: offset, Scale: 1}
	for j := range sum {
		s.load(row.Offset(j*s.bytes()), p.maskOf(j), sum[j])
	}
	for k := range b {
		VBROADCASTSS(Mem{Base: a}.Offset(4*k), factors[k])
		for j := range sum {
			VFMADD231PS(b[k][j], factors[k], sum[j])
		}
	}
	for j := range sum {
		s.store(sum[j], p.maskOf(j), row.Offset(j*s.bytes()))
	}
	ADDQ(U8(2), index)
	ADDQ(U8(16), a)
	DECQ(count)
	JNZ(LabelRef(loop))
	s.ret()
}
