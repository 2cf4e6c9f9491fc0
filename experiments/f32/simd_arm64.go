package f32

// sets lists the instruction sets of this machine that have kernels: every
// arm64 has NEON.
func sets() []*kernels { return []*kernels{&neon} }

// neon has the products alone. A vector times a number is a product of one row
// and a depth of one.
var neon = kernels{
	name:  "neon",
	lanes: 4,
	tiles: []productKernel{productNEON, productNEON, productNEON, productNEON},
	addScaled: func(dst, x []float32, a float32) {
		if n := len(dst); n > 0 {
			productNEON(&dst[0], &a, &x[0], 1, 1, n, n, n, 1, 1)
		}
	},
}

//go:noescape
func productNEON(c, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int)
