package optimizers

import (
	"strconv"

	"deckgen/deckgen/figure"
	"deckgen/experiments/nn"
)

// A method is one of the optimizers that the section compares.
type method struct {
	Key  string // in records
	Name string // on slides
}

// methods in the order of the lecture.
var methods = []method{
	{"sgd", "SGD"},
	{"momentum", "Momentum"},
	{"adagrad", "AdaGrad"},
	{"adam", "Adam"},
}

// colors of the methods in every figure.
var colors = []figure.Color{figure.Vermilion, figure.Green, figure.Purple, figure.Blue}

// rate is the learning rate of an optimizer, as it was written.
func rate(o nn.Optimizer) float64 {
	switch o := o.(type) {
	case *nn.SGD:
		return decimal(o.LR)
	case *nn.Momentum:
		return decimal(o.LR)
	case *nn.AdaGrad:
		return decimal(o.LR)
	case *nn.Adam:
		return decimal(o.LR)
	}
	panic("optimizers: unknown optimizer")
}

// decimal is the float64 with the shortest decimals of x: 0.1 for float32(0.1).
func decimal(x float32) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(float64(x), 'g', -1, 32), 64)
	if err != nil {
		panic(err) // the text of a number is a number
	}
	return y
}
