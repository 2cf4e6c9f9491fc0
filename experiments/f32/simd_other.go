//go:build !amd64 && !arm64

package f32

// sets lists the instruction sets of this machine that have kernels.
func sets() []*kernels { return nil }
