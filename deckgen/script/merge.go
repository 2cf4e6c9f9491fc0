package script

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"deckgen/deckgen/lab"
)

// merge makes one result of the runs of several seeds: the mean of each value with its spread, for each claim how many
// seeds bear it out, the mean of each number in a table, and of each column of a series with the lowest and the highest
// run beside it. A run without seeds is taken as it is.
func merge(runs []*found, seeded bool) (*lab.Result, error) {
	r := &lab.Result{Values: map[string]lab.Value{}, Claims: map[string]lab.Claim{}, Tables: map[string]lab.Table{}, Series: map[string]lab.Series{}}
	first := runs[0]
	for i, run := range runs {
		r.Memory = max(r.Memory, run.memory)
		if what := differ(first, run); what != "" {
			return nil, fmt.Errorf("the runs of seeds 1 and %d found different things: %s", i+1, what)
		}
	}
	for name := range first.values {
		xs := lab.Each(runs, func(f *found) float64 { return f.values[name] })
		if r.Values[name] = lab.Summary(xs); !seeded {
			r.Values[name] = lab.Number(xs[0])
		}
	}
	for name := range first.claims {
		c, err := mergeClaim(name, runs)
		if err != nil {
			return nil, err
		}
		r.Claims[name] = c
	}
	for _, name := range sorted(first.tables) {
		t, err := mergeTable(name, runs)
		if err != nil {
			return nil, err
		}
		r.Tables[name] = t
	}
	for _, name := range sorted(first.series) {
		s, err := mergeSeries(name, runs)
		if err != nil {
			return nil, err
		}
		r.Series[name] = s
	}
	return r, nil
}

// alike reports whether there are several runs, and they found the same.
func alike(runs []*found) bool {
	first := *runs[0]
	return len(runs) > 1 && !slices.ContainsFunc(runs, func(run *found) bool {
		f := *run
		f.memory = first.memory
		return !reflect.DeepEqual(f, first)
	})
}

// differ names what one run has and the other has not.
func differ(a, b *found) string {
	for _, kind := range []struct {
		what         string
		ofOne, other []string
	}{
		{"values", sorted(a.values), sorted(b.values)},
		{"claims", sorted(a.claims), sorted(b.claims)},
		{"tables", sorted(a.tables), sorted(b.tables)},
		{"series", sorted(a.series), sorted(b.series)},
	} {
		if !slices.Equal(kind.ofOne, kind.other) {
			return fmt.Sprintf("%s %q and %q", kind.what, kind.ofOne, kind.other)
		}
	}
	return ""
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// mergeClaim takes a claim for true if most of the runs bear it out; check then says that it is fragile unless all do.
func mergeClaim(name string, runs []*found) (c lab.Claim, err error) {
	first := runs[0].claims[name]
	c = lab.Claim{Statement: first.Statement, Evidence: first.Evidence, Of: len(runs)}
	for _, run := range runs {
		claim := run.claims[name]
		if claim.Statement != first.Statement {
			return c, fmt.Errorf("claims/%s: the statement is not the same for all seeds: %q and %q; numbers belong into evidence",
				name, first.Statement, claim.Statement)
		}
		if claim.Evidence != c.Evidence {
			c.Evidence = ""
		}
		if *claim.Holds {
			c.Held++
		}
	}
	c.Holds = 2*c.Held > c.Of
	if c.Of > 1 {
		seeds := fmt.Sprintf("%d of %d seeds", c.Held, c.Of)
		if c.Evidence != "" {
			seeds = c.Evidence + "; " + seeds
		}
		c.Evidence = seeds
	}
	return c, nil
}

func mergeTable(name string, runs []*found) (lab.Table, error) {
	first := runs[0].tables[name]
	merged := lab.Table{Columns: first.Columns}
	for _, run := range runs {
		if t := run.tables[name]; !slices.Equal(t.Columns, first.Columns) || len(t.Rows) != len(first.Rows) {
			return merged, fmt.Errorf("tables/%s: not all seeds have the same columns and the same number of rows", name)
		}
	}
	for i, row := range first.Rows {
		var cells []any
		for j := range row {
			var at []any
			for _, run := range runs {
				at = append(at, run.tables[name].Rows[i][j])
			}
			c, ok := mergeCells(at)
			if !ok {
				return merged, fmt.Errorf("tables/%s: row %d, %s: the text is not the same for all seeds", name, i+1, first.Columns[j])
			}
			cells = append(cells, c)
		}
		merged.Rows = append(merged.Rows, cells)
	}
	return merged, nil
}

// mergeCells is the mean of numbers, and a text that all share.
func mergeCells(cells []any) (any, bool) {
	var xs []float64
	for _, c := range cells {
		if x, ok := c.(float64); ok {
			xs = append(xs, x)
		}
	}
	if len(xs) == len(cells) {
		return lab.Mean(xs), true
	}
	same := !slices.ContainsFunc(cells, func(c any) bool { return c != cells[0] })
	return cells[0], same
}

// mergeSeries leaves a column that all runs share as it is. Another becomes the mean, and gets columns with the lowest
// and the highest run beside it: y, y_lo, y_hi.
func mergeSeries(name string, runs []*found) (lab.Series, error) {
	merged := lab.Series{}
	for _, column := range sorted(runs[0].series[name]) {
		var curves [][]float64
		for _, run := range runs {
			c, ok := run.series[name][column]
			if !ok || len(c) != len(runs[0].series[name][column]) {
				return nil, fmt.Errorf("series/%s/%s: it is not of the same length for all seeds", name, column)
			}
			curves = append(curves, c)
		}
		same := !slices.ContainsFunc(curves, func(c []float64) bool { return !slices.Equal(c, curves[0]) })
		if merged[column] = curves[0]; !same {
			band := lab.Band(curves[0], curves)
			merged[column], merged[column+"_lo"], merged[column+"_hi"] = band["mean"], band["lo"], band["hi"]
		}
	}
	return merged, nil
}
