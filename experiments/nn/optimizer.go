package nn

import (
	"math"

	"deckgen/experiments/f32"
)

// An Optimizer moves a parameter by its gradient. Step computes the loop that it ends in: on a processor with vector
// units, f32 computes the same loop, to the same bits, many weights at a time.
type Optimizer interface {
	Step(p *Param)
}

// eps keeps the steps of AdaGrad and Adam finite: it is added to the root that they divide by.
const eps = 1e-7

// SGD is stochastic gradient descent: W ← W − η ∂L/∂W.
type SGD struct {
	LR float32 `json:"lr"` // η, the learning rate
}

// Step moves W against its gradient.
func (o *SGD) Step(p *Param) {
	if f32.SGDStep(p.W, p.Grad, o.LR) {
		return
	}
	for i, g := range p.Grad {
		p.W[i] -= float32(o.LR * g)
	}
}

// Momentum keeps a velocity v that the gradient accelerates and α slows down: v ← αv − η ∂L/∂W, W ← W + v.
type Momentum struct {
	LR    float32 `json:"lr"`    // η
	Alpha float32 `json:"alpha"` // α, the share of the velocity that stays
}

// Step moves W by the velocity.
func (o *Momentum) Step(p *Param) {
	v := p.Memory(0)
	if f32.MomentumStep(p.W, v, p.Grad, o.LR, o.Alpha) {
		return
	}
	for i, g := range p.Grad {
		v[i] = float32(o.Alpha*v[i]) - float32(o.LR*g)
		p.W[i] += v[i]
	}
}

// AdaGrad divides the learning rate of each weight by the root of the sum of its squared gradients:
// h ← h + (∂L/∂W)², W ← W − η/(√h + ε) ∂L/∂W (Duchi et al. 2011).
type AdaGrad struct {
	LR float32 `json:"lr"` // η
}

// Step moves W, less and less.
func (o *AdaGrad) Step(p *Param) {
	h := p.Memory(0)
	if f32.AdaGradStep(p.W, h, p.Grad, o.LR, eps) {
		return
	}
	for i, g := range p.Grad {
		h[i] += float32(g * g)
		p.W[i] -= float32(o.LR*g) / (sqrt(h[i]) + eps)
	}
}

// Adam follows the running mean m of the gradients, divided by the root of the running mean v of their squares, both
// corrected for having started at zero (Kingma and Ba 2015).
type Adam struct {
	LR    float32 `json:"lr"`    // η
	Beta1 float32 `json:"beta1"` // β₁, the share of m that stays
	Beta2 float32 `json:"beta2"` // β₂, the share of v that stays
}

// Step moves W by η m̂/(√v̂ + ε), with the corrections of m̂ and v̂ taken into η.
func (o *Adam) Step(p *Param) {
	m, v := p.Memory(0), p.Memory(1)
	lr := o.LR * correction(o.Beta1, o.Beta2, p.Steps)
	if f32.AdamStep(p.W, m, v, p.Grad, lr, o.Beta1, o.Beta2, eps) {
		return
	}
	for i, g := range p.Grad {
		m[i] += float32((1 - o.Beta1) * (g - m[i]))
		v[i] += float32((1 - o.Beta2) * (float32(g*g) - v[i]))
		p.W[i] -= float32(lr*m[i]) / (sqrt(v[i]) + eps)
	}
}

// correction is √(1 − β₂ᵗ)/(1 − β₁ᵗ).
func correction(beta1, beta2 float32, t int) float32 {
	return float32(math.Sqrt(1-power(float64(beta2), t)) / (1 - power(float64(beta1), t)))
}

// power is xⁿ by squaring: multiplications alone, each rounded, so that it is the same on every processor.
func power(x float64, n int) float64 {
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			y = float64(y * x)
		}
		x = float64(x * x)
	}
	return y
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
