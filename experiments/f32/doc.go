// Package f32 is float32 arithmetic that gives the same bits on every machine
// and is as fast as the machine allows.
//
// The arithmetic is fixed:
//
//   - Each element of a matrix product is one chain of fused multiply-adds in
//     increasing k, starting from a given row, or from +0.
//   - A sparse A leaves the terms of its zeros out of the chain. As long as B is
//     finite that changes no bit, except that a term of zero turns a -0 that
//     underflow has left into +0.
//   - Every other sum is taken in the order that its comment gives.
//   - Exp1, Log1, Tanh1 and Sigmoid1 are polynomials with fixed rounding.
//   - Products are rounded by an explicit conversion unless a comment says
//     that they are fused, so that no compiler fuses them on its own.
//   - A NaN is a NaN; which one is not defined.
//
// Vector instructions, blocking and the order of loops may change the speed
// but not a bit. The loop beside each kernel says what it computes, and runs
// where the machine has no vector unit that is known here.
package f32
