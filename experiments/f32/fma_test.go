package f32

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactFMA computes a*b + c without rounding, then rounds once.
func exactFMA(a, b, c float32) float32 {
	big1 := func(x float32) *big.Float { return new(big.Float).SetPrec(2000).SetFloat64(float64(x)) }
	sum := big1(a)
	sum.Mul(sum, big1(b))
	sum.Add(sum, big1(c))
	f, _ := sum.Float32()
	return f
}

func TestFMARoundsOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300_000 {
		a, b, c := hardOperands(r)
		got, want := fma(a, b, c), exactFMA(a, b, c)
		if got != want {
			t.Fatalf("fma(%x, %x, %x) = %x, want %x", a, b, c, got, want)
		}
	}
}

// hardOperands returns operands whose sum is often near the middle between
// two float32, or near the denormals, or cancels.
func hardOperands(r *rand.Rand) (a, b, c float32) {
	a, b = anyFinite(r), anyFinite(r)
	switch r.IntN(4) {
	case 0:
		return a, b, anyFinite(r)
	case 1: // c near -a*b
		p := float64(a) * float64(b)
		return a, b, float32(-p * (1 + float64(r.IntN(5)-2)*0x1p-24))
	case 2: // the product is a little more or less than half an ulp of c
		c = float32(r.IntN(1<<24)+1<<23) * 0x1p-10
		e := math.Nextafter32(c, math.MaxFloat32) - c
		k := float32(r.IntN(9)-4) * 0x1p-22
		return float32(e/2) * (1 + k), 1 + float32(r.IntN(9)-4)*0x1p-23, c
	default: // few bits, denormal sums
		s := float32(math.Ldexp(1, -75-r.IntN(2)))
		return float32(r.IntN(64)-32) * s, float32(r.IntN(64)-32) * s, float32(r.IntN(9)-4) * math.SmallestNonzeroFloat32
	}
}

func anyFinite(r *rand.Rand) float32 {
	for {
		if f := math.Float32frombits(r.Uint32()); f-f == 0 {
			return f
		}
	}
}

func TestFMASpecialValues(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	zero := float32(0)
	for _, c := range []struct{ a, b, c, want float32 }{
		{inf, 1, 0, inf}, {inf, 0, 0, nan}, {inf, 1, -inf, nan}, {1, 1, inf, inf},
		{nan, 1, 1, nan}, {1, nan, 1, nan}, {1, 1, nan, nan}, {math.MaxFloat32, 2, 0, inf},
		{math.MaxFloat32, 2, -math.MaxFloat32, math.MaxFloat32},
		{-zero, 1, -zero, -zero}, {-zero, 1, zero, zero}, {0, 1, -zero, zero}, {1e-30, -1e-30, 0, float32(math.Copysign(0, -1))},
	} {
		if got := fma(c.a, c.b, c.c); !same(got, c.want) {
			t.Errorf("fma(%v, %v, %v) = %v, want %v", c.a, c.b, c.c, got, c.want)
		}
	}
}

// same tells whether two numbers are the same bits, or both NaN.
func same(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}
