package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// peakChains is the number of independent chains of fused multiply-adds in
// the peak kernel: more than a processor has under way at a time.
const peakChains = 12

// peak writes a kernel that does nothing but n fused multiply-adds in each of
// its chains: what the benchmarks measure the others against.
func peak(s isa) {
	TEXT("peak"+s.name, NOSPLIT, "func(n int)")
	n := Load(Param("n"), GP64())
	acc, a := s.regs(peakChains), s.in(number(0.5))
	for i := range acc {
		VMOVUPS(number(1), acc[i])
	}
	loop := label("peak")
	Label(loop)
	for i := range acc {
		VFMADD231PS(a, a, acc[i])
	}
	DECQ(n)
	JNZ(LabelRef(loop))
	s.ret()
}
