package nn

import "math"

// Init gives the standard deviation of the initial weights of a layer with n inputs.
type Init func(n int) float32

// Std is the same standard deviation for every layer.
func Std(s float32) Init { return func(int) float32 { return s } }

// Xavier is 1/√n, which keeps the variance of the signal from layer to layer where the activation is close to the
// identity (Glorot and Bengio 2010, with the number of inputs alone).
func Xavier(n int) float32 {
	return float32(math.Sqrt(1 / float64(n)))
}

// He is √(2/n): twice the variance of Xavier, as ReLU lets half of the signal through (He et al. 2015).
func He(n int) float32 {
	return float32(math.Sqrt(2 / float64(n)))
}
