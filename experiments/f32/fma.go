package f32

import "math"

// fma returns a*b + c rounded once.
//
// The product of two float32 is exact in float64, and so is the rounding of
// the float64 sum to float32, except where that sum lands on the middle
// between two float32: there it no longer tells on which side the true sum
// lies. The middles have 28 zeros at the end, those of denormals more.
func fma(a, b, c float32) float32 {
	p := float64(float64(a) * float64(b))
	s := p + float64(c)
	if math.Float64bits(s)&(1<<28-1) == 0 {
		return float32(toOdd(p, float64(c), s))
	}
	return float32(s)
}

// toOdd returns the float64 sum s of p and c rounded to odd: unless s is
// exact, whichever of the two float64 around p+c ends in a one bit. It never
// is a middle between two float32, and lies on the same side of one as p+c.
func toOdd(p, c, s float64) float64 {
	t := s - p
	e := (p - (s - t)) + (c - t) // p+c = s+e, exactly
	bits := math.Float64bits(s)
	if e == 0 || e != e || bits&1 == 1 {
		return s
	}
	if (e > 0) == (s > 0) {
		return math.Float64frombits(bits + 1)
	}
	return math.Float64frombits(bits - 1)
}
