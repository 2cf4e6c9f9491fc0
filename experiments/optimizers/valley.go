// Package optimizers holds the experiments of the section on how to update the parameters.
package optimizers

import (
	"math"

	"deckgen/deckgen/figure"
)

// valley is f(x, y) = x²/20 + y²: a long valley, twenty times as steep across as along.
func valley(x, y float64) float64 { return float64(x*x)/20 + float64(y*y) }

// valleySlope is the gradient of valley: (∂f/∂x, ∂f/∂y).
func valleySlope(x, y float64) (dx, dy float64) { return x / 10, 2 * y }

// The part of the plane that the figures show. The minimum is at the origin.
var (
	xAxis   = figure.Axis{Label: "x", Min: -10, Max: 10}
	yAxis   = figure.Axis{Label: "y", Min: -5, Max: 5}
	minimum = figure.Point{}
	levels  = []float64{0.1, 0.5, 1, 2, 4, 7, 11, 16, 22}
)

func hypot(x, y float64) float64 { return math.Sqrt(float64(x*x) + float64(y*y)) }
