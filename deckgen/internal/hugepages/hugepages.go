// Package hugepages has memory lie in huge pages: the kernel hands them out 2 MiB at a time, where it is 4 KiB otherwise.
// A command that runs for a tenth of a second spends much of it on asking.
//
// It marks the memory that the tables of other packages fill, so it has to be initialised before them: it may import next
// to nothing.
package hugepages
