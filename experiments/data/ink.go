package data

import "math"

// ink draws the line in p.line with a pen of random width, softness and darkness.
func (p *pen) ink(picture *[pixels]byte) {
	radius, soft := p.between(thinnest, thickest), p.between(sharpest, softest)
	edge := 1 + soft
	for i := range p.dist {
		p.dist[i] = 1000
	}
	for _, d := range p.line {
		p.touch(d.x, d.y, float64(radius*d.press), edge)
	}
	gain := float64(255*p.between(palest, darkest)) / float64(2*soft)
	for i, q := range p.dist {
		picture[i] = 0
		if q < float64(edge*edge) {
			picture[i] = p.level(gain * (edge - math.Sqrt(q)))
		}
	}
}

// touch brings the distances of the pixels around (x, y) up to date with a pen of that radius. The edge is where its
// ink ends, in radii.
func (p *pen) touch(x, y, radius, edge float64) {
	reach, scale := float64(radius*edge), 1/float64(radius*radius)
	x0, x1 := within(x, reach)
	y0, y1 := within(y, reach)
	for py := y0; py < y1; py++ {
		dy := float64(py) - y
		dy2 := float64(dy * dy)
		row := p.dist[py*side+x0 : py*side+x1]
		dx := float64(x0) - x
		for i := range row {
			if q := float64((float64(dx*dx) + dy2) * scale); q < row[i] {
				row[i] = q
			}
			dx++
		}
	}
}

// within is the range of pixels within reach of x, the end not included.
func within(x, reach float64) (from, to int) {
	return max(0, int(x-reach+1)), min(side, int(x+reach+1))
}

// level rounds ink to a pixel's value, less what the grain of the paper takes from it.
func (p *pen) level(ink float64) byte {
	return byte(max(1, min(255, int(ink))-p.below(grain)))
}
