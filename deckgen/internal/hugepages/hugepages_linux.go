package hugepages

import (
	"syscall"
	"unsafe"
)

const (
	size = 2 << 20 // of a huge page on most processors; where it is another, less of this takes effect
	unit = 4 << 20 // the runtime maps memory for the heap in multiples of this

	large = 128 << 10 // of this size, and larger, pieces come from the heap itself
	small = 8 << 10   // of this size, and smaller, from up to 64 pages that the runtime sets aside

	adviseHuge = 14 // MADV_HUGEPAGE of <sys/mman.h>
)

// last is the last piece that was used up; in a variable, so that it is not on a stack.
var last []byte

// init has the heap go on in the next page that nobody has touched, for only such a page can become a huge one.
func init() {
	last = make([]byte, large)
	page := (address(last) + size - 1) &^ (size - 1)
	useUp(page, large, size/large)
	useUp(page, small, 64)
	advise(page, unit-page%unit)
	last = nil
}

// useUp allocates pieces of a size until one lies behind an address, at most so many.
func useUp(behind uintptr, size, most int) {
	for range most {
		if last = make([]byte, size); address(last) >= behind {
			return
		}
	}
}

// Mark marks a piece of the heap that nobody has touched yet.
func Mark(b []byte) {
	start := address(b)
	advise(start&^(size-1), uintptr(len(b))+start%size)
}

func address(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// advise ignores errors: not every kernel has huge pages.
func advise(start, length uintptr) {
	syscall.RawSyscall(syscall.SYS_MADVISE, start, length, adviseHuge)
}
