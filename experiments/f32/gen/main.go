// Command gen writes the vector kernels of package f32, kernels_amd64.s, and
// their declarations, kernels_amd64.go. Run it by `go generate` in f32.
package main

import "github.com/mmcloughlin/avo/build"

func main() {
	build.ConstraintExpr("amd64")
	for _, set := range []isa{avx512, avx2} {
		functions(set)
		atLeast(set)
		steps(set)
		byRows(set)
		copyRows(set)
		peak(set)
		for _, t := range set.tiles {
			product(set, t)
		}
		for _, vecs := range set.sparse {
			sparse(set, vecs)
		}
	}
	transpose()
	prefetch()
	build.Generate()
}
