package f32

// The functions here work element by element on slices that are at least as
// long as the first, which may be one of the others.

// Add sets dst[i] = a[i] + b[i].
func Add(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if wide != nil {
		wide.add(dst, a, b)
		return
	}
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

// Sub sets dst[i] = a[i] - b[i].
func Sub(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if wide != nil {
		wide.sub(dst, a, b)
		return
	}
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

// MulElem sets dst[i] = a[i] * b[i].
func MulElem(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if wide != nil {
		wide.mul2(dst, a, b)
		return
	}
	for i := range dst {
		dst[i] = float32(a[i] * b[i])
	}
}

// MulAddElem sets dst[i] = a[i]*b[i] + c[i], rounded once.
func MulAddElem(dst, a, b, c []float32) {
	a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
	if wide != nil {
		wide.mulAdd2(dst, a, b, c)
		return
	}
	for i := range dst {
		dst[i] = fma(a[i], b[i], c[i])
	}
}

// Scale sets dst[i] = a * x[i].
func Scale(dst []float32, a float32, x []float32) {
	x = x[:len(dst)]
	if wide != nil {
		wide.scale(dst, x, a)
		return
	}
	for i := range dst {
		dst[i] = float32(a * x[i])
	}
}

// AddScaled sets dst[i] = a*x[i] + dst[i], rounded once.
func AddScaled(dst []float32, a float32, x []float32) {
	addScaled(dst, a, x)
}

// ReLU sets dst[i] to x[i], or to 0 where x[i] < 0.
func ReLU(dst, x []float32) {
	x = x[:len(dst)]
	if wide != nil {
		wide.relu(dst, x)
		return
	}
	for i := range dst {
		v := x[i]
		if v < 0 {
			v = 0
		}
		dst[i] = v
	}
}

// ReLUGrad sets dx[i] to dy[i] where x[i] > 0, and to 0 elsewhere. x may be
// ReLU's input or its output.
func ReLUGrad(dx, x, dy []float32) {
	x, dy = x[:len(dx)], dy[:len(dx)]
	if wide != nil {
		wide.reluGrad(dx, x, dy)
		return
	}
	for i := range dx {
		var v float32
		if x[i] > 0 {
			v = dy[i]
		}
		dx[i] = v
	}
}

// Exp sets dst[i] = Exp1(x[i]).
func Exp(dst, x []float32) {
	x = x[:len(dst)]
	if wide != nil {
		wide.exp(dst, x)
		return
	}
	for i := range dst {
		dst[i] = Exp1(x[i])
	}
}

// Tanh sets dst[i] = Tanh1(x[i]).
func Tanh(dst, x []float32) {
	x = x[:len(dst)]
	if wide != nil {
		wide.tanh(dst, x)
		return
	}
	for i := range dst {
		dst[i] = Tanh1(x[i])
	}
}

// Sigmoid sets dst[i] = Sigmoid1(x[i]).
func Sigmoid(dst, x []float32) {
	x = x[:len(dst)]
	if wide != nil {
		wide.sigmoid(dst, x)
		return
	}
	for i := range dst {
		dst[i] = Sigmoid1(x[i])
	}
}

// SumRows sets dst to the sum of m's rows, added in their order to zero.
func SumRows(dst []float32, m *Matrix) {
	clear(dst)
	for i := range m.Rows {
		Add(dst, dst, m.Row(i))
	}
}
