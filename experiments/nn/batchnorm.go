package nn

import "deckgen/experiments/f32"

// BatchNorm brings each unit to mean 0 and variance 1 over the batch, then scales by γ and shifts by β, which are
// learnt (Ioffe and Szegedy 2015). For inference it uses running means of what the batches had.
type BatchNorm struct {
	Gamma, Beta     *Param    // one for each unit
	RunMean, RunVar []float32 // for inference

	xhat, y, dx          Matrix    // batch×units
	mean, variance, invd []float32 // of the batch; 1/√(σ² + ε)
	a, b                 []float32
}

const (
	bnEps      = 1e-6 // ε
	bnMomentum = 0.9  // share of the old running mean that stays
)

// NewBatchNorm is a layer for n units with γ = 1 and β = 0.
func NewBatchNorm(n int) *BatchNorm {
	l := &BatchNorm{Gamma: NewParam(n), Beta: NewParam(n)}
	for _, v := range []*[]float32{&l.RunMean, &l.RunVar, &l.mean, &l.variance, &l.invd, &l.a, &l.b} {
		*v = make([]float32, n)
	}
	for j := range n {
		l.Gamma.W[j], l.RunVar[j] = 1, 1
	}
	return l
}

// Params are γ and β.
func (l *BatchNorm) Params() []*Param { return []*Param{l.Gamma, l.Beta} }

// Forward: x̂ = (x − μ)/√(σ² + ε), y = γ·x̂ + β.
func (l *BatchNorm) Forward(x *Matrix, train bool) *Matrix {
	mean, variance := l.moments(x, train)
	invSqrt(l.invd, variance)
	xhat := l.xhat.Resize(x.Rows, x.Cols)
	f32.Standardize(xhat, x, mean, l.invd) // (x−μ)/√(σ²+ε)
	y := l.y.Resize(x.Rows, x.Cols)
	f32.ScaleShift(y, xhat, l.Gamma.W, l.Beta.W) // γ·x̂ + β
	return y
}

// Backward: with m samples, ∂L/∂β = Σ ∂L/∂y, ∂L/∂γ = Σ ∂L/∂y·x̂ and
// ∂L/∂x = γ/√(σ² + ε) · (∂L/∂y − (∂L/∂β + x̂·∂L/∂γ)/m).
func (l *BatchNorm) Backward(dy *Matrix) *Matrix {
	dx := l.dx.Resize(dy.Rows, dy.Cols)
	f32.SumRows(l.Beta.Grad, dy)
	f32.SumProducts(l.Gamma.Grad, dy, &l.xhat)
	dbeta, dgamma := scaled(l.a, l.Beta.Grad, dy.Rows), scaled(l.b, l.Gamma.Grad, dy.Rows)
	f32.MulElem(l.invd, l.invd, l.Gamma.W)
	f32.StandardizeGrad(dx, dy, &l.xhat, dbeta, dgamma, l.invd)
	return dx
}

// moments are the mean μ and the variance σ² of each unit: in training those of the batch, towards which the running
// ones move; the running ones otherwise.
func (l *BatchNorm) moments(x *Matrix, train bool) (mean, variance []float32) {
	if !train {
		return l.RunMean, l.RunVar
	}
	f32.SumRows(l.a, x)
	mean = scaled(l.mean, l.a, x.Rows)
	f32.SumSquares(l.a, x, mean)
	variance = scaled(l.variance, l.a, x.Rows)
	for j := range mean {
		l.RunMean[j] = float32(bnMomentum*l.RunMean[j]) + float32((1-bnMomentum)*mean[j])
		l.RunVar[j] = float32(bnMomentum*l.RunVar[j]) + float32((1-bnMomentum)*variance[j])
	}
	return mean, variance
}

// scaled is sum/m, element by element.
func scaled(dst, sum []float32, m int) []float32 {
	for j, s := range sum {
		dst[j] = s / float32(m)
	}
	return dst
}

// invSqrt is 1/√(σ² + ε), element by element.
func invSqrt(dst, variance []float32) {
	for j, v := range variance {
		dst[j] = 1 / sqrt(v+bnEps)
	}
}
