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

// resultRE takes the name, without the number of cores, and the rate out of a line of go test -bench.
var resultRE = regexp.MustCompile(`(?m)^Benchmark(\S+?)(?:-\d+)?\s.*?([\d.]+) GFLOP/s`)

// kernels runs the benchmarks of the package f32, and shows each product beside the peak rate and beside gonum.
func kernels(ctx context.Context) error {
	fmt.Println("\nProducts of matrices, one core, GFLOP/s, best of five")
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^Benchmark(Peak|Products|Gonum)$", "-benchtime", "50ms",
		"-count", "5", "-cpu", "1", "deckgen/experiments/f32")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("the benchmarks of f32: %w\n%s", err, out)
	}
	rates := map[string]float64{}
	var products []string
	for _, m := range resultRE.FindAllStringSubmatch(string(out), -1) {
		name, ours := strings.CutPrefix(m[1], "Products/")
		if rates[m[1]] == 0 && ours && strings.HasSuffix(name, "/"+f32.Using()) {
			products = append(products, name)
		}
		rate, _ := strconv.ParseFloat(m[2], 64)
		rates[m[1]] = max(rates[m[1]], rate)
	}
	peak := rates["Peak/"+f32.Using()]
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush()
	fmt.Fprintln(w, "product\tdeckgen\tof peak\tgonum\tratio\t")
	for _, name := range products {
		rate, shape := rates["Products/"+name], strings.TrimSuffix(name, "/"+f32.Using())
		row := fmt.Sprintf("%s\t%.1f\t", strings.Replace(strings.ReplaceAll(shape, "_", " "), "/", " ", 1), rate)
		if peak > 0 {
			row += fmt.Sprintf("%.0f%%\t", 100*rate/peak)
		} else {
			row += "\t"
		}
		if gonum := rates["Gonum/"+strings.TrimPrefix(shape, "Mul/")]; gonum > 0 {
			row += fmt.Sprintf("%.1f\t%.1f×\t", gonum, rate/gonum)
		} else {
			row += "\t\t"
		}
		fmt.Fprintln(w, row)
	}
	return nil
}
