// Package fake holds experiments that take no time, or all of it, for the tests of the driver.
package fake

import (
	"embed"

	"deckgen/deckgen/lab"
)

// All are the experiments that take no time.
var All = []*lab.Experiment{Mean, Walk}

// Endless are experiments of which one never ends.
var Endless = []*lab.Experiment{Mean, Endlessly}

// Fickle are experiments of which one heeds what it must not: the environment.
var Fickle = []*lab.Experiment{Mean, Weather}

// Faulty are experiments of which one panics.
var Faulty = []*lab.Experiment{Mean, Over}

// Source is this package's source.
//
//go:embed *.go
var Source embed.FS
