package hugepages

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
	"unsafe"
)

var sink *[32 << 20]byte

// What is allocated after the first collection lies in the memory that was marked for huge pages.
func TestMarked(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("this kernel has no transparent huge pages")
	}
	runtime.GC()
	sink = new([32 << 20]byte)
	middle := &sink[len(sink)/2] // it may begin before the reserve
	if flags := flagsAt(t, uintptr(unsafe.Pointer(middle))); !strings.Contains(flags+" ", " hg ") {
		t.Errorf("the memory at %p has the flags %q, want hg among them", middle, flags)
	}
}

// Collections come at their usual rate once the heap is no longer small.
func TestRate(t *testing.T) {
	runtime.GC()
	for range 100 {
		sink = new([32 << 20]byte)
		time.Sleep(100 * time.Microsecond) // cleanups run beside
	}
	rate := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	if metrics.Read(rate); rate[0].Value.Uint64() != 100 {
		t.Errorf("a collection comes at %d %% of growth, want 100", rate[0].Value.Uint64())
	}
}

// flagsAt returns the flags of the mapping that holds an address.
func flagsAt(t *testing.T, address uintptr) string {
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	inside := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= address && address < to
		} else if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return flags
		}
	}
	t.Fatalf("%#x is not mapped", address)
	return ""
}
