package figure

import "math"

// A sampled is a function of two variables on a regular grid of (n+1)×(n+1) points.
type sampled struct {
	n    int
	x, y Axis
	z    []float64 // row by row, y increasing
	lo   float64   // the least and the greatest finite value
	hi   float64
}

func sample(f func(x, y float64) float64, x, y Axis, n int) (sampled, error) {
	s := sampled{n: n, x: x, y: y, lo: math.Inf(1), hi: math.Inf(-1)}
	for j := range n + 1 {
		for i := range n + 1 {
			p := s.point(float64(i), float64(j))
			v := f(p.X, p.Y)
			s.z = append(s.z, v)
			if finite(v) {
				s.lo, s.hi = min(s.lo, v), max(s.hi, v)
			}
		}
	}
	if s.lo > s.hi {
		return s, errEmpty
	}
	return s, nil
}

// point is the place of column i and row j, which may lie between grid points.
func (s sampled) point(i, j float64) Point {
	n := float64(s.n)
	return Point{s.x.Min + (s.x.Max-s.x.Min)*i/n, s.y.Min + (s.y.Max-s.y.Min)*j/n}
}

func (s sampled) at(i, j int) float64 { return s.z[j*(s.n+1)+i] }

// levels gives contour levels that lie closer together near the least value, as befits a valley: in a round bowl the
// contours are equally far apart.
func (s sampled) levels(n int) []float64 {
	var out []float64
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n+1)
		out = append(out, s.lo+(s.hi-s.lo)*t*t)
	}
	return out
}

// isolines gives the lines on which the function has a value: marching squares, joined into lines. The value is moved by
// a trifle, so that it meets no grid point, where rounding would decide.
func (s sampled) isolines(level float64) [][]Point {
	level += (s.hi - s.lo) * 1.234e-7
	joints := make([]joint, 2*(s.n+1)*(s.n+1))
	for j := range s.n {
		for i := range s.n {
			pieces, n := s.cell(i, j, level)
			for _, p := range pieces[:n] {
				joints[p[0]].add(p[1])
				joints[p[1]].add(p[0])
			}
		}
	}
	var out [][]Point
	for _, ends := range []int{1, 2} { // first the lines that end at the border, then the closed ones
		for e := range joints {
			if joints[e].n == ends {
				out = append(out, s.follow(joints, e, level))
			}
		}
	}
	return out
}

// A joint is the edges, two at most, that a line leads to from a crossed edge.
type joint struct {
	to [2]int
	n  int
}

func (j *joint) add(e int) { j.to[j.n], j.n = e, j.n+1 }

func (j *joint) remove(e int) {
	if j.to[0] == e {
		j.to[0] = j.to[1]
	}
	j.n--
}

// cell gives the pieces of lines through one cell, two at most, each as two edges. Edge 2k leads from grid point k to the
// right, edge 2k+1 from it upwards.
func (s sampled) cell(i, j int, level float64) (pieces [2][2]int, n int) {
	w := s.n + 1
	k := j*w + i
	corners := [4]float64{s.z[k], s.z[k+1], s.z[k+w+1], s.z[k+w]} // counter-clockwise from the lower left
	edges := [4]int{2 * k, 2*(k+1) + 1, 2 * (k + w), 2*k + 1}     // each from its corner to the next
	var crossed [4]int
	count, middle := 0, 0.0
	for c, v := range corners {
		if !finite(v) {
			return pieces, 0
		}
		middle += v / 4
		if (v > level) != (corners[(c+1)%4] > level) {
			crossed[count] = edges[c]
			count++
		}
	}
	if count == 4 && (middle > level) != (corners[0] > level) { // a saddle that parts the lower left from the middle
		crossed = [4]int{crossed[3], crossed[0], crossed[1], crossed[2]}
	}
	return [2][2]int{{crossed[0], crossed[1]}, {crossed[2], crossed[3]}}, count / 2
}

// follow walks along a line from an edge and takes up its joints.
func (s sampled) follow(joints []joint, e int, level float64) []Point {
	start := e
	line := []Point{s.crossing(e, level)}
	for joints[e].n > 0 {
		next := joints[e].to[0]
		joints[e].remove(next)
		joints[next].remove(e)
		line = append(line, s.crossing(next, level))
		if e = next; e == start {
			break
		}
	}
	return line
}

// crossing is where the function has the value on an edge, by linear interpolation.
func (s sampled) crossing(e int, level float64) Point {
	w := s.n + 1
	k := e / 2
	to, di, dj := k+1, 1.0, 0.0
	if e%2 == 1 {
		to, di, dj = k+w, 0, 1
	}
	t := (level - s.z[k]) / (s.z[to] - s.z[k])
	return s.point(float64(k%w)+t*di, float64(k/w)+t*dj)
}
