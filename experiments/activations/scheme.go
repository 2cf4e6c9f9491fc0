// Package activations holds the experiments of the section on the initial weights.
package activations

import (
	"deckgen/deckgen/lab"
	"deckgen/experiments/nn"
)

// A scheme is a way to choose the standard deviation of the initial weights.
type scheme struct {
	Key  string // in records and in the names of figures
	Name string // on slides
	Init nn.Init
}

var (
	std1   = scheme{"std1", "標準偏差1", nn.Std(1)}
	std001 = scheme{"std001", "標準偏差0.01", nn.Std(0.01)}
	xavier = scheme{"xavier", "Xavier", nn.Xavier}
	he     = scheme{"he", "He", nn.He}
)

// deviations are what the schemes give for a layer of n inputs, for the record.
func deviations(n int, schemes []scheme) map[string]float64 {
	d := map[string]float64{}
	for _, s := range schemes {
		d[s.Key] = lab.Decimal(s.Init(n))
	}
	return d
}
