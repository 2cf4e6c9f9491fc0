package f32

import (
	"math"
	"math/rand/v2"
	"testing"
)

// every calls f with every step-th float32, infinities and a NaN among them.
func every(step uint64, f func(x float32)) {
	for b := uint64(0); b < 1<<32; b += step {
		f(math.Float32frombits(uint32(b)))
	}
	for _, b := range []uint32{0, 1, 0x7f7fffff, 0x7f800000, 0x7fc00000} {
		f(math.Float32frombits(b))
		f(math.Float32frombits(b | 1<<31))
	}
}

// ulps returns how far got is from want, in units of the last place of a
// float32 as large as want.
func ulps(got float32, want float64) float64 {
	if w := float32(want); same(got, w) || got == w {
		return 0
	}
	_, e := math.Frexp(want)
	return math.Abs(float64(got)-want) / math.Ldexp(1, max(e-24, -149))
}

func TestFunctionsAreAccurate(t *testing.T) {
	step := uint64(997)
	if testing.Short() {
		step *= 5
	}
	for _, c := range []struct {
		name  string
		f     func(float32) float32
		exact func(float64) float64
		ulps  float64
	}{
		{"Exp1", Exp1, math.Exp, 2},
		{"Log1", Log1, math.Log, 2},
		{"Tanh1", Tanh1, math.Tanh, 2},
		{"Sigmoid1", Sigmoid1, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			var worst, at = 0.0, float32(0)
			every(step, func(x float32) {
				if u := ulps(c.f(x), c.exact(float64(x))); !(u <= worst) {
					worst, at = u, x
				}
			})
			t.Logf("worst: %.3f ulp at %x", worst, at)
			if !(worst <= c.ulps) {
				t.Errorf("%s(%x) = %x, want %x", c.name, at, c.f(at), c.exact(float64(at)))
			}
		})
	}
}

func TestTanhAndSigmoidKeepSigns(t *testing.T) {
	negZero := float32(math.Copysign(0, -1))
	if got := Tanh1(negZero); !same(got, negZero) {
		t.Errorf("Tanh1(-0) = %v", got)
	}
	if got := Sigmoid1(-100); got <= 0 {
		t.Errorf("Sigmoid1(-100) = %v, want a denormal", got)
	}
}

func TestNormalHasItsMoments(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const n = 200_000
	var sum, squares, fourth float64
	for range n {
		x := float64(Normal(r))
		sum += x
		squares += x * x
		fourth += x * x * x * x
	}
	if m, v, k := sum/n, squares/n, fourth/n; math.Abs(m) > 0.01 || math.Abs(v-1) > 0.02 || math.Abs(k-3) > 0.1 {
		t.Errorf("mean %v, variance %v, fourth moment %v; want 0, 1, 3", m, v, k)
	}
}
