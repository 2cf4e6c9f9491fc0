package nn

import (
	"math"
	"math/rand/v2"
	"slices"

	"deckgen/experiments/f32"
)

// Dropout leaves out each unit with probability Ratio in a step of training. Inference uses all of them, scaled by
// 1 − Ratio so that the next layer receives as much as it is used to (Srivastava et al. 2014).
type Dropout struct {
	Ratio float32
	Rand  rand.Source

	mask, y, dx Matrix // batch×units; the mask is 1 for a unit that stays, 0 for one left out
	bits        []uint64
}

// Params is empty.
func (l *Dropout) Params() []*Param { return nil }

// Forward: y = x·mask in training, y = (1 − Ratio)·x otherwise.
func (l *Dropout) Forward(x *Matrix, train bool) *Matrix {
	y := l.y.Resize(x.Rows, x.Cols)
	if !train {
		f32.Scale(y.Data, 1-l.Ratio, x.Data)
		return y
	}
	l.draw(l.mask.Resize(x.Rows, x.Cols).Data)
	f32.MulElem(y.Data, x.Data, l.mask.Data)
	return y
}

// Backward: ∂L/∂x = ∂L/∂y·mask.
func (l *Dropout) Backward(dy *Matrix) *Matrix {
	dx := l.dx.Resize(dy.Rows, dy.Cols)
	f32.MulElem(dx.Data, dy.Data, l.mask.Data)
	return dx
}

// draw sets each element of the mask to 0 with probability Ratio (to within 2⁻¹⁶), else to 1. One random number of 64
// bits serves four elements.
func (l *Dropout) draw(mask []float32) {
	words := (len(mask) + 3) / 4
	l.bits = slices.Grow(l.bits[:0], words)[:words]
	for i := range l.bits {
		l.bits[i] = l.Rand.Uint64()
	}
	f32.AtLeast(mask, l.bits, float32(math.Floor(float64(l.Ratio*(1<<16))+0.5)))
}
