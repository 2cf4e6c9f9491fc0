package figure

import (
	"bytes"
	"math"
	"strconv"
)

// A pen writes SVG path data: relative coordinates, rounded, nothing twice.
type pen struct {
	out          *bytes.Buffer
	digits       int // after the decimal point
	x, y         int // where it stands, in units of the last digit
	startX       int
	startY       int
	command      byte
	started, num bool // num: a number was written last
}

func (p *pen) move(x, y float64) {
	p.begin('M')
	p.x, p.y = quantize(x, p.digits), quantize(y, p.digits)
	p.startX, p.startY, p.started = p.x, p.y, true
	p.number(p.x)
	p.number(p.y)
}

// line draws to a point; where that is the point at which the pen stands, a dot as wide as the line.
func (p *pen) line(x, y float64) {
	dx, dy := quantize(x, p.digits)-p.x, quantize(y, p.digits)-p.y
	switch {
	case dx == 0 && dy == 0 && p.command != 'M':
		return
	case dy == 0:
		p.begin('h')
		p.number(dx)
	case dx == 0:
		p.begin('v')
		p.number(dy)
	default:
		p.begin('l')
		p.number(dx)
		p.number(dy)
	}
	p.x, p.y = p.x+dx, p.y+dy
}

// curve draws a quadratic curve to the second point or a cubic one to the third: x, y, x, y, …
func (p *pen) curve(xy ...float64) {
	if len(xy) == 4 {
		p.begin('q')
	} else {
		p.begin('c')
	}
	var x, y int
	for i := 0; i < len(xy); i += 2 {
		x, y = quantize(xy[i], p.digits), quantize(xy[i+1], p.digits)
		p.number(x - p.x)
		p.number(y - p.y)
	}
	p.x, p.y = x, y
}

func (p *pen) close() {
	p.begin('z')
	p.command = 0
	p.x, p.y = p.startX, p.startY
}

func (p *pen) begin(command byte) {
	if command != p.command || command == 'M' {
		p.out.WriteByte(command)
		p.num = false
	}
	p.command = command
}

func (p *pen) number(n int) {
	if p.num && n >= 0 {
		p.out.WriteByte(' ')
	}
	p.num = true
	p.out.Write(appendDecimal(p.out.AvailableBuffer(), n, p.digits))
}

// quantize rounds to a number of decimals. What lies halfway, give or take the error of some additions, always goes up,
// on whatever processor.
func quantize(x float64, digits int) int {
	for range digits {
		x *= 10
	}
	return int(math.Floor(x + 0.5 + 1e-6))
}

// decimal is a number with at most that many decimals.
func decimal(x float64, digits int) string {
	return string(appendDecimal(nil, quantize(x, digits), digits))
}

// appendDecimal appends n in units of the last of some digits, without zeros that say nothing: -5 with 1 is -.5
func appendDecimal(b []byte, n, digits int) []byte {
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	unit := 1
	for range digits {
		unit *= 10
	}
	for ; digits > 0 && n%10 == 0; digits-- {
		n, unit = n/10, unit/10
	}
	if n >= unit || n == 0 {
		b = strconv.AppendInt(b, int64(n/unit), 10)
	}
	if digits > 0 {
		b = append(b, '.')
		frac := strconv.Itoa(unit + n%unit)
		b = append(b, frac[1:]...)
	}
	return b
}
