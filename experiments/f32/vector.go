package f32

// The functions here work element by element on slices that are at least as
// long as the first, which may be one of the others.

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

// AtLeast sets dst[i] to 1 if the i-th number of 16 bits in bits is at least
// low, else to 0. The lowest 16 bits of bits[0] are the first number.
func AtLeast(dst []float32, bits []uint64, low float32) {
	bits = bits[:(len(dst)+3)/4]
	done := 0
	if wide != nil {
		done = len(dst) / wide.lanes * wide.lanes
		wide.atLeast(dst[:done], bits, low)
	}
	for i := done; i < len(dst); i++ {
		dst[i] = 0
		if float32(uint16(bits[i/4]>>(i%4*16))) >= low {
			dst[i] = 1
		}
	}
}
