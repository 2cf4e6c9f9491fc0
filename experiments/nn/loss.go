package nn

import "deckgen/experiments/f32"

// SoftmaxCrossEntropy turns scores into probabilities and measures how little of it falls on the right class.
type SoftmaxCrossEntropy struct {
	y, dx  Matrix // batch×classes: probabilities, gradient
	labels []uint8
}

// Forward: y = softmax(x); the loss is the mean of −log y over the right classes.
func (l *SoftmaxCrossEntropy) Forward(x *Matrix, labels []uint8) float64 {
	l.labels = labels
	y := l.y.Resize(x.Rows, x.Cols)
	for i := range x.Rows {
		subtractMax(y.Row(i), x.Row(i)) // the same probabilities, and no overflow
	}
	loss := 0.0
	for i, label := range labels {
		loss -= float64(y.Row(i)[label])
	}
	f32.Exp(y.Data, y.Data)
	for i := range y.Rows {
		sum := normalise(y.Row(i))
		loss += float64(f32.Log1(sum))
	}
	return loss / float64(y.Rows)
}

// Backward: ∂L/∂x = (y − t)/batch, where t is 1 for the right class and 0 for the others.
func (l *SoftmaxCrossEntropy) Backward() *Matrix {
	dx := l.dx.Resize(l.y.Rows, l.y.Cols)
	copy(dx.Data, l.y.Data)
	for i, label := range l.labels {
		dx.Row(i)[label]--
	}
	f32.Scale(dx.Data, 1/float32(dx.Rows), dx.Data)
	return dx
}

func subtractMax(dst, x []float32) {
	top := x[argmax(x)]
	for j, v := range x {
		dst[j] = v - top
	}
}

// normalise divides the row by its sum, which it returns.
func normalise(row []float32) float32 {
	var sum float32
	for _, v := range row {
		sum += v
	}
	for j := range row {
		row[j] /= sum
	}
	return sum
}
