package f32

import "time"

// PeakRate measures how many floating-point operations a second the processor
// does with the instruction set in use if it does nothing else: fused
// multiply-adds of numbers in registers, each counted as two, in the best of a
// few short spells. It is 0 where there is no kernel for it.
func PeakRate() float64 {
	if wide == nil {
		return 0
	}
	const n = 10_000
	best := time.Hour
	for range 20 {
		start := time.Now()
		wide.peak(n)
		best = min(best, time.Since(start))
	}
	return float64(2*n*peakChains*wide.lanes) / best.Seconds()
}
