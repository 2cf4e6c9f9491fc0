package f32

// The functions here work on matrices whose rows are samples and whose columns
// are units, with vectors that hold a number for each unit. Matrices of one
// call are of the same size; the result may be one of the others.

// SumRows sets dst to the sum of m's rows, added in their order to zero.
func SumRows(dst []float32, m *Matrix) {
	if wide != nil && len(m.Data) > 0 {
		sizes(m, nil, nil, dst)
		wide.sumRows(&dst[0], &m.Data[0], m.Rows, m.Cols)
		return
	}
	clear(dst)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			dst[j] += v
		}
	}
}

// SumProducts sets dst[j] to the sum over i of a[i,j]·b[i,j].
func SumProducts(dst []float32, a, b *Matrix) {
	if wide != nil && len(a.Data) > 0 {
		sizes(a, b, nil, dst)
		wide.sumProducts(&dst[0], &a.Data[0], &b.Data[0], a.Rows, a.Cols)
		return
	}
	clear(dst)
	for i := range a.Rows {
		for j, v := range a.Row(i) {
			dst[j] += float32(v * b.Row(i)[j])
		}
	}
}

// SumSquares sets dst[j] to the sum over i of (m[i,j] - mean[j])².
func SumSquares(dst []float32, m *Matrix, mean []float32) {
	if wide != nil && len(m.Data) > 0 {
		sizes(m, nil, nil, dst, mean)
		wide.sumSquares(&dst[0], &m.Data[0], &mean[0], m.Rows, m.Cols)
		return
	}
	clear(dst)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			d := v - mean[j]
			dst[j] += float32(d * d)
		}
	}
}

// Standardize sets xhat[i,j] = (x[i,j] - mean[j]) * invd[j].
func Standardize(xhat, x *Matrix, mean, invd []float32) {
	if wide != nil && len(x.Data) > 0 {
		sizes(x, xhat, nil, mean, invd)
		wide.standardize(&xhat.Data[0], &x.Data[0], &mean[0], &invd[0], x.Rows, x.Cols)
		return
	}
	for i := range x.Rows {
		out := xhat.Row(i)
		for j, v := range x.Row(i) {
			out[j] = (v - mean[j]) * invd[j]
		}
	}
}

// StandardizeGrad sets dx[i,j] = (dy[i,j] - (a[j] + xhat[i,j]·b[j])) * scale[j].
func StandardizeGrad(dx, dy, xhat *Matrix, a, b, scale []float32) {
	if wide != nil && len(dy.Data) > 0 {
		sizes(dy, dx, xhat, a, b, scale)
		wide.standardizeGrad(&dx.Data[0], &dy.Data[0], &xhat.Data[0], &a[0], &b[0], &scale[0], dy.Rows, dy.Cols)
		return
	}
	for i := range dy.Rows {
		out, d := dx.Row(i), dy.Row(i)
		for j, v := range xhat.Row(i) {
			mean := float32(v*b[j]) + a[j]
			out[j] = (d[j] - mean) * scale[j]
		}
	}
}

// ScaleShift sets y[i,j] = gamma[j]·x[i,j] + beta[j], rounded once.
func ScaleShift(y, x *Matrix, gamma, beta []float32) {
	if wide != nil && len(x.Data) > 0 {
		sizes(x, y, nil, gamma, beta)
		wide.scaleShift(&y.Data[0], &x.Data[0], &gamma[0], &beta[0], x.Rows, x.Cols)
		return
	}
	for i := range x.Rows {
		out := y.Row(i)
		for j, v := range x.Row(i) {
			out[j] = fma(gamma[j], v, beta[j])
		}
	}
}

// sizes panics unless the matrices are of the size of m and the vectors have a
// number for each of its columns: kernels do not look at bounds.
func sizes(m, a, b *Matrix, vectors ...[]float32) {
	fits := m.whole()
	for _, other := range []*Matrix{a, b} {
		fits = fits && (other == nil || other.Rows == m.Rows && other.Cols == m.Cols && other.whole())
	}
	for _, v := range vectors {
		fits = fits && len(v) == m.Cols
	}
	if !fits {
		panic("f32: the matrices or vectors of a call differ in size")
	}
}
