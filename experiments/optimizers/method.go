package optimizers

import (
	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
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
		return lab.Decimal(o.LR)
	case *nn.Momentum:
		return lab.Decimal(o.LR)
	case *nn.AdaGrad:
		return lab.Decimal(o.LR)
	case *nn.Adam:
		return lab.Decimal(o.LR)
	}
	panic("optimizers: unknown optimizer")
}
