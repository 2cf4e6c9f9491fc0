package deckgen

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

var sink []byte

// A small heap is left alone, a larger one collected as usual.
func TestReserveHeap(t *testing.T) {
	debug.SetGCPercent(100)
	reserveHeap()
	if p := gcPercent(); p < 1000 {
		t.Errorf("a collection comes at %d %% of growth while the heap is small", p)
	}
	deadline := time.Now().Add(time.Minute)
	for gcPercent() != 100 && time.Now().Before(deadline) {
		sink = make([]byte, smallHeap)
		runtime.Gosched() // cleanups run beside
	}
	if p := gcPercent(); p != 100 {
		t.Errorf("a collection comes at %d %% of growth in the end, want 100", p)
	}
}

func gcPercent() uint64 {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
