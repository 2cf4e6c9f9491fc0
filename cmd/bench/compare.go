package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"deckgen/deckgen/lab"
	"deckgen/experiments"
	"deckgen/experiments/data"
)

// A program is a way to do the work of the experiments.
type program struct {
	name  string
	run   func(context.Context, func(experiment string, seconds float64)) error
	times map[string][]float64 // of each round, by experiment
}

// compare runs each program in turn, round by round, so that what else the machine does falls on all of them.
func compare(ctx context.Context, f flags) error {
	set, err := data.Load(f.Data)
	if err != nil {
		return err
	}
	folder, remove, err := idxFolder(f.Data, set)
	if err != nil {
		return err
	}
	defer remove()
	fmt.Printf("\nExperiments on %s, seconds, median of %d: deckgen on %d cores with drawing, the others with %d threads\n",
		set.Name, f.Rounds, f.Jobs, f.Threads)
	programs := []*program{{name: "deckgen", run: f.ours}}
	programs = append(programs, f.theirs(folder)...)
	for round := range f.Rounds {
		for _, p := range programs {
			if p.times == nil {
				p.times = map[string][]float64{}
			}
			err := p.run(ctx, func(experiment string, seconds float64) {
				fmt.Fprintf(os.Stderr, "round %d: %s: %s %.2f s\n", round+1, p.name, experiment, seconds)
				p.times[experiment] = append(p.times[experiment], seconds)
			})
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	show(programs)
	return nil
}

// ours runs and draws every experiment.
func (f flags) ours(ctx context.Context, done func(string, float64)) error {
	workers := make(chan struct{}, f.Jobs)
	for range f.Jobs {
		workers <- struct{}{}
	}
	for _, e := range experiments.All {
		in := lab.Input{Experiment: e.Name, DataDir: f.Data, Context: ctx, Workers: workers}
		for i := range max(1, min(f.Seeds, e.Seeds)) {
			in.Seeds = append(in.Seeds, uint64(i+1))
		}
		start := time.Now()
		if err := runAndDraw(e, in); err != nil {
			return err
		}
		done(e.Name, time.Since(start).Seconds())
	}
	return nil
}

func runAndDraw(e *lab.Experiment, in lab.Input) (err error) {
	r, err := e.Run(in)
	if err != nil {
		return err
	}
	if r.Params, err = json.Marshal(e.Params); err != nil {
		return err
	}
	_, err = e.Draw(r)
	return err
}

var (
	//go:embed chapter_numpy.py
	numpySource string
	//go:embed chapter_torch.py
	torchSource string
)

// theirs are the programs in Python, as far as what they need is installed.
func (f flags) theirs(folder string) (programs []*program) {
	for _, p := range []struct{ name, module, source string }{{"NumPy", "numpy", numpySource}, {"PyTorch", "torch", torchSource}} {
		python := pythonWith(p.module)
		if python == "" {
			fmt.Printf("%s is not measured: no python3 has the module %s (Debian: apt install python3-%s)\n", p.name, p.module, p.module)
			continue
		}
		args := []string{"-", folder}
		if f.Again {
			args = append(args, "--again")
		}
		if p.module == "torch" {
			args = append(args, "--threads", strconv.Itoa(f.Threads))
		} else if f.Float64 {
			args = append(args, "--float64")
		}
		programs = append(programs, &program{name: p.name, run: func(ctx context.Context, done func(string, float64)) error {
			return runPython(ctx, python, p.source, args, f.Threads, done)
		}})
	}
	return programs
}

// pythonWith finds a Python that has a module; the first in PATH need not be the one that the system's packages are for.
func pythonWith(module string) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import numpy, "+module).Run() == nil {
			return python
		}
	}
	return ""
}

// runPython runs a program that prints a line of JSON for each experiment.
func runPython(ctx context.Context, python, source string, args []string, threads int, done func(string, float64)) error {
	cmd := exec.CommandContext(ctx, python, args...)
	n := strconv.Itoa(threads)
	cmd.Env = append(os.Environ(), "OMP_NUM_THREADS="+n, "OPENBLAS_NUM_THREADS="+n, "MKL_NUM_THREADS="+n)
	cmd.Stdin, cmd.Stderr = strings.NewReader(source), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var r struct {
			Name    string
			Seconds float64
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
		}
		done(r.Name, r.Seconds)
	}
	return cmd.Wait()
}

// idxFolder is a folder with the set in IDX files, and what takes it away again where it had to be made.
func idxFolder(dir string, set *data.Set) (folder string, remove func(), err error) {
	if dir != "" {
		dir, err = filepath.Abs(dir)
		return dir, func() {}, err
	}
	if dir, err = os.MkdirTemp("", "digits"); err != nil {
		return "", nil, err
	}
	return dir, func() { os.RemoveAll(dir) }, writeIDX(dir, set)
}

// show writes the table of medians. The ratio is how many times as long as deckgen a program takes.
func show(programs []*program) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush()
	header := "experiment\t"
	for i, p := range programs {
		header += p.name + "\t"
		if i > 0 {
			header += "ratio\t"
		}
	}
	fmt.Fprintln(w, header)
	totals := make([]float64, len(programs))
	shared := 0.0 // deckgen's time for what the others do, too
	for _, e := range experiments.All {
		row, ours := e.Name+"\t", median(programs[0].times[e.Name])
		for i, p := range programs {
			t := median(p.times[e.Name])
			totals[i] += t
			switch {
			case i == 0:
				row += fmt.Sprintf("%.2f\t", t)
			case t == 0:
				row += "\t\t"
			default:
				row += fmt.Sprintf("%.2f\t%.1f×\t", t, t/ours)
			}
		}
		if len(programs) > 1 && len(programs[1].times[e.Name]) > 0 {
			shared += ours
		}
		fmt.Fprintln(w, row)
	}
	row := fmt.Sprintf("total\t%.2f\t", totals[0])
	for _, t := range totals[1:] {
		row += fmt.Sprintf("%.2f\t%.1f×\t", t, t/shared)
	}
	fmt.Fprintln(w, row)
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	x = slices.Sorted(slices.Values(x))
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}
