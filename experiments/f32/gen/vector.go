package main

import (
	"fmt"
	"math"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A value is a vector in a register; an operand may be a constant too.
type value = reg.VecVirtual

// lanes is one step of an elementwise kernel: the elements of its slices that
// fit a register, and its numbers in every lane.
type lanes struct {
	isa
	slices  map[string]reg.Register
	numbers map[string]value
	index   reg.GPVirtual
	mask    reg.Register // nil but for the last, shorter step

	byColumn      map[string]bool // the slices that hold a number for each column of a matrix
	column, width reg.GPVirtual   // of the matrix: where the step is, and how many there are
	offset        int             // in bytes
}

// elementwise writes a kernel that does body for each element of slices, all
// as long as the first of them, and the float32 in numbers.
func elementwise(s isa, name, slices, numbers string, body func(l *lanes)) {
	signature := "func(" + slices + " []float32"
	if numbers != "" {
		signature += ", " + numbers + " float32"
	}
	TEXT(name+s.name, NOSPLIT, signature+")")
	Pragma("noescape")
	l := &lanes{isa: s, slices: map[string]reg.Register{}, numbers: map[string]value{}, index: GP64()}
	for _, x := range words(slices) {
		l.slices[x] = Load(Param(x).Base(), GP64())
	}
	for _, x := range words(numbers) {
		at, _ := Param(x).Resolve()
		l.numbers[x] = s.vec()
		VBROADCASTSS(at.Addr, l.numbers[x])
	}
	left := Load(Param(words(slices)[0]).Len(), GP64()).(reg.GPVirtual)
	XORQ(l.index, l.index)
	loop, rest, done := label("loop"), label("rest"), label("done")
	Label(loop)
	CMPQ(left, U8(s.lanes))
	JLT(LabelRef(rest))
	body(l)
	ADDQ(U8(s.lanes), l.index)
	SUBQ(U8(s.lanes), left)
	JMP(LabelRef(loop))
	Label(rest)
	TESTQ(left, left)
	JZ(LabelRef(done))
	l.mask = s.mask(left)
	body(l)
	Label(done)
	s.ret()
}

func words(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ", ")
}

func (l *lanes) at(name string) Mem {
	index := l.index
	if l.byColumn[name] {
		index = l.column
	}
	return Mem{Base: l.slices[name], Index: index, Scale: 4}.Offset(l.offset)
}

func (l *lanes) get(name string) value {
	if v, ok := l.numbers[name]; ok {
		return v
	}
	v := l.vec()
	l.load(l.at(name), l.mask, v)
	return v
}

func (l *lanes) set(name string, v value) { l.store(v, l.mask, l.at(name)) }

var constants = map[uint32]Mem{}

// word returns a constant, in every lane of a vector in memory.
func word(bits uint32) Mem {
	m, ok := constants[bits]
	if !ok {
		m = GLOBL(fmt.Sprintf("word%08x", bits), RODATA|NOPTR)
		for i := range 16 {
			DATA(4*i, U32(bits))
		}
		constants[bits] = m
	}
	return m
}

func number(x float64) Mem { return word(math.Float32bits(float32(x))) }

// in returns x in a register.
func (s isa) in(x Op) value {
	if v, ok := x.(value); ok {
		return v
	}
	v := s.vec()
	VMOVUPS(x, v)
	return v
}

// op returns the result of an instruction on b and a, in the order of the
// assembler.
func (s isa) op(instruction func(...Op), b Op, a Op) value {
	v := s.vec()
	instruction(b, s.in(a), v)
	return v
}

func (s isa) add(a, b Op) value { return s.op(VADDPS, b, a) }
func (s isa) sub(a, b Op) value { return s.op(VSUBPS, b, a) }
func (s isa) mul(a, b Op) value { return s.op(VMULPS, b, a) }
func (s isa) div(a, b Op) value { return s.op(VDIVPS, b, a) }
func (s isa) and(a, b Op) value { return s.op(VANDPS, b, a) }
func (s isa) or(a, b Op) value  { return s.op(VORPS, b, a) }

func (s isa) addInt(a, b Op) value { return s.op(VPADDD, b, a) }
func (s isa) subInt(a, b Op) value { return s.op(VPSUBD, b, a) }

// atLeast returns x, or low where x < low; a NaN stays.
func (s isa) atLeast(x value, low Op) value { return s.op(VMAXPS, x, low) }

// atMost returns x, or high where x > high; a NaN stays.
func (s isa) atMost(x value, high Op) value { return s.op(VMINPS, x, high) }

func (s isa) sqrt(x value) value {
	v := s.vec()
	VSQRTPS(x, v)
	return v
}

// fma returns a*b + c, rounded once.
func (s isa) fma(a, b, c Op) value {
	v := s.vec()
	VMOVUPS(c, v)
	VFMADD231PS(b, s.in(a), v)
	return v
}

// Predicates of VCMPPS that are false for a NaN.
const (
	less    = 0x11
	greater = 0x1e
)

// where returns yes in the lanes where a and b compare as told, no elsewhere.
func (s isa) where(a value, predicate uint8, b Op, yes, no Op) value {
	v := s.vec()
	if s.lanes == 16 {
		k := K()
		VCMPPS(U8(predicate), b, a, k)
		VBLENDMPS(yes, s.in(no), k, v)
		return v
	}
	m := s.vec()
	VCMPPS(U8(predicate), b, a, m)
	VBLENDVPS(m, yes, s.in(no), v)
	return v
}
