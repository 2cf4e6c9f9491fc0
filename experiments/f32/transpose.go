package f32

// transpose writes Mᵀ to dst, row by row.
func transpose(dst []float32, m *Matrix) {
	done := 0 // rows that are transposed, but for the columns from full on
	full := m.Cols &^ 3
	if wide != nil && m.Rows >= 8 && full > 0 {
		done = m.Rows &^ 7
		wide.transpose(&dst[0], &m.Data[0], done, full, m.Rows, m.Cols)
	}
	for i := range m.Rows {
		row, first := m.Row(i), 0
		if i < done {
			first = full
		}
		for j := first; j < m.Cols; j++ {
			dst[j*m.Rows+i] = row[j]
		}
	}
}
