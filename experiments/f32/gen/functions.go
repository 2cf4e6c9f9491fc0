package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// functions writes the elementwise kernels. Each is, operation by operation,
// the loop of the same name in package f32.
func functions(s isa) {
	elementwise(s, "mul2", "dst, a, b", "", func(l *lanes) { l.set("dst", l.mul(l.get("a"), l.get("b"))) })
	elementwise(s, "scale", "dst, x", "a", func(l *lanes) { l.set("dst", l.mul(l.get("a"), l.get("x"))) })
	elementwise(s, "addScaled", "dst, x", "a", func(l *lanes) {
		l.set("dst", l.fma(l.get("a"), l.get("x"), l.get("dst")))
	})
	elementwise(s, "relu", "dst, x", "", func(l *lanes) { l.set("dst", l.atLeast(l.get("x"), number(0))) })
	elementwise(s, "reluGrad", "dx, x, dy", "", func(l *lanes) {
		l.set("dx", l.where(l.get("x"), greater, number(0), l.get("dy"), number(0)))
	})
	elementwise(s, "exp", "dst, x", "", func(l *lanes) { l.set("dst", l.exp(l.get("x"))) })
	elementwise(s, "tanh", "dst, x", "", func(l *lanes) { l.set("dst", l.tanh(l.get("x"))) })
	elementwise(s, "sigmoid", "dst, x", "", func(l *lanes) {
		x := l.get("x")
		z := l.exp(l.or(x, word(signBit)))
		l.set("dst", l.div(l.where(x, less, number(0), z, number(1)), l.add(z, number(1))))
	})
}

// steps writes the optimizers' kernels.
func steps(s isa) {
	elementwise(s, "sgd", "w, grad", "lr", func(l *lanes) {
		l.set("w", l.sub(l.get("w"), l.mul(l.get("lr"), l.get("grad"))))
	})
	elementwise(s, "momentum", "w, v, grad", "lr, alpha", func(l *lanes) {
		v := l.sub(l.mul(l.get("alpha"), l.get("v")), l.mul(l.get("lr"), l.get("grad")))
		l.set("v", v)
		l.set("w", l.add(l.get("w"), v))
	})
	elementwise(s, "adaGrad", "w, h, grad", "lr, eps", func(l *lanes) {
		g := l.get("grad")
		h := l.add(l.get("h"), l.mul(g, g))
		l.set("h", h)
		l.set("w", l.sub(l.get("w"), l.div(l.mul(l.get("lr"), g), l.add(l.sqrt(h), l.get("eps")))))
	})
	elementwise(s, "adam", "w, m, v, grad", "lr, rest1, rest2, eps", func(l *lanes) {
		g, m, v := l.get("grad"), l.get("m"), l.get("v")
		m = l.add(m, l.mul(l.get("rest1"), l.sub(g, m)))
		v = l.add(v, l.mul(l.get("rest2"), l.sub(l.mul(g, g), v)))
		l.set("m", m)
		l.set("v", v)
		l.set("w", l.sub(l.get("w"), l.div(l.mul(l.get("lr"), m), l.add(l.sqrt(v), l.get("eps")))))
	})
}

// atLeast writes the kernel for dropout's masks. It leaves alone what does not
// fill a vector.
func atLeast(s isa) {
	TEXT("atLeast"+s.name, NOSPLIT, "func(dst []float32, bits []uint64, low float32)")
	Pragma("noescape")
	dst, bits, n := Load(Param("dst").Base(), GP64()), Load(Param("bits").Base(), GP64()), Load(Param("dst").Len(), GP64())
	at, _ := Param("low").Resolve()
	low := s.vec()
	VBROADCASTSS(at.Addr, low)
	loop, done := label("loop"), label("done")
	Label(loop)
	SUBQ(U8(s.lanes), n)
	JLT(LabelRef(done))
	x := s.vec()
	VPMOVZXWD(Mem{Base: bits}, x)
	VCVTDQ2PS(x, x)
	VMOVUPS(s.where(x, less, low, number(0), number(1)), Mem{Base: dst})
	ADDQ(U8(s.bytes()), dst)
	ADDQ(U8(s.bytes()/2), bits)
	JMP(LabelRef(loop))
	Label(done)
	s.ret()
}

const signBit = 1 << 31

// expm1 returns n and p with exp(x) = 2ⁿ·(1+p).
func (s isa) expm1(x value) (n, p value) {
	const round = 3 << 22
	t := s.fma(x, number(1/math.Ln2), number(round))
	k := s.sub(t, number(round))
	r := s.fma(k, number(-ln2Low), s.fma(k, number(-ln2High), x))
	q := s.fma(r, number(1./5040), number(1./720))
	for _, factorial := range []float64{120, 24, 6, 2} {
		q = s.fma(q, r, number(1/factorial))
	}
	return s.subInt(t, number(round)), s.fma(q, s.mul(r, r), r)
}

const (
	ln2High = 0x1.62ep-1
	ln2Low  = 0x1.0bfbe8e7bcd5e4p-15
)

// pow2 returns 2ⁿ.
func (s isa) pow2(n value) value {
	v := s.vec()
	VPSLLD(U8(23), s.addInt(n, word(127)), v)
	return v
}

func (s isa) exp(x value) value {
	n, p := s.expm1(s.atMost(s.atLeast(x, number(-104)), number(89)))
	half := s.vec()
	VPSRAD(U8(1), n, half)
	return s.mul(s.mul(s.add(p, number(1)), s.pow2(half)), s.pow2(s.subInt(n, half)))
}

func (s isa) tanh(x value) value {
	y := s.atLeast(s.mul(s.and(x, word(signBit-1)), number(-2)), number(-80))
	n, p := s.expm1(y)
	scale := s.pow2(n)
	h := s.mul(scale, number(0.5))
	minus := func(v value) value { return s.sub(number(0), v) }
	rest := s.sub(number(0.5), h)
	w := s.fma(minus(h), p, rest)
	lost := s.fma(minus(h), p, s.sub(rest, w))
	whole := s.where(y, less, number(-1.25), number(1), w)
	num := s.where(y, less, number(-1.25), s.fma(minus(scale), p, minus(scale)), s.fma(w, w, lost))
	v := s.add(whole, s.div(num, s.sub(number(1), w)))
	return s.or(s.and(v, word(signBit-1)), s.and(x, word(signBit)))
}
