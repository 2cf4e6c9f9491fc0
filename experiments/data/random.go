package data

// between is a number from lo to hi, each as likely.
func (p *pen) between(lo, hi float64) float64 {
	return lo + float64((hi-lo)*float64(p.random.Uint64()>>11)/(1<<53))
}

// below is a number from 0 to n-1.
func (p *pen) below(n int) int {
	return int(p.random.Uint64() >> 32 * uint64(n) >> 32)
}

// normal is a number around 0 with standard deviation sd and never beyond 3.47 of them: the sum of four dice, which are
// whole numbers, so that nothing is rounded before the end.
func (p *pen) normal(sd float64) float64 {
	const (
		faces = 1 << 16
		unit  = 37837.22714 // standard deviation of the sum: √((faces² - 1) / 3)
	)
	r := p.random.Uint64()
	sum := int64(r&0xffff+r>>16&0xffff+r>>32&0xffff+r>>48) - 2*(faces-1)
	return sd * float64(sum) / unit
}
