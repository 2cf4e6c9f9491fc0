package f32

import (
	"fmt"
	"os"
	"strings"
)

// kernels are the fast forms for one instruction set. Each does, bit for bit,
// what the loop beside its only use does.
type kernels struct {
	name        string
	lanes       int                    // float32 in a vector register
	tiles       []productKernel        // for panels of 1, 2, … vectors
	quads       bool                   // the last tile is for just four columns more than that before it
	mulSparse   []mulKernel            // the widest first, down to a vector
	mulTASparse []mulTAKernel          // of the same widths
	prefetch    func(a *row, rows int) // has the cache fetch their elements

	copyRows, transpose      func(dst, src *float32, rows, cols, ldd, lds int)
	mul2                     func(dst, a, b []float32)
	scale, addScaled         func(dst, x []float32, a float32)
	relu, exp, tanh, sigmoid func(dst, x []float32)
	atLeast                  func(dst []float32, bits []uint64, low float32)
	reluGrad                 func(dx, x, dy []float32)
	sumRows                  func(dst, m *float32, rows, cols int)
	sumProducts, sumSquares  func(dst, a, b *float32, rows, cols int)
	standardize, scaleShift  func(y, x, a, b *float32, rows, cols int)
	standardizeGrad          func(dx, dy, xhat, a, b, scale *float32, rows, cols int)
	sgd                      func(w, grad []float32, lr float32)
	momentum                 func(w, v, grad []float32, lr, alpha float32)
	adaGrad                  func(w, h, grad []float32, lr, eps float32)
	adam                     func(w, m, v, grad []float32, lr, rest1, rest2, eps float32)
	peak                     func(n int) // n·peakChains fused multiply-adds of vectors, and nothing else
}

const peakChains = 12

// simd is the instruction set in use; nil for plain Go. wide is the same if it
// has kernels for more than products.
var simd, wide *kernels

const plain = "plain"

func init() {
	name := os.Getenv("DECKGEN_SIMD")
	if name == "" {
		name = Available()[0]
	}
	if err := Use(name); err != nil {
		fmt.Fprintln(os.Stderr, "DECKGEN_SIMD:", err)
		os.Exit(2)
	}
}

// Available lists the instruction sets that Use takes on this machine, the
// fastest first.
func Available() []string {
	var names []string
	for _, k := range sets() {
		names = append(names, k.name)
	}
	return append(names, plain)
}

// Using returns the name of the instruction set in use.
func Using() string {
	if simd == nil {
		return plain
	}
	return simd.name
}

// Use switches to an instruction set. Nothing else of the package may run
// meanwhile. The environment variable DECKGEN_SIMD does the same at the start.
func Use(name string) error {
	if name == plain {
		simd, wide = nil, nil
		return nil
	}
	for _, k := range sets() {
		if k.name == name {
			simd, wide = k, k
			if k.exp == nil {
				wide = nil
			}
			return nil
		}
	}
	return fmt.Errorf("f32: there is no instruction set %q here, only %s",
		name, strings.Join(Available(), ", "))
}
