package hugepages

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

var first []byte

// This comes after the init of hugepages_linux.go.
func init() { first = make([]byte, 256<<10) }

func TestMarked(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("this kernel has no huge pages")
	}
	if !isMarked(t, first) {
		t.Error("the memory that was allocated first is not marked")
	}
	large := make([]byte, 32<<20)
	if isMarked(t, large) {
		t.Fatal("memory is marked before Mark")
	}
	Mark(large)
	if !isMarked(t, large) {
		t.Error("memory is not marked after Mark")
	}
}

// isMarked reports whether the middle of b is in memory that may be huge pages.
func isMarked(t *testing.T, b []byte) bool {
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	middle, inside := address(b[len(b)/2:]), false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= middle && middle < to
		} else if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return strings.Contains(flags+" ", " hg ")
		}
	}
	t.Fatalf("%#x is not mapped", middle)
	return false
}
