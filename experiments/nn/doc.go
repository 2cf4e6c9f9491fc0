// Package nn is the neural network that the lecture teaches: layers with their forward and backward passes side by
// side, initial weights, the loss, and the optimizers. It is written to be read on a slide.
//
// A batch is a matrix with a sample in each row; the comments give shapes as rows×columns. A layer keeps what its
// backward pass needs and owns the matrices that it returns: they are valid until the next call.
//
// Numbers are float32. The arithmetic is fixed (see package f32), so that a training gives the same bits on every
// machine; the speed comes from the kernels in f32, not from here.
package nn
