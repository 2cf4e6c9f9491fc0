package lab

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"deckgen/deckgen/figure"
)

func workers(n int) chan struct{} {
	c := make(chan struct{}, n)
	for range n {
		c <- struct{}{}
	}
	return c
}

func TestMapKeepsTheOrder(t *testing.T) {
	items := make([]int, 100)
	for i := range items {
		items[i] = i
	}
	for _, n := range []int{1, 2, 7} {
		ticks := 0
		in := Input{Workers: workers(n), Tick: func(done, total int) { ticks++ }}
		got, err := Map(in, items, func(i int) (int, error) { return i * i, nil })
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got {
			if v != i*i {
				t.Fatalf("%d workers: item %d is %d", n, i, v)
			}
		}
		if ticks != len(items) {
			t.Errorf("%d workers: %d ticks for %d items", n, ticks, len(items))
		}
	}
}

func TestMapUsesNoMoreWorkersThanThereAre(t *testing.T) {
	var running, most atomic.Int32
	_, err := Map(Input{Workers: workers(3)}, make([]int, 50), func(int) (int, error) {
		most.Store(max(most.Load(), running.Add(1)))
		running.Add(-1)
		return 0, nil
	})
	if err != nil || most.Load() > 3 {
		t.Errorf("%d at once with 3 workers (%v)", most.Load(), err)
	}
}

func TestMapStopsAtTheFirstError(t *testing.T) {
	wrong := errors.New("wrong")
	started := 0
	_, err := Map(Input{}, make([]int, 1000), func(int) (int, error) {
		started++
		return 0, wrong
	})
	if !errors.Is(err, wrong) || started > 2 {
		t.Errorf("error %v after %d items", err, started)
	}
}

func TestMapReturnsAtOnceWhenInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	never := make(chan struct{})
	_, err := Map(Input{Context: ctx, Workers: workers(2)}, make([]int, 10), func(int) (int, error) {
		cancel()
		<-never // a training that would go on for hours
		return 0, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestGridGroupsByVariant(t *testing.T) {
	in := Input{Seeds: []uint64{1, 2, 3}}
	got, err := Grid(in, []string{"a", "b"}, func(v string, seed uint64) (string, error) { return v + string(rune('0'+seed)), nil })
	if want := [][]string{{"a1", "a2", "a3"}, {"b1", "b2", "b3"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v (%v), want %v", got, err, want)
	}
}

func TestRandomNumbersDependOnTheirPurposeAlone(t *testing.T) {
	in := Input{Experiment: "a/b"}
	first := in.Rand(1, "weights").Uint64()
	if in.Rand(1, "weights").Uint64() != first {
		t.Error("the same purpose gives other numbers")
	}
	for name, other := range map[string]uint64{
		"seed":       in.Rand(2, "weights").Uint64(),
		"purpose":    in.Rand(1, "batches").Uint64(),
		"experiment": Input{Experiment: "a/c"}.Rand(1, "weights").Uint64(),
	} {
		if other == first {
			t.Errorf("another %s gives the same numbers", name)
		}
	}
	if first != 0x6b871c3c151b8e4c {
		t.Errorf("the first number is %#x: all records would change", first)
	}
}

func TestSummary(t *testing.T) {
	got := Summary([]float64{2, 4, 9})
	want := Value{Mean: 5, SD: math.Sqrt(13), Lo: 2, Hi: 9, N: 3}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if one, want := Summary([]float64{7}), (Value{Mean: 7, Lo: 7, Hi: 7, N: 1}); one != want {
		t.Errorf("one seed gives %+v, want %+v", one, want)
	}
}

func TestClaimed(t *testing.T) {
	less := func(x []float64) bool { return x[0] < x[1] }
	for _, c := range []struct {
		a, b    []float64
		holds   bool
		held    int
		fragile bool
	}{
		{[]float64{1, 1, 1}, []float64{2, 2, 2}, true, 3, false},
		{[]float64{1, 1, 3}, []float64{2, 9, 2}, true, 2, true},
		{[]float64{3, 3, 1}, []float64{2, 2, 2}, false, 1, false},
	} {
		got := Claimed("a < b", "…", less, c.a, c.b)
		evidence := fmt.Sprintf("…; %d of 3 seeds", c.held)
		if got.Holds != c.holds || got.Held != c.held || got.Of != 3 || got.Fragile() != c.fragile || got.Evidence != evidence {
			t.Errorf("%v < %v gives %+v", c.a, c.b, got)
		}
	}
	if once := Claimed("a < b", "1 < 2", less, []float64{1}, []float64{2}); !once.Holds || once.Of != 1 || once.Evidence != "1 < 2" {
		t.Errorf("of a single number: %+v", once)
	}
}

func TestBlocksAndBand(t *testing.T) {
	x, mean := Blocks([]float64{1, 3, 5, 7, 100}, 2)
	if !reflect.DeepEqual(x, []float64{1.5, 3.5}) || !reflect.DeepEqual(mean, []float64{2, 6}) {
		t.Errorf("blocks %v %v", x, mean)
	}
	if _, mean = Blocks([]float64{1, 3, 5, 7}, 2); len(mean) != 2 {
		t.Errorf("a curve of whole blocks gives %v", mean)
	}
	got := Band([]float64{1, 2}, [][]float64{{1, 5}, {3, 1}})
	want := Series{"x": {1, 2}, "mean": {2, 3}, "lo": {1, 1}, "hi": {3, 5}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("band %v, want %v", got, want)
	}
}

func TestValidate(t *testing.T) {
	run := func(Input) (*Result, error) { return nil, nil }
	draw := func(*Result) ([]figure.Figure, error) { return nil, nil }
	good := &Experiment{Name: "a/b", Run: run, Draw: draw}
	if err := Validate([]*Experiment{good, {Name: "a/c", Run: run, Draw: draw, Quick: &Quick{Run: run}}}); err != nil {
		t.Error(err)
	}
	for name, all := range map[string][]*Experiment{
		"a name without section": {{Name: "b", Run: run, Draw: draw}},
		"a name in capitals":     {{Name: "a/B", Run: run, Draw: draw}},
		"a name twice":           {good, good},
		"no Draw":                {{Name: "a/b", Run: run}},
		"a quick form of none":   {{Name: "a/b", Run: run, Draw: draw, Quick: &Quick{}}},
		"negative seeds":         {{Name: "a/b", Run: run, Draw: draw, Seeds: -1}},
	} {
		if Validate(all) == nil {
			t.Errorf("%s is let through", name)
		}
	}
}

func TestMapReturnsAPanicAsAnError(t *testing.T) {
	_, err := Map(Input{}, []int{0, 1, 2}, func(i int) (int, error) { return 6 / i, nil })
	if err == nil || !strings.Contains(err.Error(), "divide by zero") || !strings.Contains(err.Error(), "lab_test.go") {
		t.Errorf("got %v, want the panic and where it was", err)
	}
}
