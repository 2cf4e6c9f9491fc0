package deckgen

import (
	"runtime"
	"runtime/debug"
	"sync"

	"deckgen/deckgen/internal/hugepages"
)

const (
	smallHeap = 64 << 20 // that of a check or a build, which need not be collected
	usualHeap = 4 << 20  // that which the runtime collects first
)

var reserveHeapOnce = sync.OnceFunc(reserveHeap)

// reserveHeap has the heap grow in huge pages, and not be collected while it is small. This takes a millisecond. It makes
// the runtime map memory by asking for a lot of it, and gives that back untouched.
func reserveHeap() {
	percent := debug.SetGCPercent(-1)
	room := make([]byte, smallHeap)
	hugepages.Mark(room)
	runtime.KeepAlive(room)
	runtime.GC()
	if percent >= 0 { // not GOGC=off
		debug.SetGCPercent(max(percent, 100*smallHeap/usualHeap))
		runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, percent)
	}
}
