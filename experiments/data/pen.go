package data

import (
	"math"
	"math/rand/v2"
)

// The same pictures must come out of every processor, so nothing here is left to the compiler or to functions that
// differ between processors: a product is rounded by an explicit conversion before something is added to it, which
// forbids fusing the two, and of package math only Sqrt is used.

const (
	side   = 28          // pixels along a side of a picture
	pixels = side * side // pixels of a picture
)

// How far digits stray from their skeletons: standard deviations, in the units of a skeleton where none is named. At
// hardness 1.25 a small net makes about as many mistakes as on scanned handwriting.
const (
	hardness = 1.25
	jitter   = .041 * hardness // of each point
	slant    = .195 * hardness // x per y, about rightward
	turn     = .10 * hardness  // radians
	stretch  = .13 * hardness  // of the width, as a share of it
	bow      = .168 * hardness // of the coefficients of u², uv and v²
	shift    = .52 * hardness  // pixels

	rightward = .12 // the slant of most hands
)

// The ranges of what else differs from one digit to the next, and what does not.
const (
	smallest, largest  = 16, 20    // larger side of the box around the line, pixels
	thinnest, thickest = .72, 1.78 // radius of the pen, pixels
	lightest, heaviest = .85, 1.15 // pressure, a factor of the radius
	sharpest, softest  = .25, .60  // half the width of the edge, radii
	palest, darkest    = .75, 1.15 // ink in the middle of the line, a factor of full black

	spacing = .028 // of dabs: about half a pixel
	grain   = 24   // levels that the paper takes from the ink, less than
)

// A pen draws digits, one after the other, in memory that it uses again.
type pen struct {
	random rand.PCG
	moved  []move          // where the points of the skeleton went
	line   []dab           // the line that the pen follows: in the units of a skeleton, after place in pixels
	dist   [pixels]float64 // squared distance of each pixel from the line, in radii
}

// A dab is a place where the pen touches the paper, and how hard it presses there: the factor of its radius.
type dab struct {
	point
	press float64
}

// draw writes a digit over picture, in the hand that belongs to seed and index and to nothing else.
func (p *pen) draw(picture *[pixels]byte, digit uint8, seed, index uint64) {
	p.random.Seed(seed, index)
	ways := skeletons[digit]
	p.trace(ways[p.below(len(ways))])
	p.warp()
	p.place()
	p.ink(picture)
}

// A move says where a point of the skeleton went.
type move struct{ from, to point }

// trace follows the skeleton's strokes, with every point jittered, and leaves the dabs in p.line.
func (p *pen) trace(s skeleton) {
	p.moved, p.line = p.moved[:0], p.line[:0]
	press := p.between(lightest, heaviest)
	for _, stroke := range s {
		last := len(stroke) - 2
		for i := range last + 1 {
			b, c := p.jitter(stroke[i]), p.jitter(stroke[i+1])
			a, d := beyond(c, b), beyond(b, c)
			if i > 0 {
				a = p.jitter(stroke[i-1])
			}
			if i < last {
				d = p.jitter(stroke[i+2])
			}
			next := p.between(lightest, heaviest)
			p.span(a, b, c, d, press, next)
			press = next
		}
	}
}

// beyond is the point as far after b as a is before it. A spline that goes on to it ends in b.
func beyond(a, b point) point {
	return point{float64(2*b.x) - a.x, float64(2*b.y) - a.y}
}

// jitter moves a point, each time to the same place.
func (p *pen) jitter(from point) point {
	for _, m := range p.moved {
		if m.from == from {
			return m.to
		}
	}
	to := point{from.x + p.normal(jitter), from.y + p.normal(jitter)}
	p.moved = append(p.moved, move{from, to})
	return to
}

// span adds the dabs of the piece near b and c of the cubic B-spline with control points a, b, c, d. The pressure goes
// from start to end.
func (p *pen) span(a, b, c, d point, start, end float64) {
	dx, dy := c.x-b.x, c.y-b.y
	n := int(math.Sqrt(float64(dx*dx)+float64(dy*dy))/spacing) + 2
	x, y := spline(a.x, b.x, c.x, d.x), spline(a.y, b.y, c.y, d.y)
	for i := range n {
		t := float64(i) / float64(n-1)
		p.line = append(p.line, dab{point{x.at(t), y.at(t)}, start + float64(t*(end-start))})
	}
}

// A cubic is a polynomial, its coefficients by increasing power.
type cubic [4]float64

// spline is a piece of a uniform cubic B-spline, from 0 to 1.
func spline(a, b, c, d float64) cubic {
	return cubic{
		(a + float64(4*b) + c) / 6,
		(c - a) / 2,
		(a - float64(2*b) + c) / 2,
		(d - a + float64(3*(b-c))) / 6,
	}
}

func (c cubic) at(t float64) float64 {
	return c[0] + float64(t*(c[1]+float64(t*(c[2]+float64(t*c[3])))))
}

// warp slants, turns, stretches and bows the line.
func (p *pen) warp() {
	lean, turned, wide := rightward+p.normal(slant), p.normal(turn), 1+p.normal(stretch)
	var bowX, bowY [3]float64
	for i := range 3 {
		bowX[i], bowY[i] = p.normal(bow), p.normal(bow)
	}
	for i := range p.line {
		d := &p.line[i]
		u, v := d.x-.5, d.y-.5
		uu, uv, vv := float64(u*u), float64(u*v), float64(v*v)
		d.x = float64(wide*u) - float64((lean+turned)*v) + float64(bowX[0]*uu) + float64(bowX[1]*uv) + float64(bowX[2]*vv)
		d.y = v + float64(turned*u) + float64(bowY[0]*uu) + float64(bowY[1]*uv) + float64(bowY[2]*vv)
	}
}

// place brings the line to its size in pixels and to the middle of the picture, give or take a shift.
func (p *pen) place() {
	lo, hi := p.line[0].point, p.line[0].point
	for _, d := range p.line {
		lo, hi = point{min(lo.x, d.x), min(lo.y, d.y)}, point{max(hi.x, d.x), max(hi.y, d.y)}
	}
	scale := p.between(smallest, largest) / max(hi.x-lo.x, hi.y-lo.y)
	const centre = (side - 1) / 2.
	left := centre + p.normal(shift) - float64(scale*(lo.x+hi.x)/2)
	top := centre + p.normal(shift) - float64(scale*(lo.y+hi.y)/2)
	for i := range p.line {
		d := &p.line[i]
		d.x, d.y = left+float64(scale*d.x), top+float64(scale*d.y)
	}
}
