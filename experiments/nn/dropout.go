package nn

import (
	"math"
	"math/rand/v2"

	"deckgen/experiments/f32"
)

// Dropout leaves out each unit with probability Ratio in a step of training. Inference uses all of them, scaled by
// 1 − Ratio so that the next layer receives as much as it is used to (Srivastava et al. 2014).
type Dropout struct {
	Ratio float32
	Rand  *rand.Rand

	mask, y, dx Matrix // batch×units; the mask is 1 for a unit that stays, 0 for one left out
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
// bits serves four elements. There is no branch, which the processor could only guess.
func (l *Dropout) draw(mask []float32) {
	const one = 0x3f800000 // the bits of 1
	threshold := int64(float32(l.Ratio*(1<<16)) + 0.5)
	var bits uint64
	for i := range mask {
		if i%4 == 0 {
			bits = l.Rand.Uint64()
		}
		out := uint32((int64(bits&0xffff) - threshold) >> 63) // all ones if it is left out
		mask[i] = math.Float32frombits(one &^ out)
		bits >>= 16
	}
}
