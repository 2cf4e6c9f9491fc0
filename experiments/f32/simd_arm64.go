package f32

import "unsafe"

// sets lists the instruction sets of this machine that have kernels: every
// arm64 has NEON.
func sets() []*kernels { return []*kernels{&neon} }

// neon has the products alone. A vector times a number is a product of one row
// and a depth of one.
var neon = kernels{
	name:  "neon",
	lanes: 4,
	tiles: []productKernel{startNEON, startNEON, startNEON, startNEON},
	addScaled: func(dst, x []float32, a float32) {
		if n := len(dst); n > 0 {
			productNEON(&dst[0], &a, &x[0], 1, 1, n, n, n, 1, 1)
		}
	},
}

// startNEON is a productKernel. It puts the start into C, from where the
// assembly goes on.
func startNEON(c, start, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int) {
	if start != nil {
		panel := unsafe.Slice(c, (rows-1)*ldc+cols)
		for i := range rows {
			copy(panel[i*ldc:], unsafe.Slice(start, cols))
		}
	}
	productNEON(c, a, b, rows, depth, cols, ldc, ldb, arow, acol)
}

//go:noescape
func productNEON(c, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int)
