package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// transpose writes the kernel that transposes blocks of 8 rows and 4 columns.
// See transpose in transpose.go for what it does.
func transpose() {
	TEXT("transposeAVX", NOSPLIT, "func(dst, src *float32, rows, cols, ldd, lds int)")
	Pragma("noescape")
	dst, src, rowsLeft, ldd, lds := arg("dst"), arg("src"), arg("rows"), arg("ldd"), arg("lds")
	SHLQ(U8(2), ldd)
	SHLQ(U8(2), lds)
	rowLoop, colLoop := label("rows"), label("columns")
	Label(rowLoop)
	from, to, colsLeft := newRows(8, src, lds), newRows(4, dst, ldd), arg("cols")
	Label(colLoop)
	for j, column := range columns(from) {
		VMOVUPS(column, to.at(j))
	}
	for _, base := range from.base {
		ADDQ(U8(16), base)
	}
	LEAQ(Mem{Base: to.base[0], Index: ldd, Scale: 4}, to.base[0])
	SUBQ(U8(4), colsLeft)
	JNZ(LabelRef(colLoop))
	LEAQ(Mem{Base: src, Index: lds, Scale: 8}, src)
	ADDQ(U8(32), dst)
	SUBQ(U8(8), rowsLeft)
	JNZ(LabelRef(rowLoop))
	avx2.ret()
}

// columns returns the 4 columns of 8 rows. Each half of a register is a 4×4
// block of its own: rows 0 to 3 below, rows 4 to 7 above.
func columns(from rows) [4]value {
	var r, pairs, c [4]value
	for i := range r {
		r[i] = YMM()
		VMOVUPS(from.at(i), r[i].AsX())
		VINSERTF128(U8(1), from.at(i+4), r[i], r[i])
	}
	for i := range c {
		pairs[i], c[i] = YMM(), YMM()
	}
	VUNPCKLPS(r[1], r[0], pairs[0]) // rows 0 and 1 of columns 0 and 1
	VUNPCKHPS(r[1], r[0], pairs[1]) // … of columns 2 and 3
	VUNPCKLPS(r[3], r[2], pairs[2]) // rows 2 and 3
	VUNPCKHPS(r[3], r[2], pairs[3])
	VUNPCKLPD(pairs[2], pairs[0], c[0])
	VUNPCKHPD(pairs[2], pairs[0], c[1])
	VUNPCKLPD(pairs[3], pairs[1], c[2])
	VUNPCKHPD(pairs[3], pairs[1], c[3])
	return c
}
