package optimizers

import (
	"encoding/json"
	"fmt"
	"math"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
)

// Surface asks why the direction of the gradient is not the direction of the minimum.
var Surface = &lab.Experiment{
	Name:   "optimizers/surface",
	Title:  "the valley f(x, y) = x²/20 + y² and its gradient",
	Params: theStart,
	Run:    theStart.run,
	Draw:   drawSurface,
}

// start is where the optimizers set out.
type start struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

var theStart = start{X: -7, Y: 2}

func (p start) run(lab.Input) (*lab.Result, error) {
	dx, dy := valleySlope(p.X, p.Y)
	cos := (float64(dx*p.X) + float64(dy*p.Y)) / (hypot(dx, dy) * hypot(p.X, p.Y))
	angle := math.Acos(cos) * 180 / math.Pi
	_, across := valleySlope(0, 1)
	along, _ := valleySlope(1, 0)
	return &lab.Result{
		Values: map[string]lab.Value{
			"start/grad_x":    lab.Number(dx),
			"start/grad_y":    lab.Number(dy),
			"start/angle":     lab.Number(angle),
			"curvature_ratio": lab.Number(across / along),
		},
		Claims: map[string]lab.Claim{
			"gradient_misses_minimum": lab.Claimed("the angle between −∇f and the direction of the minimum is over 45° at the start",
				fmt.Sprintf("%.1f°", angle), func(x []float64) bool { return x[0] > 45 }, []float64{angle}),
		},
	}, nil
}

func drawSurface(r *lab.Result) ([]figure.Figure, error) {
	var p start
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return nil, err
	}
	surface, err := figure.Surface{X: xAxis, Y: figure.Axis{Label: "y", Min: -10, Max: 10}, Z: figure.Axis{Label: "f(x, y)"}, F: valley}.
		Draw("surface", "f(x, y) = x²/20 + y² の曲面。y方向には急で、x方向にはなだらかな谷になっている。")
	if err != nil {
		return nil, err
	}
	plane := figure.Contour{Size: figure.Size{W: 640, H: 400}, X: xAxis, Y: yAxis, F: valley, Levels: levels, Minimum: &minimum, Equal: true}
	contours, err := plane.Draw("contours", "f(x, y) = x²/20 + y² の等高線。x軸方向に細長い楕円が並ぶ。")
	if err != nil {
		return nil, err
	}
	plane.Arrows = true
	dx, dy := valleySlope(p.X, p.Y)
	plane.Paths = []figure.Path{
		p.toward("勾配の逆向き", -dx, -dy, figure.Vermilion),
		p.toward("最小値の向き", -p.X, -p.Y, figure.Green),
	}
	gradient, err := plane.Draw("gradient", fmt.Sprintf("各点での勾配の逆向きの矢印。多くの点で最小値(0, 0)を指さず、点(%g, %g)では%.0f度ずれている。",
		p.X, p.Y, r.Values["start/angle"].Mean))
	return []figure.Figure{surface, contours, gradient}, err
}

// toward is a path of one step from the start in a direction.
func (p start) toward(label string, dx, dy float64, c figure.Color) figure.Path {
	const length = 3.5
	k := length / hypot(dx, dy)
	end := figure.Point{X: p.X + float64(k*dx), Y: p.Y + float64(k*dy)}
	return figure.Path{Label: label, Points: []figure.Point{{X: p.X, Y: p.Y}, end}, Color: c}
}
