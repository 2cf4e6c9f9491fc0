package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tile is a shape of C that is kept in registers: rows×vecs vectors, and if
// quad four columns more, four rows to a vector.
type tile struct {
	rows, vecs int
	quad       bool
}

var (
	tiles512 = []tile{{rows: 8, vecs: 1}, {rows: 8, vecs: 2}, {rows: 8, vecs: 3},
		{rows: 4, vecs: 4}, {rows: 4, vecs: 5}, {rows: 4, vecs: 6}, {rows: 4, vecs: 6, quad: true}}
	tiles2 = []tile{{rows: 12, vecs: 1}, {rows: 6, vecs: 2}}
)

func (t tile) name(s isa) string {
	name := fmt.Sprintf("product%s_%dx%d", s.name, t.rows, t.vecs)
	if t.quad {
		name += "q"
	}
	return name
}

// panel is the state of a kernel for products of a certain width.
type panel struct {
	isa
	tile
	c, a       reg.GPVirtual // where C and A are now
	depth      reg.GPVirtual
	ldc, ldb   reg.GPVirtual // from a row to the next, in bytes
	arow, acol reg.GPVirtual
	last       reg.Register         // the lanes of the last vector
	quads      [4]reg.OpmaskVirtual // the lanes of row i%4 in a quad
}

// product writes a kernel for a panel of C of a width that takes t.vecs
// vectors. See productKernel in mul.go for what it does.
func product(s isa, t tile) {
	TEXT(t.name(s), NOSPLIT, "func(c, start, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int)")
	Pragma("noescape")
	p := panel{isa: s, tile: t, c: arg("c"), a: arg("a"), depth: arg("depth"),
		ldc: arg("ldc"), ldb: arg("ldb"), arow: arg("arow"), acol: arg("acol")}
	for _, stride := range []reg.GPVirtual{p.ldc, p.ldb, p.arow, p.acol} {
		SHLQ(U8(2), stride)
	}
	cols := arg("cols")
	if s.lanes == 8 { // its masked loads are slower
		partial := label("partial")
		CMPQ(cols, U8(s.lanes*t.vecs))
		JLT(LabelRef(partial))
		p.all()
		Label(partial)
	}
	p.masks(cols)
	p.all()
}

// all adds the product to all rows of C, in blocks of t.rows, then of half as
// many, and so on.
func (p *panel) all() {
	rows := Load(Param("rows"), GP64()).(reg.GPVirtual)
	for n := p.rows; ; n = (n + 1) / 2 {
		loop, done := label("rows"), label("less")
		Label(loop)
		CMPQ(rows, U8(n))
		JLT(LabelRef(done))
		p.block(n)
		SUBQ(U8(n), rows)
		JMP(LabelRef(loop))
		Label(done)
		if n == 1 {
			break
		}
	}
	p.ret()
}

// masks sets up the masks for a panel of cols columns.
func (p *panel) masks(cols reg.GPVirtual) {
	if !p.quad {
		SUBQ(U32(p.lanes*(p.vecs-1)), cols)
		p.last = p.mask(cols)
		return
	}
	for i := 1; i < len(p.quads); i++ {
		lanes := GP32()
		MOVL(U32(0xf<<(4*i)), lanes)
		p.quads[i] = K()
		KMOVW(lanes, p.quads[i])
	}
}

// block adds the product to n rows of C, and moves on to the rows below.
func (p *panel) block(n int) {
	acc, quad := p.accumulators(n)
	goOn, loaded := label("goon"), label("loaded")
	start := Load(Param("start"), GP64()).(reg.GPVirtual)
	TESTQ(start, start)
	JZ(LabelRef(goOn))
	for i := range acc {
		p.loadC(i, Mem{Base: start}, acc[i], quad)
	}
	JMP(LabelRef(loaded))
	Label(goOn)
	c := newRows(n, p.c, p.ldc)
	for i := range acc {
		p.loadC(i, c.at(i), acc[i], quad)
	}
	Label(loaded)
	a, b, k := newRows(n, p.a, p.arow), GP64(), GP64()
	Load(Param("b"), b)
	MOVQ(p.depth, k)
	loop := label("depth")
	Label(loop)
	p.step(a, Mem{Base: b}, acc, quad)
	a.advance(p.acol)
	ADDQ(p.ldb, b)
	DECQ(k)
	JNZ(LabelRef(loop))
	c = newRows(n, p.c, p.ldc)
	for i := range acc {
		p.storeC(i, c.at(i), acc[i], quad)
	}
	p.advance(n, p.c, p.ldc)
	p.advance(n, p.a, p.arow)
}

// accumulators returns the registers that hold n rows of C.
func (p *panel) accumulators(n int) (acc [][]reg.VecVirtual, quad []reg.VecVirtual) {
	for range n {
		acc = append(acc, p.regs(p.vecs))
	}
	if p.quad {
		quad = p.regs((n + 3) / 4)
	}
	return acc, quad
}

// advance moves ptr on by n rows.
func (p *panel) advance(n int, ptr, stride reg.GPVirtual) {
	t := GP64()
	IMUL3Q(U8(n), stride, t)
	ADDQ(t, ptr)
}

// rows addresses the rows of a matrix: every fourth by a pointer of its own.
type rows struct {
	base           []reg.GPVirtual
	stride, triple reg.GPVirtual
}

func newRows(n int, first, stride reg.GPVirtual) rows {
	r := rows{stride: stride}
	if n > 3 {
		r.triple = GP64()
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, r.triple)
	}
	for i := 0; i < n; i += 4 {
		base := GP64()
		if i == 0 {
			MOVQ(first, base)
		} else {
			LEAQ(Mem{Base: r.base[i/4-1], Index: stride, Scale: 4}, base)
		}
		r.base = append(r.base, base)
	}
	return r
}

// at returns the address of row i.
func (r rows) at(i int) Mem {
	base := r.base[i/4]
	switch i % 4 {
	case 0:
		return Mem{Base: base}
	case 3:
		return Mem{Base: base, Index: r.triple, Scale: 1}
	}
	return Mem{Base: base, Index: r.stride, Scale: uint8(i % 4)}
}

// advance moves all rows on by some bytes.
func (r rows) advance(by reg.GPVirtual) {
	for _, base := range r.base {
		ADDQ(by, base)
	}
}

// maskOf returns the mask of vector j of a row: none but for the last.
func (p *panel) maskOf(j int) reg.Register {
	if j == p.vecs-1 {
		return p.last
	}
	return nil
}

func (p *panel) loadC(i int, row Mem, acc, quad []reg.VecVirtual) {
	for j := range acc {
		p.load(row.Offset(j*p.bytes()), p.maskOf(j), acc[j])
	}
	if p.quad {
		columns := row.Offset(p.vecs * p.bytes())
		if i%4 == 0 {
			VBROADCASTF32X4(columns, quad[i/4])
		} else {
			VBROADCASTF32X4(columns, p.quads[i%4], quad[i/4])
		}
	}
}

func (p *panel) storeC(i int, row Mem, acc, quad []reg.VecVirtual) {
	for j := range acc {
		p.store(acc[j], p.maskOf(j), row.Offset(j*p.bytes()))
	}
	if p.quad {
		VEXTRACTF32X4(U8(i%4), quad[i/4], row.Offset(p.vecs*p.bytes()))
	}
}

// step adds one k of the product: the outer product of a column of A and a
// row of B.
func (p *panel) step(a rows, row Mem, acc [][]reg.VecVirtual, quad []reg.VecVirtual) {
	as := p.lazy(len(acc), func(i int, v reg.VecVirtual) { VBROADCASTSS(a.at(i), v) })
	bs := p.lazy(p.vecs, func(j int, v reg.VecVirtual) { p.load(row.Offset(j*p.bytes()), p.maskOf(j), v) })
	quads := p.quadStep(as, row.Offset(p.vecs*p.bytes()), quad)
	add := func(i, j int) {
		VFMADD231PS(bs(j), as(i), acc[i][j])
		if j == 0 && p.quad {
			quads(i, i == len(acc)-1)
		}
	}
	if len(acc) >= p.vecs { // keep the smaller of the two sides in registers
		for i := range acc {
			for j := range p.vecs {
				add(i, j)
			}
		}
		return
	}
	for j := range p.vecs {
		for i := range acc {
			add(i, j)
		}
	}
}

// quadStep does the same for the columns in quads, a row at a time.
func (p *panel) quadStep(as func(int) reg.VecVirtual, row Mem, quad []reg.VecVirtual) func(i int, last bool) {
	b := p.lazy(1, func(_ int, v reg.VecVirtual) { VBROADCASTF32X4(row, v) })
	a := p.lazy(len(quad), func(q int, v reg.VecVirtual) { VMOVAPS(as(4*q), v) })
	return func(i int, last bool) {
		q := i / 4
		if i%4 == 0 {
			a(q)
		} else {
			VMOVAPS(as(i), p.quads[i%4], a(q))
		}
		if i%4 == 3 || last {
			VFMADD231PS(b(0), a(q), quad[q])
		}
	}
}

// lazy returns a function that loads register i of n when first asked for it.
func (s isa) lazy(n int, load func(i int, v reg.VecVirtual)) func(i int) reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	return func(i int) reg.VecVirtual {
		if v[i] == nil {
			v[i] = s.vec()
			load(i, v[i])
		}
		return v[i]
	}
}
