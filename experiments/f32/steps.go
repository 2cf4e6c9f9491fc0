package f32

// The functions here are one optimizer step each, in one pass over the
// parameters. They return false, having done nothing, where no vector unit is
// in use: the caller's own loop, given with each, is the definition.

// SGDStep does
//
//	w[i] -= float32(lr * grad[i])
func SGDStep(w, grad []float32, lr float32) bool {
	if wide != nil {
		wide.sgd(w, grad[:len(w)], lr)
	}
	return wide != nil
}

// MomentumStep does
//
//	v[i] = float32(alpha*v[i]) - float32(lr*grad[i])
//	w[i] += v[i]
func MomentumStep(w, v, grad []float32, lr, alpha float32) bool {
	if wide != nil {
		wide.momentum(w, v[:len(w)], grad[:len(w)], lr, alpha)
	}
	return wide != nil
}

// AdaGradStep does
//
//	h[i] += float32(grad[i] * grad[i])
//	w[i] -= float32(lr*grad[i]) / (sqrt(h[i]) + eps)
func AdaGradStep(w, h, grad []float32, lr, eps float32) bool {
	if wide != nil {
		wide.adaGrad(w, h[:len(w)], grad[:len(w)], lr, eps)
	}
	return wide != nil
}

// AdamStep does, with lr already corrected for the bias of the first steps,
//
//	g := grad[i]
//	m[i] += float32((1 - beta1) * (g - m[i]))
//	v[i] += float32((1 - beta2) * (float32(g*g) - v[i]))
//	w[i] -= float32(lr*m[i]) / (sqrt(v[i]) + eps)
func AdamStep(w, m, v, grad []float32, lr, beta1, beta2, eps float32) bool {
	if wide != nil {
		wide.adam(w, m[:len(w)], v[:len(w)], grad[:len(w)], lr, 1-beta1, 1-beta2, eps)
	}
	return wide != nil
}
