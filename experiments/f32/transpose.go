package f32

// transpose sets dst[j*ldd+i] = src[i*lds+j] for rows of cols elements each.
func transpose(dst []float32, ldd int, src []float32, lds, rows, cols int) {
	done := 0 // rows that are transposed, but for the columns from full on
	full := cols &^ 3
	if wide != nil && rows >= 8 && full > 0 {
		done = rows &^ 7
		wide.transpose(&dst[0], &src[0], done, full, ldd, lds)
	}
	for i := range rows {
		first := 0
		if i < done {
			first = full
		}
		for j := first; j < cols; j++ {
			dst[j*ldd+i] = src[i*lds+j]
		}
	}
}
