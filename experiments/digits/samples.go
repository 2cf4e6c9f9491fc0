// Package digits holds the experiment that shows what the nets learn from.
package digits

import (
	"fmt"
	"slices"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/lab"
	"deckgen/experiments/data"
	"deckgen/experiments/f32"
)

// Samples shows a few pictures of each digit, and how many there are.
var Samples = &lab.Experiment{
	Name:   "digits/samples",
	Title:  "the pictures that the nets learn from",
	Params: theSamples,
	Data:   data.Identify,
	Run:    theSamples.run,
	Draw:   drawSamples,
}

type samples struct {
	Each int `json:"each"` // how many pictures of each digit are shown
}

var theSamples = samples{Each: 4}

const classes = 10

func (p samples) run(in lab.Input) (*lab.Result, error) {
	set, err := data.Load(in.DataDir)
	if err != nil {
		return nil, err
	}
	counts := make([]float64, classes)
	r := &lab.Result{Values: map[string]lab.Value{}, Series: map[string]lab.Series{}}
	for i, d := range set.Train.Labels {
		if n := int(counts[d]); n < p.Each {
			row := fmt.Sprintf("row%d", n+1)
			if r.Series[row] == nil {
				r.Series[row] = lab.Series{}
			}
			r.Series[row][fmt.Sprint("digit", d)] = pixels(set.Train.X.NZ[i], set.Train.X.Cols)
		}
		counts[d]++
	}
	rarest, commonest := slices.Min(counts), slices.Max(counts)
	all := float64(len(set.Train.Labels))
	r.Values["train"], r.Values["test"] = lab.Number(all), lab.Number(float64(len(set.Test.Labels)))
	r.Values["rarest"], r.Values["commonest"] = lab.Number(rarest), lab.Number(commonest)
	r.Claims = map[string]lab.Claim{
		"balanced": lab.Claimed("each digit is between 8% and 12% of the training data", fmt.Sprintf("%.1f%% to %.1f%%", 100*rarest/all, 100*commonest/all),
			func(x []float64) bool { return x[0] >= 0.08 && x[1] <= 0.12 }, []float64{rarest / all}, []float64{commonest / all}),
	}
	return r, nil
}

// pixels are the numbers of a picture, from 0 for paper to 1 for ink, with two decimals.
func pixels(sparse f32.Row, n int) []float64 {
	dense := make([]float64, n)
	for i, j := range sparse.Index {
		dense[j] = lab.Round(float64(sparse.Value[i]), 2)
	}
	return dense
}

func drawSamples(r *lab.Result) ([]figure.Figure, error) {
	t := figure.Tiles{Size: figure.Size{W: 640, H: 270}, Width: 28, Ink: true}
	for n := range len(r.Series) {
		s := r.Series[fmt.Sprintf("row%d", n+1)]
		row := figure.TileRow{Limit: 1}
		for d := range classes {
			row.Images = append(row.Images, s[fmt.Sprint("digit", d)])
		}
		t.Rows = append(t.Rows, row)
	}
	f, err := t.Draw("samples", fmt.Sprintf("0から9までの数字を%d枚ずつ並べた図。線の太さ、傾き、形は1枚ごとにちがう。", len(r.Series)))
	return []figure.Figure{f}, err
}
