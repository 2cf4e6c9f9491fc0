package digits

import (
	"testing"

	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
)

func TestPixels(t *testing.T) {
	got := pixels(f32.Row{Index: []uint16{1, 3}, Value: []float32{0.501, 1}}, 5)
	want := []float64{0, 0.5, 0, 1, 0}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("pixels %v, want %v", got, want)
		}
	}
}

// Each row has each digit once, and no picture comes twice.
func TestSamples(t *testing.T) {
	r, err := theSamples.run(lab.Input{Experiment: "digits/samples"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Series) != theSamples.Each {
		t.Fatalf("%d rows, want %d", len(r.Series), theSamples.Each)
	}
	seen := map[float64]string{}
	for row, s := range r.Series {
		if len(s) != classes {
			t.Errorf("%s has %d digits", row, len(s))
		}
		for digit, picture := range s {
			hash := 0.0
			for i, ink := range picture {
				hash += ink * float64(i*i)
			}
			if other := seen[hash]; other != "" {
				t.Errorf("%s/%s is the same picture as %s", row, digit, other)
			}
			seen[hash] = row + "/" + digit
		}
	}
	if !r.Claims["balanced"].Holds {
		t.Error(r.Claims["balanced"].Evidence)
	}
	if f, err := drawSamples(r); err != nil || len(f) != 1 {
		t.Errorf("%d figures, %v", len(f), err)
	}
}
