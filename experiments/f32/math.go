package f32

import (
	"math"
	"math/rand/v2"
)

// ln 2 in two parts; a product of the first with a whole number of up to
// nine bits is exact.
const (
	ln2High = 0x1.62ep-1
	ln2Low  = 0x1.0bfbe8e7bcd5e4p-15
)

// expm1 returns n and p with exp(x) = 2ⁿ·(1+p), |p| < 1/2: the Taylor series
// of exp(r)-1 for x = n·ln 2 + r, |r| <= ln 2 / 2, is good to 2⁻²⁶ after r⁷.
// The x of a usable n lie in ±2²².
func expm1(x float32) (n int32, p float32) {
	const round = 3 << 22 // adding it rounds to a whole number
	t := fma(x, 1/math.Ln2, round)
	k := t - round
	r := fma(k, -ln2Low, fma(k, -ln2High, x))
	q := fma(r, 1./5040, 1./720)
	q = fma(q, r, 1./120)
	q = fma(q, r, 1./24)
	q = fma(q, r, 1./6)
	q = fma(q, r, 1./2)
	return int32(math.Float32bits(t)) - 0x4b400000, fma(q, float32(r*r), r)
}

// pow2 returns 2ⁿ, for n from -126 to 127.
func pow2(n int32) float32 {
	return math.Float32frombits(uint32(n+127) << 23)
}

// Exp1 returns eˣ, within 2 ulp.
func Exp1(x float32) float32 {
	const low, high = -104, 89 // exp is 0 below, and infinite above
	if x < low {
		x = low
	}
	if x > high {
		x = high
	}
	n, p := expm1(x)
	half := n >> 1 // 2ⁿ itself may be out of range
	return float32(float32((1+p)*pow2(half)) * pow2(n-half))
}

// Tanh1 returns the hyperbolic tangent of x, within 2 ulp: with
// z = exp(-2|x|) and w = (1-z)/2 it is w + w²/(1-w) for a small x, 1 - z/(1-w)
// for a large one, with the sign of x.
func Tanh1(x float32) float32 {
	const low = -80 // tanh is 1 long before
	y := float32(-2 * abs(x))
	if y < low {
		y = low
	}
	n, p := expm1(y)
	s := pow2(n)
	h := float32(0.5 * s)
	w := fma(-h, p, 0.5-h)
	lost := fma(-h, p, 0.5-h-w) // what rounding took from w
	whole, num := w, fma(w, w, lost)
	if y < -1.25 {
		whole, num = 1, fma(-s, p, -s)
	}
	return copysign(whole+num/(1-w), x)
}

// Sigmoid1 returns 1/(1+exp(-x)), within 3 ulp: with z = exp(-|x|) it is
// z/(1+z) for a negative x, and 1/(1+z) for others.
func Sigmoid1(x float32) float32 {
	z := Exp1(-abs(x))
	num := float32(1)
	if x < 0 {
		num = z
	}
	return num / (1 + z)
}

// Log1 returns the natural logarithm of x, within 2 ulp. For x = 2ⁿ·(1+f),
// with 1+f between √½ and √2, and s = f/(2+f), it is n·ln 2 + log(1+f), and
// log(1+f) = f - f²/2 + s·(f²/2 + 2s²/3 + 2s⁴/5 + …).
func Log1(x float32) float32 {
	switch {
	case x == 0:
		return float32(math.Inf(-1))
	case x < 0:
		return float32(math.NaN())
	case !(x <= math.MaxFloat32):
		return x
	}
	var n float32
	if x < 0x1p-126 {
		x, n = float32(x*0x1p24), -24
	}
	const sqrtHalf = 0x3f3504f3
	bits := math.Float32bits(x) - sqrtHalf
	n += float32(int32(bits) >> 23)
	f := math.Float32frombits(bits&0x7fffff+sqrtHalf) - 1
	s := f / (2 + f)
	z := float32(s * s)
	r := fma(z, 2./9, 2./7)
	r = fma(r, z, 2./5)
	r = fma(r, z, 2./3)
	h := float32(0.5 * float32(f*f))
	tail := fma(s, fma(r, z, h), float32(n*ln2Low))
	return fma(n, ln2High, f-(h-tail))
}

func abs(x float32) float32 {
	return math.Float32frombits(math.Float32bits(x) &^ (1 << 31))
}

// copysign returns x with the sign of y.
func copysign(x, y float32) float32 {
	const sign = 1 << 31
	return math.Float32frombits(math.Float32bits(x)&^sign | math.Float32bits(y)&sign)
}

// Normal returns a standard normal number, the same bits everywhere, by
// Marsaglia's polar method.
func Normal(r *rand.Rand) float32 {
	for {
		u, v := signed(r), signed(r)
		s := fma(u, u, float32(v*v))
		if s > 0 && s < 1 {
			return float32(u * sqrt(-2*Log1(s)/s))
		}
	}
}

// signed returns a number uniform in [-1, 1).
func signed(r *rand.Rand) float32 {
	return float32(float32(int32(r.Uint32())>>8) * 0x1p-23)
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
