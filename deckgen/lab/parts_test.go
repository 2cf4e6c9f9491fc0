package lab

import (
	"math"
	"reflect"
	"testing"
)

// memory keeps parts in a map.
func memory(key string, kept map[string][]byte) *Parts {
	return &Parts{Key: key,
		Load: func(k string) ([]byte, bool) { b, ok := kept[k]; return b, ok },
		Save: func(k string, b []byte) { kept[k] = b }}
}

type curve struct {
	Losses []float64
	Rate   float32
}

// grid runs a grid and says how often it had to compute.
func grid(t *testing.T, p *Parts, variants []float32, seeds ...uint64) (found [][]curve, computed int) {
	t.Helper()
	found, err := Grid(Input{Seeds: seeds, Parts: p}, variants, func(v float32, seed uint64) (curve, error) {
		computed++
		return curve{Losses: []float64{float64(v) / 3, float64(seed)}, Rate: v}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, computed
}

func TestOnlyWhatIsNewIsComputed(t *testing.T) {
	kept := map[string][]byte{}
	want, n := grid(t, nil, []float32{0.1, 0.2, 0.3}, 1, 2, 3)
	if n != 9 {
		t.Errorf("%d parts computed without a memory, want 9", n)
	}
	for _, test := range []struct {
		key      string
		variants []float32
		seeds    []uint64
		computed int
	}{
		{"a", []float32{0.1, 0.2}, []uint64{1, 2}, 4},
		{"a", []float32{0.1, 0.2}, []uint64{1, 2}, 0},
		{"a", []float32{0.1, 0.2}, []uint64{1, 2, 3}, 2},
		{"a", []float32{0.1, 0.2, 0.3}, []uint64{1, 2, 3}, 3},
		{"b", []float32{0.1, 0.2, 0.3}, []uint64{1, 2, 3}, 9},
	} {
		p := memory(test.key, kept)
		got, n := grid(t, p, test.variants, test.seeds...)
		if n != test.computed || int(p.Known.Load()) != len(test.variants)*len(test.seeds)-n {
			t.Errorf("%v: %d computed, %d known", test, n, p.Known.Load())
		}
		for v := range got {
			if !reflect.DeepEqual(got[v], want[v][:len(test.seeds)]) {
				t.Errorf("%v: variant %d is %v, want %v", test, v, got[v], want[v])
			}
		}
	}
}

func TestGridsOfOneRunDoNotMix(t *testing.T) {
	kept := map[string][]byte{}
	for range 2 {
		p := memory("a", kept)
		first, _ := grid(t, p, []float32{1}, 1)
		second, _ := grid(t, p, []float32{2}, 1)
		if first[0][0].Rate != 1 || second[0][0].Rate != 2 {
			t.Errorf("got %v and %v", first, second)
		}
	}
}

func TestWhatWouldNotComeBackIsNotKept(t *testing.T) {
	kept := map[string][]byte{}
	in := Input{Seeds: []uint64{1}, Parts: memory("a", kept)}
	hidden := func(int, uint64) (struct{ a, B int }, error) { return struct{ a, B int }{1, 2}, nil }
	if _, err := Grid(in, []int{0}, hidden); err != nil || len(kept) != 0 {
		t.Errorf("unexported fields: %d kept (%v)", len(kept), err)
	}
	if _, err := Grid(in, []int{0}, func(int, uint64) (float64, error) { return math.NaN(), nil }); err != nil || len(kept) != 0 {
		t.Errorf("no number: %d kept (%v)", len(kept), err)
	}
	if _, err := Grid(in, []int{0}, func(int, uint64) (func(), error) { return func() {}, nil }); err != nil || len(kept) != 0 {
		t.Errorf("a function: %d kept (%v)", len(kept), err)
	}
}

func TestBrokenPartIsComputedAgain(t *testing.T) {
	kept := map[string][]byte{}
	grid(t, memory("a", kept), []float32{1}, 1)
	for k, b := range kept {
		kept[k] = b[:len(b)/2]
	}
	if _, n := grid(t, memory("a", kept), []float32{1}, 1); n != 1 {
		t.Errorf("%d computed, want 1", n)
	}
}

func TestPartParams(t *testing.T) {
	type shared struct {
		LR float64 `json:"lr"`
	}
	type params struct {
		shared
		Trials int `json:"trials" part:"-"`
		Top    int `json:"top,omitempty" part:"-"`
	}
	for _, test := range []struct {
		params any
		want   string
	}{
		{params{shared{0.1}, 100, 5}, `{"lr":0.1}`}, {params{shared{0.1}, 200, 0}, `{"lr":0.1}`}, {params{shared{0.2}, 100, 5}, `{"lr":0.2}`},
		{nil, `null`}, {map[string]int{"a": 1}, `{"a":1}`}, {[]int{1}, `[1]`},
	} {
		got, err := PartParams(test.params)
		if err != nil || string(got) != test.want {
			t.Errorf("%+v: %s (%v), want %s", test.params, got, err, test.want)
		}
	}
}

func TestDraft(t *testing.T) {
	run := func(Input) (*Result, error) { return &Result{}, nil }
	full := &Experiment{Name: "a/b", Params: 100, Seeds: 5, Run: run, Quick: &Quick{Params: 10, Run: run}}
	if d := full.Draft(); !d.IsDraft() || d.Seeds != 1 || d.Params != 10 || full.IsDraft() {
		t.Errorf("the draft is %+v", d)
	}
	seeded := &Experiment{Name: "a/b", Params: 100, Seeds: 2, Run: run}
	if d := seeded.Draft(); !d.IsDraft() || d.Seeds != 1 || d.Params != 100 {
		t.Errorf("the draft of one without a quick form is %+v", d)
	}
	once := &Experiment{Name: "a/b", Seeds: 1, Run: run, Quick: &Quick{Params: 10, Run: run}}
	if d := once.Draft(); !d.IsDraft() || d.Params != 10 {
		t.Errorf("the draft of one with a single seed is %+v", d)
	}
	for _, fast := range []*Experiment{{Name: "a/b", Run: run}, {Name: "a/b", Seeds: 1, Run: run}} {
		if fast.Draft() != fast {
			t.Errorf("with %d seeds there is nothing to save", fast.Seeds)
		}
	}
}
