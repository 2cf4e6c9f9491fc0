package optimizers

import (
	"fmt"
	"slices"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/nn"
)

// Paths follows four optimizers down the valley.
var Paths = &lab.Experiment{
	Name:   "optimizers/paths",
	Title:  "the way of each optimizer down the valley f(x, y) = x²/20 + y²",
	Params: thePaths,
	Run:    thePaths.run,
	Draw:   drawPaths,
}

type paths struct {
	Start    start       `json:"start"`
	Steps    int         `json:"steps"`
	SGD      nn.SGD      `json:"sgd"`
	Momentum nn.Momentum `json:"momentum"`
	AdaGrad  nn.AdaGrad  `json:"adagrad"`
	Adam     nn.Adam     `json:"adam"`
}

var thePaths = paths{
	Start:    theStart,
	Steps:    30,
	SGD:      nn.SGD{LR: 0.95},
	Momentum: nn.Momentum{LR: 0.1, Alpha: 0.9},
	AdaGrad:  nn.AdaGrad{LR: 1.5},
	Adam:     nn.Adam{LR: 0.3, Beta1: 0.9, Beta2: 0.999},
}

// way is where an optimizer came through, the start and the end included.
type way struct{ x, y []float64 }

func (p paths) run(lab.Input) (*lab.Result, error) {
	optimizers := []nn.Optimizer{&p.SGD, &p.Momentum, &p.AdaGrad, &p.Adam} // in the order of methods
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	table := lab.Table{Columns: []string{"optimizer", "learning rate", "distance", "length", "turns"}}
	ways := make([]way, len(methods))
	for i, m := range methods {
		w := p.follow(optimizers[i])
		ways[i] = w
		r.Values[m.Key+"/final_distance"] = lab.Number(w.distance())
		r.Values[m.Key+"/length"] = lab.Number(w.length())
		r.Values[m.Key+"/turns"] = lab.Number(w.turns())
		r.Series[m.Key] = lab.Series{"x": w.x, "y": w.y}
		table.Rows = append(table.Rows, []any{m.Name, rate(optimizers[i]), w.distance(), w.length(), w.turns()})
	}
	r.Tables = map[string]lab.Table{"summary": table}
	r.Claims = pathClaims(ways)
	return r, nil
}

// follow takes the optimizer Steps steps down the valley.
func (p paths) follow(opt nn.Optimizer) way {
	at := nn.NewParam(2)
	at.W[0], at.W[1] = float32(p.Start.X), float32(p.Start.Y)
	w := way{x: []float64{p.Start.X}, y: []float64{p.Start.Y}}
	for range p.Steps {
		dx, dy := valleySlope(float64(at.W[0]), float64(at.W[1]))
		at.Grad[0], at.Grad[1] = float32(dx), float32(dy)
		at.Steps++
		opt.Step(at)
		w.x, w.y = append(w.x, float64(at.W[0])), append(w.y, float64(at.W[1]))
	}
	return w
}

// distance from the minimum at the end.
func (w way) distance() float64 { return hypot(w.x[len(w.x)-1], w.y[len(w.y)-1]) }

// length of the whole way.
func (w way) length() float64 {
	sum := 0.0
	for i := 1; i < len(w.x); i++ {
		sum += hypot(w.x[i]-w.x[i-1], w.y[i]-w.y[i-1])
	}
	return sum
}

// farthest is the largest x on the way, from a start on the left of the minimum.
func (w way) farthest() float64 { return slices.Max(w.x) }

// turns counts how often a step goes up the y axis after one that went down, or the other way round.
func (w way) turns() float64 {
	n := 0.0
	for i := 2; i < len(w.y); i++ {
		if (w.y[i]-w.y[i-1])*(w.y[i-1]-w.y[i-2]) < 0 {
			n++
		}
	}
	return n
}

func pathClaims(ways []way) map[string]lab.Claim {
	sgd, momentum, adagrad, adam := ways[0], ways[1], ways[2], ways[3]
	all := func(f func(way) float64) [][]float64 {
		return [][]float64{{f(sgd)}, {f(momentum)}, {f(adagrad)}, {f(adam)}}
	}
	steps := float64(len(sgd.x) - 1)
	return map[string]lab.Claim{
		"sgd_zigzags": lab.Claimed("SGD changes its direction along y in more than two of three steps",
			fmt.Sprintf("%g of %g steps", sgd.turns(), steps),
			func(x []float64) bool { return x[0] > steps*2/3 }, []float64{sgd.turns()}),
		"sgd_longest": lab.Claimed("the way of SGD is the longest", fmt.Sprintf("%.1f", sgd.length()),
			func(x []float64) bool { return x[0] > max(x[1], x[2], x[3]) }, all(way.length)...),
		"momentum_turns_less": lab.Claimed("Momentum changes its direction along y less often than SGD",
			fmt.Sprintf("%g against %g", momentum.turns(), sgd.turns()),
			func(x []float64) bool { return x[1] < x[0] }, all(way.turns)...),
		"momentum_overshoots": lab.Claimed("Momentum runs past the minimum along x", fmt.Sprintf("to x = %.2f", momentum.farthest()),
			func(x []float64) bool { return x[0] > 0 }, []float64{momentum.farthest()}),
		"momentum_farthest": lab.Claimed("Momentum ends farthest from the minimum", fmt.Sprintf("%.2f away", momentum.distance()),
			func(x []float64) bool { return x[1] > max(x[0], x[2], x[3]) }, all(way.distance)...),
		"adagrad_shortest": lab.Claimed("the way of AdaGrad is the shortest", fmt.Sprintf("%.2f", adagrad.length()),
			func(x []float64) bool { return x[2] < min(x[0], x[1], x[3]) }, all(way.length)...),
		"adagrad_nearest": lab.Claimed("AdaGrad ends nearest to the minimum", fmt.Sprintf("%.3f away", adagrad.distance()),
			func(x []float64) bool { return x[2] < min(x[0], x[1], x[3]) }, all(way.distance)...),
		"adam_turns_less": lab.Claimed("Adam changes its direction along y less often than SGD",
			fmt.Sprintf("%g against %g", adam.turns(), sgd.turns()),
			func(x []float64) bool { return x[3] < x[0] }, all(way.turns)...),
	}
}

func drawPaths(r *lab.Result) ([]figure.Figure, error) {
	var figures []figure.Figure
	side := figure.Contours{Columns: 2}
	for i, m := range methods {
		c := pathContour(r.Series[m.Key], colors[i])
		f, err := c.Draw(m.Key, pathAlt(r, m))
		if err != nil {
			return nil, err
		}
		c.Title, c.Moving = m.Name, true
		figures, side.Each = append(figures, f), append(side.Each, c)
	}
	all, err := side.Draw("all", "四つの手法の更新経路を同じ等高線の上に並べた図。")
	return append(figures, all), err
}

func pathContour(s lab.Series, color figure.Color) figure.Contour {
	path := figure.Path{Color: color}
	for i := range s["x"] {
		path.Points = append(path.Points, figure.Point{X: s["x"][i], Y: s["y"][i]})
	}
	return figure.Contour{X: xAxis, Y: yAxis, F: valley, Levels: levels, Minimum: &minimum, Paths: []figure.Path{path}}
}

func pathAlt(r *lab.Result, m method) string {
	return fmt.Sprintf("%sの更新経路。長さは%.1fで、最後は最小値から%.2fの距離にある。", m.Name,
		r.Values[m.Key+"/length"].Mean, r.Values[m.Key+"/final_distance"].Mean)
}
