package f32

// transpose writes Mᵀ to dst, row by row.
func transpose(dst []float32, m *Matrix) {
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			dst[j*m.Rows+i] = v
		}
	}
}
