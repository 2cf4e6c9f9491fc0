package nn

import (
	"math/rand/v2"

	"deckgen/experiments/f32"
)

// Affine is y = x·W + b.
type Affine struct {
	W, B *Param // in×out, out

	x, y, dx Matrix // batch×in, batch×out, batch×in
	w, dw    Matrix // views of W: in×out
}

// NewAffine is a layer with weights from init and biases of zero.
func NewAffine(in, out int, init Init, r *rand.Rand) *Affine {
	l := &Affine{W: NewParam(in * out), B: NewParam(out)}
	l.W.Decays = true
	std := init(in)
	for i := range l.W.W {
		l.W.W[i] = float32(std * f32.Normal(r))
	}
	l.w = Matrix{Rows: in, Cols: out, Data: l.W.W}
	l.dw = Matrix{Rows: in, Cols: out, Data: l.W.Grad}
	return l
}

// Params are W and b.
func (l *Affine) Params() []*Param { return []*Param{l.W, l.B} }

// Forward: y = x·W + b.
func (l *Affine) Forward(x *Matrix, train bool) *Matrix {
	l.x = *x
	y := l.y.Resize(x.Rows, l.w.Cols)
	f32.MulAddRow(y, x, &l.w, l.B.W)
	return y
}

// Backward: ∂L/∂W = xᵀ·∂L/∂y, ∂L/∂b = the sum of ∂L/∂y over the batch, ∂L/∂x = ∂L/∂y·Wᵀ. Sparse input is data, whose
// gradient nobody needs: then it returns nil.
func (l *Affine) Backward(dy *Matrix) *Matrix {
	f32.MulTA(&l.dw, &l.x, dy)
	f32.SumRows(l.B.Grad, dy)
	if l.x.NZ != nil {
		return nil
	}
	dx := l.dx.Resize(dy.Rows, l.w.Rows)
	f32.MulTB(dx, dy, &l.w)
	return dx
}
