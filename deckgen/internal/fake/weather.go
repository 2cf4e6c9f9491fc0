package fake

import (
	"errors"
	"os"
	"strconv"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
)

// Weather is what no experiment must be: its run and its figure depend on the environment.
var Weather = &lab.Experiment{
	Name:  "sky/weather",
	Title: "the weather",
	Seeds: 2,
	Run: func(in lab.Input) (*lab.Result, error) {
		if os.Getenv("STORM") != "" {
			return nil, errors.New("no view of the sky")
		}
		if os.Getenv("FOG") != "" {
			<-in.Context.Done()
			return nil, in.Context.Err()
		}
		days := []float64{4, 5 + surprise("RAIN")}
		return &lab.Result{Values: map[string]lab.Value{"rain/days": lab.Summary(days), "sun/days": lab.Number(3)}}, nil
	},
	Draw: func(r *lab.Result) ([]figure.Figure, error) {
		return []figure.Figure{picture("clouds", r.Values["sun/days"].Mean+surprise("CLOUDS"))}, nil
	},
}

func surprise(name string) float64 {
	x, _ := strconv.ParseFloat(os.Getenv(name), 64)
	return x
}
