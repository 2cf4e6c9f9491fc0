// Package experiments lists the experiments behind the lecture, in the order of the deck.
package experiments

import (
	"embed"

	"deckgen/deckgen/lab"
	"deckgen/experiments/activations"
	"deckgen/experiments/batchnorm"
	"deckgen/experiments/digits"
	"deckgen/experiments/hyperparameters"
	"deckgen/experiments/optimizers"
	"deckgen/experiments/overfitting"
)

// All experiments. A new one is a file in its section and a line here.
var All = []*lab.Experiment{
	digits.Samples,
	optimizers.Surface,
	optimizers.Paths,
	optimizers.Training,
	activations.Symmetry,
	activations.Functions,
	activations.Distributions,
	activations.Training,
	batchnorm.Spread,
	batchnorm.Training,
	overfitting.WeightDecay,
	overfitting.Masks,
	overfitting.Dropout,
	overfitting.Strength,
	hyperparameters.Scale,
	hyperparameters.Search,
	hyperparameters.Second,
}

// Source is the source that this program was built from, to be compared with the one on disk.
//
//go:embed */*.go */*.s
var Source embed.FS
