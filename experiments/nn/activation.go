package nn

import "deckgen/experiments/f32"

// ReLU is y = max(0, x). It works in place: nobody needs x after y, nor ∂L/∂y after ∂L/∂x.
type ReLU struct {
	y Matrix
}

// Params is empty: an activation has nothing to learn.
func (l *ReLU) Params() []*Param { return nil }

// Forward: y = x where x > 0, else 0.
func (l *ReLU) Forward(x *Matrix, train bool) *Matrix {
	f32.ReLU(x.Data, x.Data)
	l.y = *x
	return x
}

// Backward: ∂L/∂x = ∂L/∂y where y > 0, else 0.
func (l *ReLU) Backward(dy *Matrix) *Matrix {
	f32.ReLUGrad(dy.Data, l.y.Data, dy.Data)
	return dy
}

// Sigmoid is y = 1/(1 + e⁻ˣ).
type Sigmoid struct {
	y, dx Matrix
}

// Params is empty.
func (l *Sigmoid) Params() []*Param { return nil }

// Forward: y = 1/(1 + e⁻ˣ).
func (l *Sigmoid) Forward(x *Matrix, train bool) *Matrix {
	y := l.y.Resize(x.Rows, x.Cols)
	f32.Sigmoid(y.Data, x.Data)
	return y
}

// Backward: ∂L/∂x = ∂L/∂y · y(1 − y).
func (l *Sigmoid) Backward(dy *Matrix) *Matrix {
	dx := l.dx.Resize(dy.Rows, dy.Cols)
	for i, y := range l.y.Data {
		dx.Data[i] = float32(dy.Data[i]*y) * (1 - y)
	}
	return dx
}

// Tanh is y = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ).
type Tanh struct {
	y, dx Matrix
}

// Params is empty.
func (l *Tanh) Params() []*Param { return nil }

// Forward: y = tanh x.
func (l *Tanh) Forward(x *Matrix, train bool) *Matrix {
	y := l.y.Resize(x.Rows, x.Cols)
	f32.Tanh(y.Data, x.Data)
	return y
}

// Backward: ∂L/∂x = ∂L/∂y · (1 − y²).
func (l *Tanh) Backward(dy *Matrix) *Matrix {
	dx := l.dx.Resize(dy.Rows, dy.Cols)
	for i, y := range l.y.Data {
		dx.Data[i] = dy.Data[i] * (1 - float32(y*y))
	}
	return dx
}
