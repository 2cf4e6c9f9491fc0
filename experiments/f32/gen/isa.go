package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa is a vector instruction set.
type isa struct {
	name   string
	lanes  int // float32 in a register
	tiles  []tile
	sparse []int // vectors of a row that the sparse kernels keep in registers
}

var (
	avx512 = isa{name: "AVX512", lanes: 16, tiles: tiles512, sparse: []int{1, 2, 4, 7}}
	avx2   = isa{name: "AVX2", lanes: 8, tiles: tiles2, sparse: []int{1, 2, 4, 7, 13}}
)

// vec returns a new vector register.
func (s isa) vec() reg.VecVirtual {
	if s.lanes == 16 {
		return ZMM()
	}
	return YMM()
}

func (s isa) regs(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = s.vec()
	}
	return v
}

// bytes is the size of a vector register.
func (s isa) bytes() int { return 4 * s.lanes }

// mask returns the register that selects the first n lanes, n from 1 to all.
func (s isa) mask(n reg.GPVirtual) reg.Register {
	if s.lanes == 16 {
		return bits(n)
	}
	table, at := GP64(), GP64()
	LEAQ(ones8(), table)
	MOVQ(U32(8), at)
	SUBQ(n, at)
	m := YMM()
	VMOVUPS(Mem{Base: table, Index: at, Scale: 4}, m)
	return m
}

// bits returns the mask register with the n lowest bits set.
func bits(n reg.GPVirtual) reg.OpmaskVirtual {
	all, k := GP32(), K()
	MOVL(I32(-1), all)
	BZHIL(n.As32(), all, all)
	KMOVW(all, k)
	return k
}

var ones Mem

// ones8 is a table of eight words of ones, then eight of zeros.
func ones8() Mem {
	if ones.Base == nil {
		ones = GLOBL("ones8", RODATA|NOPTR)
		for i := range 16 {
			word := U32(0)
			if i < 8 {
				word = 0xffffffff
			}
			DATA(4*i, word)
		}
	}
	return ones
}

// load reads a vector, all of it or, with a mask, the lanes it selects and
// zeros in the others.
func (s isa) load(m Mem, mask reg.Register, v reg.VecVirtual) {
	switch {
	case mask == nil:
		VMOVUPS(m, v)
	case s.lanes == 16:
		VMOVUPS_Z(m, mask, v)
	default:
		VMASKMOVPS(m, mask, v)
	}
}

// store writes a vector, all of it or the lanes that a mask selects.
func (s isa) store(v reg.VecVirtual, mask reg.Register, m Mem) {
	switch {
	case mask == nil:
		VMOVUPS(v, m)
	case s.lanes == 16:
		VMOVUPS(v, mask, m)
	default:
		VMASKMOVPS(v, mask, m)
	}
}

// ret returns to Go, whose SSE instructions would be slow with the upper halves
// of registers in use.
func (s isa) ret() {
	VZEROUPPER()
	RET()
}

var labels int

// label returns a new label.
func label(what string) string {
	labels++
	return fmt.Sprintf("%s%d", what, labels)
}
