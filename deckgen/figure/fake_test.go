package figure

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// What the experiments would give, made up: the same on every run.

func noise() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

func steps(n int, by float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i) * by
	}
	return x
}

// fakeCurve falls or rises from a to b at a rate, with noise and a band.
func fakeCurve(r *rand.Rand, label string, x []float64, a, b, rate, jitter float64) Curve {
	k := Curve{Label: label, X: x}
	drift := 0.0
	for i := range x {
		drift = 0.8*drift + jitter*r.NormFloat64()
		fade := math.Exp(-rate * x[i])
		m := b + (a-b)*fade + drift*(0.3+fade)
		k.Mean = append(k.Mean, m)
		w := jitter * (1.5 + r.Float64())
		k.Lo, k.Hi = append(k.Lo, m-w), append(k.Hi, m+w)
	}
	return k
}

func fakeLosses() Lines {
	r, x := noise(), steps(400, 5)
	return Lines{
		X: Axis{Label: "学習回数"}, Y: Axis{Label: "損失", Max: 2.4},
		Curves: []Curve{
			fakeCurve(r, "SGD", x, 2.3, 0.55, 0.0011, 0.03),
			fakeCurve(r, "Momentum", x, 2.3, 0.12, 0.006, 0.025),
			fakeCurve(r, "AdaGrad", x, 2.3, 0.07, 0.012, 0.02),
			fakeCurve(r, "Adam", x, 2.3, 0.09, 0.009, 0.02),
		},
	}
}

func fakeGap() Lines {
	r, x := noise(), steps(201, 1)
	return Lines{
		X: Axis{Label: "エポック"}, Y: Axis{Label: "認識精度", Max: 1, Percent: true},
		Curves: []Curve{
			fakeCurve(r, "訓練データ", x, 0.1, 0.99, 0.04, 0.006),
			fakeCurve(r, "テストデータ", x, 0.1, 0.76, 0.035, 0.006),
		},
		Gap: &Gap{Upper: 0, Lower: 1, Label: "差 22.8ポイント"},
	}
}

func fakePanels() Panels {
	p := Panels{X: Axis{Label: "エポック"}, Y: Axis{Label: "認識精度", Max: 1, Percent: true}}
	r, x := noise(), steps(20, 1)
	for i := range 16 {
		sigma := math.Pow(10, -4*float64(i)/15)
		p.Panels = append(p.Panels, Panel{
			Caption: fmt.Sprintf("σ = %.2g", sigma),
			Curves: []Curve{
				fakeCurve(r, "BatchNormあり", x, 0.1, 0.95, 0.3, 0.01),
				fakeCurve(r, "BatchNormなし", x, 0.1, 0.1+0.8*sigma, 0.1, 0.01),
			},
		})
		p.Panels[i].Curves[1].Dashed = true
	}
	return p
}

func bowl(x, y float64) float64 { return x*x/20 + y*y }

func fakePath(label string, col Color, step func(i int, x, y float64) (float64, float64)) Path {
	p := Path{Label: label, Color: col}
	x, y := -7.0, 2.0
	for i := range 31 {
		p.Points = append(p.Points, Point{x, y})
		x, y = step(i, x, y)
	}
	return p
}

func fakeSGD() Path {
	return fakePath("SGD", Blue, func(_ int, x, y float64) (float64, float64) { return x - 0.95*x/10, y - 0.95*2*y })
}

func fakePaths() []Path {
	var vx, vy, hx, hy, mx, my, ux, uy float64
	return []Path{fakeSGD(),
		fakePath("Momentum", Vermilion, func(_ int, x, y float64) (float64, float64) {
			vx, vy = 0.9*vx-0.1*x/10, 0.9*vy-0.1*2*y
			return x + vx, y + vy
		}),
		fakePath("AdaGrad", Green, func(_ int, x, y float64) (float64, float64) {
			hx, hy = hx+x*x/100, hy+4*y*y
			return x - 1.5*x/10/(math.Sqrt(hx)+1e-7), y - 1.5*2*y/(math.Sqrt(hy)+1e-7)
		}),
		fakePath("Adam", Purple, func(i int, x, y float64) (float64, float64) {
			t := float64(i + 1)
			lr := 0.3 * math.Sqrt(1-math.Pow(0.999, t)) / (1 - math.Pow(0.9, t))
			mx, my = mx+0.1*(x/10-mx), my+0.1*(2*y-my)
			ux, uy = ux+0.001*(x*x/100-ux), uy+0.001*(4*y*y-uy)
			return x - lr*mx/(math.Sqrt(ux)+1e-7), y - lr*my/(math.Sqrt(uy)+1e-7)
		}),
	}
}

func fakePlane() Contour {
	return Contour{X: Axis{Label: "x", Min: -10, Max: 10}, Y: Axis{Label: "y", Min: -5, Max: 5}, F: bowl, Minimum: &Point{}}
}

func fakeDescent() Contour {
	k := fakePlane()
	k.Paths = []Path{fakeSGD()}
	return k
}

func fakeRace() Contour {
	k := fakePlane()
	k.Size, k.Paths, k.Moving = Large, fakePaths(), true
	return k
}

func fakeField() Contour {
	k := fakePlane()
	k.Size, k.Arrows, k.Equal = Wide, true, true
	return k
}

func fakeFour() Contours {
	var all Contours
	for _, p := range fakePaths() {
		k := fakePlane()
		k.Title, k.Paths = p.Label, []Path{p}
		all.Each = append(all.Each, k)
	}
	return all
}

func fakeSurface() Surface {
	return Surface{X: Axis{Label: "x", Min: -10, Max: 10}, Y: Axis{Label: "y", Min: -10, Max: 10}, Z: Axis{Label: "f(x, y)"}, F: bowl}
}

func fakeHistograms(std float64) Histograms {
	h := Histograms{X: Axis{Label: "活性化した値", Max: 1}, Y: Axis{Label: "個数", Max: 20000}}
	for layer := range 5 {
		p := Histogram{Caption: fmt.Sprintf("第%d層", layer+1), Counts: make([]float64, 30)}
		r, total := noise(), 0.0
		for range 20000 {
			v := 1 / (1 + math.Exp(-r.NormFloat64()*10*std*(1-0.12*float64(layer))))
			p.Counts[min(29, int(v*30))] += 5
			total += 5
		}
		p.Marked = []int{0, 29}
		p.Note = fmt.Sprintf("飽和 %.0f%%", 100*(p.Counts[0]+p.Counts[29])/total)
		h.Panels = append(h.Panels, p)
	}
	return h
}

func fakeScatter() Scatter {
	s := Scatter{X: Axis{Label: "学習係数", Log: true}, Y: Axis{Label: "荷重減衰 λ", Log: true}, Value: Axis{Label: "認識精度", Percent: true}, Rings: "上位5回"}
	r := noise()
	for range 100 {
		x, y := -6+4*r.Float64(), -8+4*r.Float64()
		v := 0.1 + 0.72/(1+math.Exp(-3*(x+3))) + 0.02*r.NormFloat64()
		s.Points = append(s.Points, Dot{math.Pow(10, x), math.Pow(10, y), v, v > 0.78})
	}
	return s
}

func fakeTiles() Tiles {
	r := noise()
	unit := func(size float64) []float64 {
		out := make([]float64, 28*28)
		for range 6 {
			cx, cy, w, h := 28*r.Float64(), 28*r.Float64(), 3+4*r.Float64(), r.NormFloat64()
			for i := range out {
				x, y := float64(i%28)-cx, float64(i/28)-cy
				out[i] += size * h * math.Exp(-(x*x+y*y)/(2*w*w))
			}
		}
		return out
	}
	same, zero := unit(1), make([]float64, 28*28)
	t := Tiles{Width: 28, Scale: "重み", Rows: []TileRow{{Label: "すべて0"}, {Label: "すべて同じ値"}, {Label: "乱数"}}}
	for range 7 {
		t.Rows[0].Images = append(t.Rows[0].Images, zero)
		t.Rows[1].Images = append(t.Rows[1].Images, same)
		t.Rows[2].Images = append(t.Rows[2].Images, unit(1))
	}
	return t
}

func fakeFilm() Film {
	var f Film
	for _, std := range []float64{1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01} {
		f.Frames = append(f.Frames, fakeHistograms(std))
		f.Captions = append(f.Captions, fmt.Sprintf("標準偏差 %g", std))
	}
	return f
}

// fakeDiverged has what goes wrong in a training: infinities, no numbers, a curve that leaves the picture.
func fakeDiverged() Lines {
	r, x := noise(), steps(100, 10)
	l := Lines{
		Title: "学習係数を変えたときの損失",
		X:     Axis{Label: "学習回数"}, Y: Axis{Label: "損失", Log: true, Min: 1e-2, Max: 1e2},
		Curves: []Curve{
			fakeCurve(r, "0.001", x, 2.3, 0.5, 0.002, 0.02),
			fakeCurve(r, "0.01", x, 2.3, 0.05, 0.01, 0.002),
			fakeCurve(r, "0.1", x, 2.3, 0.06, 0.01, 0.002),
			fakeCurve(r, "1", x, 2.3, 3, 0.01, 0.1),
		},
		Rules: []Rule{{Label: "目標 0.3", At: 0.3}, {Label: "到達", At: 230, Vertical: true}, {Label: "発散", At: 260, Vertical: true}},
	}
	l.Curves[1].Mean[60] = math.NaN()
	for i := 40; i < 100; i++ {
		l.Curves[3].Mean[i] *= math.Pow(1.35, float64(i-40))
	}
	l.Curves[3].Mean[80] = math.Inf(1)
	l.Curves[2].Dashed = true
	return l
}

// fakeDead is the distribution of a layer whose units are nearly all dead.
func fakeDead() Histograms {
	h := Histograms{Size: Size{1120, 360}, X: Axis{Label: "活性化した値", Max: 1}, Y: Axis{Label: "割合", Max: 0.4, Percent: true}}
	for layer := range 5 {
		p := Histogram{Caption: fmt.Sprintf("第%d層", layer+1), Marked: []int{0}}
		zero := 0.5 + 0.08*float64(layer)
		for i := range 30 {
			p.Counts = append(p.Counts, (1-zero)*math.Exp(-float64(i)/6)/6)
		}
		p.Counts[0] = zero
		p.Note = fmt.Sprintf("値が0 %.0f%%", zero*100)
		h.Panels = append(h.Panels, p)
	}
	return h
}

func fakeNetworks() Networks {
	n := Networks{Size: Size{1120, 290}}
	for _, caption := range []string{"学習1回目", "学習2回目", "推論"} {
		net := Network{Caption: caption}
		for i, units := range []int{4, 6, 6, 3} {
			layer := make([]bool, units)
			for j := range layer {
				layer[j] = i == 0 || i == 3 || caption == "推論" || (i*j+len(caption)*j)%3 > 0
			}
			net.Layers = append(net.Layers, layer)
		}
		n.Nets = append(n.Nets, net)
	}
	return n
}
