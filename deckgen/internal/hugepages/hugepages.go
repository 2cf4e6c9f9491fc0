// Package hugepages has the heap lie in huge pages, and leaves a small heap uncollected.
//
// A command that runs for a tenth of a second spends much of it on page faults, as the kernel hands out 4 KiB at a time,
// and on collecting memory that it could just as well leave to its end. A huge page is 2 MiB at a time.
package hugepages

import "runtime"

// Release gives the heap what is kept in reserve for it; it takes a millisecond, which a program that ends at once can
// save.
func Release() { runtime.GC() }
