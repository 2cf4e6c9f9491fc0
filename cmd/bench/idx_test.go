package main

import (
	"testing"

	"deckgen/experiments/data"
)

// The set that the other programs read is the set that deckgen trains on.
func TestWrittenSetIsTheSame(t *testing.T) {
	set, err := data.Load("")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := writeIDX(dir, set); err != nil {
		t.Fatal(err)
	}
	again, err := data.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if again.SHA256 != set.SHA256 {
		t.Errorf("the files have the digest %s, the set %s", again.SHA256, set.SHA256)
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		x    []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{4, 2}, 3}, {[]float64{9, 1, 2}, 2}} {
		if got := median(test.x); got != test.want {
			t.Errorf("median of %v is %g, want %g", test.x, got, test.want)
		}
	}
}
