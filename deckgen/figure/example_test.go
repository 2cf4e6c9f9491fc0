package figure_test

import (
	"fmt"
	"math"

	"deckgen/deckgen/figure"
)

// Two runs of each optimizer, as a curve of their mean with a band from the lower to the higher.
func ExampleLines() {
	steps := []float64{0, 500, 1000, 1500, 2000}
	fig, err := figure.Lines{
		X: figure.Axis{Label: "学習回数"},
		Y: figure.Axis{Label: "損失", Max: 2.5},
		Curves: []figure.Curve{
			{Label: "SGD", X: steps, Mean: []float64{2.3, 1.6, 1.1, 0.8, 0.6}},
			{Label: "Adam", X: steps, Mean: []float64{2.3, 0.4, 0.2, 0.15, 0.1}, Color: figure.Purple,
				Lo: []float64{2.2, 0.35, 0.17, 0.1, 0.08}, Hi: []float64{2.4, 0.45, 0.23, 0.2, 0.12}},
		},
		Rules: []figure.Rule{{Label: "目標", At: 0.3}},
	}.Draw("loss", "SGDとAdamの損失。Adamは1000回で0.2まで下がる")
	fmt.Println(fig.Name, len(fig.SVG) < 20_000, err)
	// Output: loss true <nil>
}

// What overfits: the gap between the accuracies is an area with its size beside it.
func ExampleLines_gap() {
	epochs := []float64{0, 50, 100, 150, 200}
	fig, err := figure.Lines{
		X: figure.Axis{Label: "エポック"},
		Y: figure.Axis{Label: "認識精度", Max: 1, Percent: true},
		Curves: []figure.Curve{
			{Label: "訓練データ", X: epochs, Mean: []float64{0.1, 0.8, 0.95, 0.99, 1}},
			{Label: "テストデータ", X: epochs, Mean: []float64{0.1, 0.65, 0.74, 0.76, 0.76}},
		},
		Gap: &figure.Gap{Upper: 0, Lower: 1, Label: "差 24ポイント"},
	}.Draw("none", "訓練データとテストデータの認識精度")
	fmt.Println(fig.Name, err)
	// Output: none <nil>
}

func ExamplePanels() {
	p := figure.Panels{X: figure.Axis{Label: "エポック"}, Y: figure.Axis{Label: "認識精度", Max: 1}}
	for _, sigma := range []float64{1, 0.1, 0.01, 0.001} {
		p.Panels = append(p.Panels, figure.Panel{
			Caption: fmt.Sprintf("σ = %g", sigma),
			Curves: []figure.Curve{
				{Label: "あり", X: []float64{0, 20}, Mean: []float64{0.1, 0.95}},
				{Label: "なし", X: []float64{0, 20}, Mean: []float64{0.1, 0.1 + 0.8*sigma}, Dashed: true},
			},
		})
	}
	fig, err := p.Draw("panels", "重みの初期値の標準偏差ごとの認識精度")
	fmt.Println(fig.Name, err)
	// Output: panels <nil>
}

func valley(x, y float64) float64 { return x*x/20 + y*y }

func ExampleContour() {
	path := figure.Path{Label: "SGD"}
	for x, y := -7.0, 2.0; len(path.Points) <= 30; x, y = x-0.95*x/10, y-0.95*2*y {
		path.Points = append(path.Points, figure.Point{X: x, Y: y})
	}
	fig, err := figure.Contour{
		X: figure.Axis{Label: "x", Min: -10, Max: 10}, Y: figure.Axis{Label: "y", Min: -5, Max: 5},
		F: valley, Paths: []figure.Path{path}, Minimum: &figure.Point{}, Moving: true,
	}.Draw("sgd", "SGDの経路。谷を横切りながら最小値へ進む")
	fmt.Println(fig.Name, len(figure.Still(fig.SVG)) < len(fig.SVG), err)
	// Output: sgd true <nil>
}

func ExampleContours() {
	plane := figure.Contour{X: figure.Axis{Label: "x", Min: -10, Max: 10}, Y: figure.Axis{Label: "y", Min: -5, Max: 5}, F: valley}
	a, b := plane, plane
	a.Title, a.Paths = "SGD", []figure.Path{{Points: []figure.Point{{X: -7, Y: 2}, {X: -6, Y: -2}}}}
	b.Title, b.Paths = "Adam", []figure.Path{{Points: []figure.Point{{X: -7, Y: 2}, {X: -6, Y: 1}}, Color: figure.Purple}}
	fig, err := figure.Contours{Each: []figure.Contour{a, b}}.Draw("all", "SGDとAdamの経路")
	fmt.Println(fig.Name, err)
	// Output: all <nil>
}

func ExampleSurface() {
	fig, err := figure.Surface{
		X: figure.Axis{Label: "x", Min: -10, Max: 10}, Y: figure.Axis{Label: "y", Min: -10, Max: 10},
		Z: figure.Axis{Label: "f(x, y)"}, F: valley,
	}.Draw("surface", "x方向に緩く、y方向に急な谷")
	fmt.Println(fig.Name, err)
	// Output: surface <nil>
}

func ExampleHistograms() {
	h := figure.Histograms{X: figure.Axis{Label: "活性化した値", Max: 1}, Y: figure.Axis{Label: "個数"}}
	for layer := 1; layer <= 5; layer++ {
		h.Panels = append(h.Panels, figure.Histogram{
			Caption: fmt.Sprintf("第%d層", layer),
			Counts:  []float64{400, 60, 40, 40, 60, 400},
			Marked:  []int{0, 5},
			Note:    "飽和 80%",
		})
	}
	fig, err := h.Draw("sigmoid-std1", "どの層でも8割の値が0か1に張り付いている")
	fmt.Println(fig.Name, err)
	// Output: sigmoid-std1 <nil>
}

func ExampleFilm() {
	frame := func(counts ...float64) figure.Histograms {
		return figure.Histograms{X: figure.Axis{Label: "活性化した値", Max: 1}, Panels: []figure.Histogram{{Caption: "第1層", Counts: counts}}}
	}
	fig, err := figure.Film{
		Frames:   []figure.Histograms{frame(9, 1, 9), frame(1, 9, 1)},
		Captions: []string{"σ = 1", "σ = 0.01"},
	}.Draw("film", "標準偏差を小さくすると値が中央に集まる")
	fmt.Println(fig.Name, err)
	// Output: film <nil>
}

func ExampleScatter() {
	s := figure.Scatter{
		X: figure.Axis{Label: "学習係数", Log: true}, Y: figure.Axis{Label: "荷重減衰", Log: true},
		Value: figure.Axis{Label: "認識精度", Percent: true}, Rings: "最良",
	}
	for i := range 5 {
		lr := math.Pow(10, float64(i-6))
		s.Points = append(s.Points, figure.Dot{X: lr, Y: 1e-6, Value: float64(i) / 5, Ring: i == 4})
	}
	fig, err := s.Draw("plane", "学習係数が大きいほど認識精度が高い")
	fmt.Println(fig.Name, err)
	// Output: plane <nil>
}

func ExampleTiles() {
	fig, err := figure.Tiles{
		Width: 2,
		Rows: []figure.TileRow{
			{Label: "すべて同じ値", Images: [][]float64{{1, 0, 0, -1}, {1, 0, 0, -1}}},
			{Label: "乱数", Images: [][]float64{{1, 0, -1, 0}, {0, 1, 0, -1}}},
		},
	}.Draw("units", "同じ値から始めたユニットは同じ重みのまま")
	fmt.Println(fig.Name, err)
	// Output: units <nil>
}
