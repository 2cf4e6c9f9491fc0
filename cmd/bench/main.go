// Bench measures what the speed of the experiments rests on, on the machine where it runs: the kernels against the peak
// rate of a core and against gonum's BLAS, and each experiment against the same work in NumPy and PyTorch, where these
// are installed.
//
//	go run ./cmd/bench
//	go run ./cmd/bench --data ~/mnist --rounds 3 --again
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"

	"github.com/alecthomas/kong"
)

type flags struct {
	Data    string `placeholder:"DIR" env:"DECKGEN_DATA" help:"Train on the IDX files in DIR instead of digits drawn from a seed."`
	Rounds  int    `default:"1" help:"Run everything so many times, in turn, and show the medians."`
	Jobs    int    `short:"j" placeholder:"N" help:"Cores for deckgen. Default: all."`
	Threads int    `default:"1" help:"Threads for NumPy and PyTorch, which more than one often makes slower with nets of this size."`
	Seeds   int    `default:"1" help:"Seeds for each of deckgen's experiments; the other programs always run one."`
	Again   bool   `help:"Let the other programs compute each loss in a second pass, as many a textbook does."`
	Float64 bool   `name:"float64" help:"Let NumPy compute in float64, as it does unless told otherwise."`
	Only    string `placeholder:"PART" enum:",kernels,experiments" default:"" help:"Measure only the kernels or only the experiments."`
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("bench"), kong.Description("Measure the kernels and the experiments on this machine."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := measure(ctx, f); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

func measure(ctx context.Context, f flags) error {
	if f.Jobs == 0 {
		f.Jobs = runtime.NumCPU()
	}
	fmt.Println(machine())
	if f.Only != "experiments" {
		if err := kernels(ctx); err != nil {
			return err
		}
	}
	if f.Only == "kernels" {
		return nil
	}
	return compare(ctx, f)
}
