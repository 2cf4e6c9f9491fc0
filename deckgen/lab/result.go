package lab

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"deckgen/deckgen/figure"
)

// A Result is what a run found, with everything that made it. Written to disk it is the record; see Encode.
//
// The keys of Values and Series are paths such as "adam/final_loss"; in the record each step of the path is an object,
// so that a deck names the value by the JSON Pointer /values/adam/final_loss.
type Result struct {
	Experiment string
	Draft      bool // found by the quick form of the experiment
	Params     json.RawMessage
	Seeds      []uint64
	Data       *DataID // nil where no data set was read
	Code       Code
	Values     map[string]Value
	Claims     map[string]Claim
	Tables     map[string]Table
	Series     map[string]Series
	Figures    map[string]FigureID

	// The record does not keep these, which only a command has.
	Made   []figure.Figure // the figures that Run made itself
	Memory int64           // the most memory that a run held, in bytes; 0 if unknown
}

// DataID names a data set and its bytes.
type DataID struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Code is the digest of the source that a run reached: of the whole, and of each declaration, so that a change can be
// named.
type Code struct {
	SHA256 string            `json:"sha256"`
	Parts  map[string]string `json:"parts"` // "experiments/nn/sgd.go#SGD.Step": the first 8 hex digits
	// Draw are the parts of what drew the figures, where that is a command, which check cannot repeat.
	Draw map[string]string `json:"draw,omitempty"`
}

// FigureID is the digest of a figure's file and its alternative text.
type FigureID struct {
	SHA256 string `json:"sha256"`
	Alt    string `json:"alt"`
}

// Series are the columns of numbers behind a figure, by name: x, mean, lo, hi and so on.
type Series map[string][]float64

// A Table has a name for each column and rows of strings and numbers (float64).
type Table struct {
	Columns []string `json:"columns"`
	Rows    [][]any  `json:"rows"`
}

// A Value is one number, or what several seeds gave for it.
type Value struct {
	Mean float64
	SD   float64 // sample standard deviation
	Lo   float64 // the smallest
	Hi   float64 // the largest
	N    int     // number of seeds; 0 for a number that does not depend on them
}

// Number is a value that does not depend on the seed.
func Number(x float64) Value { return Value{Mean: x, Lo: x, Hi: x} }

// Summary is the mean of the values of several seeds, with their spread.
func Summary(xs []float64) Value {
	v := Value{Lo: math.Inf(1), Hi: math.Inf(-1), N: len(xs)}
	for _, x := range xs {
		v.Mean += x
		v.Lo, v.Hi = math.Min(v.Lo, x), math.Max(v.Hi, x)
	}
	v.Mean /= float64(len(xs))
	for _, x := range xs {
		d := x - v.Mean
		v.SD += float64(d * d) // the conversion rounds: no processor may fuse the product into the sum
	}
	if len(xs) > 1 {
		v.SD = math.Sqrt(v.SD / float64(len(xs)-1))
	}
	return v
}

// A Claim is a statement that the runs bear out or do not.
type Claim struct {
	Statement string `json:"statement"` // what is claimed, in formal words
	Holds     bool   `json:"holds"`     // whether it is true for the mean over the seeds
	Held      int    `json:"held"`      // for how many seeds it is true by itself
	Of        int    `json:"of"`        // of how many
	Evidence  string `json:"evidence"`  // the numbers behind it
}

// Fragile reports whether the claim holds for the mean but not for each seed.
func (c Claim) Fragile() bool { return c.Holds && c.Held < c.Of }

// Claimed tries a claim on the mean over the seeds and on each seed by itself. Each of measures holds one number per
// seed, such as the final loss of each optimizer; holds gets one number for each measure.
func Claimed(statement, evidence string, holds func(x []float64) bool, measures ...[]float64) Claim {
	n := len(measures[0])
	x := make([]float64, len(measures))
	at := func(pick func([]float64) float64) bool {
		for i, m := range measures {
			x[i] = pick(m)
		}
		return holds(x)
	}
	c := Claim{Statement: statement, Evidence: evidence, Of: n}
	c.Holds = at(func(m []float64) float64 { return Summary(m).Mean })
	for s := range n {
		if at(func(m []float64) float64 { return m[s] }) {
			c.Held++
		}
	}
	if n > 1 {
		c.Evidence += fmt.Sprintf("; %d of %d seeds", c.Held, n)
	}
	return c
}

// Band summarises several runs of one curve: the mean of each point, and the lowest and highest run there.
// All curves have the length of x.
func Band(x []float64, curves [][]float64) Series {
	s := Series{"x": x, "mean": nil, "lo": nil, "hi": nil}
	at := make([]float64, len(curves))
	for i := range x {
		for j, c := range curves {
			at[j] = c[i]
		}
		v := Summary(at)
		s["mean"], s["lo"], s["hi"] = append(s["mean"], v.Mean), append(s["lo"], v.Lo), append(s["hi"], v.Hi)
	}
	return s
}

// Round keeps n significant decimal digits of x: more would record noise.
func Round(x float64, n int) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', n, 64), 64)
	if err != nil {
		return x // NaN and infinities stay
	}
	return y
}

// Blocks averages a curve over blocks of n points: what is left is what can be seen, and a tenth of the noise. x is the
// middle of each block, counted from 1; points after the last whole block are left out.
func Blocks(curve []float64, n int) (x, mean []float64) {
	for from := 0; from+n <= len(curve); from += n {
		mean = append(mean, Mean(curve[from:from+n]))
		x = append(x, float64(2*from+n+1)/2)
	}
	return x, mean
}

// Mean is the average, added up from the first to the last.
func Mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// Each is f of each element: one measure out of the runs of several seeds.
func Each[T any](runs []T, f func(T) float64) []float64 {
	out := make([]float64, len(runs))
	for i, r := range runs {
		out[i] = f(r)
	}
	return out
}

// Decimal is the float64 with the shortest decimals of x: 0.1 for float32(0.1).
func Decimal(x float32) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(float64(x), 'g', -1, 32), 64)
	if err != nil {
		return float64(x) // infinities and NaN
	}
	return y
}
