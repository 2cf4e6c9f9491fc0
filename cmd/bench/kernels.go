package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"

	"deckgen/experiments/f32"
)

// resultRE takes the name, without the number of cores, and the measures out of a line of go test -bench.
var resultRE = regexp.MustCompile(`(?m)^Benchmark(\S+?)(?:-\d+)?\s+\d+\s(.*)$`)

// A result is the best of what go test -bench printed for a benchmark, by unit.
type result map[string]float64

// benchmarks runs those of a package, and returns their names in order, and their results.
func benchmarks(ctx context.Context, pkg, pattern, spell string) (names []string, results map[string]result, err error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", pattern, "-benchtime", spell, "-count", "5", "-cpu", "1", pkg)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("the benchmarks of %s: %w\n%s", pkg, err, out)
	}
	results = map[string]result{}
	for _, m := range resultRE.FindAllStringSubmatch(string(out), -1) {
		name, measures := m[1], strings.Fields(m[2])
		if results[name] == nil {
			names, results[name] = append(names, name), result{}
		}
		for i := 0; i+1 < len(measures); i += 2 {
			v, _ := strconv.ParseFloat(measures[i], 64)
			results[name][measures[i+1]] = max(results[name][measures[i+1]], v)
		}
	}
	return names, results, nil
}

// kernels shows each product beside the peak rate and beside gonum, then whole steps of training and the inference of
// several nets.
func kernels(ctx context.Context) error {
	fmt.Println("\nProducts of matrices, one core, GFLOP/s, best of five")
	names, results, err := benchmarks(ctx, "deckgen/experiments/f32", "^Benchmark(Peak|Products|Gonum)$", "50ms")
	if err != nil {
		return err
	}
	products(names, results)
	fmt.Println("\nSteps of training on 100 samples and inference, one core, share of the peak rate, best of five.\n" +
		"Dense counts the terms of the samples' zeros, too, which deckgen leaves out.")
	names, results, err = benchmarks(ctx, "deckgen/experiments/nn", "^BenchmarkStep$", "200ms")
	if err != nil {
		return err
	}
	steps(names, results)
	return nil
}

func steps(names []string, results map[string]result) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush()
	fmt.Fprintln(w, "net\tGFLOP/s\tof peak\tdense\t")
	for _, name := range names {
		r := results[name]
		fmt.Fprintf(w, "%s\t%.1f\t%.0f%%\t%.0f%%\t\n", strings.TrimPrefix(name, "Step/"), r["GFLOP/s"], r["%peak"], r["%peak-dense"])
	}
}

func products(names []string, results map[string]result) {
	rate := func(name string) float64 { return results[name]["GFLOP/s"] }
	peak := rate("Peak/" + f32.Using())
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush()
	fmt.Fprintln(w, "product\tdeckgen\tof peak\tgonum\tratio\t")
	for _, name := range names {
		shape, ours := strings.CutPrefix(name, "Products/")
		shape, inUse := strings.CutSuffix(shape, "/"+f32.Using())
		if !ours || !inUse {
			continue
		}
		row := fmt.Sprintf("%s\t%.1f\t", strings.Replace(strings.ReplaceAll(shape, "_", " "), "/", " ", 1), rate(name))
		if peak > 0 {
			row += fmt.Sprintf("%.0f%%\t", 100*rate(name)/peak)
		} else {
			row += "\t"
		}
		if gonum := rate("Gonum/" + strings.TrimPrefix(shape, "Mul/")); gonum > 0 {
			row += fmt.Sprintf("%.1f\t%.1f×\t", gonum, rate(name)/gonum)
		} else {
			row += "\t\t"
		}
		fmt.Fprintln(w, row)
	}
}
