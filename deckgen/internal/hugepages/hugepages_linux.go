package hugepages

import (
	"runtime"
	"runtime/debug"
	"syscall"
	"unsafe"
)

const (
	// The heap grows by whole multiples of unit. Half of one short of that, reserve leaves at least one huge page behind
	// it in the memory that is mapped for it. What is allocated before reserve is freed comes from there.
	unit    = 4 << 20
	reserve = 16*unit - unit/2

	small = 16 * unit // a heap that need not be collected

	adviseHuge = 14 // MADV_HUGEPAGE of <sys/mman.h>
)

// init runs before the initialisers of nearly all other packages, whose tables fill the first huge page. It makes the
// runtime map memory by asking for a lot of it, which nobody touches, and marks it. The first collection frees it.
func init() {
	percent := debug.SetGCPercent(percentFor(reserve + 3*unit))
	if percent < 0 { // GOGC=off
		debug.SetGCPercent(percent)
	}
	room := new([reserve]byte)
	runtime.AddCleanup(room, grace, percent)
	from := uintptr(unsafe.Pointer(room))
	to := (from + reserve + unit - 1) &^ (unit - 1)
	syscall.RawSyscall(syscall.SYS_MADVISE, from&^(unit-1), to-from&^(unit-1), adviseHuge)
	leave(from)
	runtime.KeepAlive(room)
}

// percentFor is the GOGC with which the first collection comes when the heap has a size.
func percentFor(size int) int { return size / (unit / 100) }

// grace puts the next collection off until the heap is no longer small. From then on they come as they would have.
func grace(percent int) {
	if percent < 0 {
		return
	}
	debug.SetGCPercent(max(percent, percentFor(small)))
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, percent)
}

var page *[8 << 10]byte // of the runtime; not on a stack

// leave uses up the pages before an address that the runtime has set aside for small objects, at most 64.
func leave(start uintptr) {
	for range 64 {
		if page = new([8 << 10]byte); uintptr(unsafe.Pointer(page)) > start {
			break
		}
	}
	page = nil
}
