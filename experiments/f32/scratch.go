package f32

import "sync"

// workspace is memory that products need for a while.
type workspace struct {
	rows    []float32 // of a transposed left factor
	parts   []panel
	packed  []float32       // the panels' elements
	piece   []float32       // of a panel, for the product of a sparse matrix
	next    []int           // the elements of its rows that come next
	address [64]uint64      // of them
	columns [1 << 16]uint64 // which of its rows have an element there
}

// scratch keeps workspaces from one call to the next, one for each thread that
// multiplies at a time, so that no call allocates once they have grown.
var scratch = sync.Pool{New: func() any { return new(workspace) }}
