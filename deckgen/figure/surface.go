package figure

import (
	"errors"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Surface shows a function of two variables in space, with its contours on the floor.
type Surface struct {
	Size    Size // Normal by default
	X, Y, Z Axis // X and Y with a range
	F       func(x, y float64) float64
	Levels  []float64 // of the contours; nil: some that suit the range
}

// Draw draws the figure.
func (s Surface) Draw(name, alt string) (Figure, error) {
	c := newCanvas(s.Size, Normal)
	return c.figure(name, alt, s.draw(c))
}

func (s Surface) draw(c *canvas) error {
	if s.F == nil {
		return errors.New("there is no function to draw")
	}
	if s.X.Min >= s.X.Max || s.Y.Min >= s.Y.Max {
		return errors.New("the plane of a function needs a range on both axes")
	}
	coarse, err := sample(s.F, s.X, s.Y, cells)
	if err != nil {
		return err
	}
	fine, err := sample(s.F, s.X, s.Y, 120)
	if err != nil {
		return err
	}
	if s.Z, err = s.Z.fit(true, coarse.z); err != nil {
		return err
	}
	b := newBox(c, s.X, s.Y, s.Z)
	b.panes()
	b.floor(fine, s.Levels)
	b.surface(c, coarse)
	b.names(c)
	return nil
}

// A box is the space of a surface seen from above one corner: x runs to the lower right, y to the upper right, z up.
// It is an orthographic view, which keeps parallels parallel.
type box struct {
	c       *canvas
	dc      draw.Canvas
	x, y, z Axis
	origin  vg.Point // where the middle of the floor lies
	size    vg.Length
}

const (
	azimuth   = -math.Pi / 3.2 // of the eye, from the x axis
	elevation = math.Pi / 6.2
	boxHeight = 0.78 // of the z axis, in units of the floor's side
	floorRoom = 0.32 // between the floor and the least value, so that the contours are not covered
	cells     = 36   // of the surface, along each axis
	meshEvery = 4    // cells between two lines on the surface
)

func newBox(c *canvas, x, y, z Axis) box {
	b := box{c: c, dc: draw.New(c), x: x, y: y, z: z, size: 1}
	all := vg.Rectangle{Min: b.corner(0, 0, 0), Max: b.corner(0, 0, 0)}
	for i := range 8 {
		p := b.corner(float64(i&1), float64(i>>1&1), float64(i>>2))
		all.Min.X, all.Min.Y = min(all.Min.X, p.X), min(all.Min.Y, p.Y)
		all.Max.X, all.Max.Y = max(all.Max.X, p.X), max(all.Max.Y, p.Y)
	}
	room := vg.Rectangle{Min: vg.Point{X: margin + 64, Y: margin + 44}, Max: vg.Point{X: c.w - margin - 52, Y: c.h - margin - 8}}
	b.size = min(room.Size().X/all.Size().X, room.Size().Y/all.Size().Y)
	center := all.Min.Add(all.Max).Scale(b.size / 2)
	b.origin = room.Min.Add(room.Max).Scale(0.5).Sub(center)
	return b
}

// corner projects a point given as fractions of the axes.
func (b box) corner(x, y, z float64) vg.Point {
	x, y, z = x-0.5, y-0.5, z*boxHeight
	sinA, cosA := math.Sincos(azimuth)
	sinE, cosE := math.Sincos(elevation)
	across := -sinA*x + cosA*y
	away := -cosA*x - sinA*y
	return b.origin.Add(vg.Point{X: vg.Length(across), Y: vg.Length(sinE*away + cosE*z)}.Scale(b.size))
}

// at projects a point; the floor is below the least value of the z axis.
func (b box) at(x, y, z float64) vg.Point { return b.corner(b.x.norm(x), b.y.norm(y), b.height(z)) }

func (b box) height(z float64) float64 { return floorRoom + (1-floorRoom)*b.z.norm(z) }

// panes draws the floor and the two walls at the back with their grid.
func (b box) panes() {
	grid := line(gridW, gridColor)
	quad := func(col color.Color, pts ...vg.Point) { b.dc.FillPolygon(col, pts) }
	quad(color.NRGBA{0xf7, 0xf7, 0xf7, 255}, b.corner(0, 0, 0), b.corner(0, 1, 0), b.corner(0, 1, 1), b.corner(0, 0, 1))
	quad(color.NRGBA{0xfa, 0xfa, 0xfa, 255}, b.corner(0, 1, 0), b.corner(1, 1, 0), b.corner(1, 1, 1), b.corner(0, 1, 1))
	for _, t := range b.x.ticks(4) {
		f := b.x.norm(t.value)
		b.dc.StrokeLines(grid, []vg.Point{b.corner(f, 0, 0), b.corner(f, 1, 0), b.corner(f, 1, 1)})
	}
	for _, t := range b.y.ticks(4) {
		f := b.y.norm(t.value)
		b.dc.StrokeLines(grid, []vg.Point{b.corner(1, f, 0), b.corner(0, f, 0), b.corner(0, f, 1)})
	}
	for _, t := range b.z.ticks(4) {
		f := b.height(t.value)
		b.dc.StrokeLines(grid, []vg.Point{b.corner(0, 0, f), b.corner(0, 1, f), b.corner(1, 1, f)})
	}
	edge := line(1.5, axisColor)
	b.dc.StrokeLines(edge, []vg.Point{b.corner(0, 0, 1), b.corner(0, 0, 0), b.corner(1, 0, 0), b.corner(1, 1, 0)})
}

// floor draws the contours.
func (b box) floor(s sampled, levels []float64) {
	if levels == nil {
		levels = s.levels(9)
	}
	for _, l := range levels {
		var path vg.Path
		for _, line := range s.isolines(l) {
			var pts []vg.Point
			for _, p := range line {
				pts = append(pts, b.corner(b.x.norm(p.X), b.y.norm(p.Y), 0))
			}
			addPolyline(&path, simplify(pts))
		}
		b.dc.SetLineStyle(line(1.75, viridis(0.05+0.95*b.z.norm(l))))
		b.dc.Stroke(path)
	}
}

// surface draws the cells from the back to the front, so that the near ones cover the far ones.
func (b box) surface(c *canvas, s sampled) {
	c.group(`fill="currentColor" stroke="currentColor" stroke-width=".6"`, func() {
		for j := s.n - 1; j >= 0; j-- {
			for i := range s.n {
				b.cell(c, s, i, j)
			}
		}
	})
}

func (b box) cell(c *canvas, s sampled, i, j int) {
	var path vg.Path
	mean := 0.0
	var z [4]float64
	for k, d := range [][2]int{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		z[k] = s.at(i+d[0], j+d[1])
		if !finite(z[k]) || z[k] > b.z.Max || z[k] < b.z.Min {
			return
		}
		mean += z[k] / 4
		p := s.point(float64(i+d[0]), float64(j+d[1]))
		pt := b.at(p.X, p.Y, z[k])
		if k == 0 {
			path.Move(pt)
		} else {
			path.Line(pt)
		}
	}
	n := float64(s.n) / (b.z.Max - b.z.Min)
	light := shade(n*(z[1]+z[2]-z[0]-z[3])/2, n*(z[2]+z[3]-z[0]-z[1])/2)
	col := mix(color.NRGBA{0, 0, 0, 255}, viridis(0.05+0.95*b.z.norm(mean)), light)
	c.facet(append(path, vg.PathComp{Type: vg.CloseComp}), col)
	if j%meshEvery == 0 {
		c.facet(path[:2], tint(col, 0.72))
	}
	if i%meshEvery == 0 {
		c.facet(vg.Path{{Type: vg.MoveComp, Pos: path[3].Pos}, {Type: vg.LineComp, Pos: path[0].Pos}}, tint(col, 0.72))
	}
}

// shade is how brightly a cell with that slope in x and y is lit, in steps of 1/32.
func shade(dx, dy float64) float64 {
	const lx, ly, lz = -0.35, -0.25, 0.9
	dot := (-dx*lx - dy*ly + lz) / math.Sqrt((dx*dx+dy*dy+1)*(lx*lx+ly*ly+lz*lz))
	return math.Floor((0.78+0.22*max(0, dot))*32+0.5+1e-6) / 32
}

// names writes the numbers and names along the three axes.
func (b box) names(c *canvas) {
	edge := line(1.5, axisColor)
	for _, t := range b.x.ticks(4) {
		p := b.corner(b.x.norm(t.value), 0, 0)
		b.dc.StrokeLine2(edge, p.X, p.Y, p.X-3, p.Y-4)
		c.text(t.label, p.X-14, p.Y-16, center, gray)
	}
	for _, t := range b.y.ticks(4) {
		p := b.corner(1, b.y.norm(t.value), 0)
		b.dc.StrokeLine2(edge, p.X, p.Y, p.X+4, p.Y-3)
		c.text(t.label, p.X+11, p.Y-12, left, gray)
	}
	for _, t := range b.z.ticks(4) {
		p := b.corner(0, 0, b.height(t.value))
		b.dc.StrokeLine2(edge, p.X, p.Y, p.X-5, p.Y)
		c.text(t.label, p.X-10, p.Y, right, gray)
	}
	x, y, z := b.corner(0.5, 0, 0), b.corner(1, 0.5, 0), b.corner(0, 0, 1)
	c.text(b.x.Label, x.X-20, x.Y-46, center, black)
	c.text(b.y.Label, y.X+52, y.Y-34, center, black)
	c.text(b.z.Label, z.X-6, z.Y+24, center, black)
}
