package nn

import (
	"math/rand/v2"
)

// Batches draws samples at random, with replacement.
type Batches struct {
	x, batch *Matrix
	labels   []uint8
	of       []uint8 // the labels of the batch
	rows     []int
	rand     *rand.Rand
}

// NewBatches draws batches of the given size from the rows of x.
func NewBatches(x *Matrix, labels []uint8, size int, r *rand.Rand) *Batches {
	return &Batches{x: x, labels: labels, batch: &Matrix{}, of: make([]uint8, size), rows: make([]int, size), rand: r}
}

// Next is a new batch: size×inputs, and a label for each row. Both are valid until the next call.
func (b *Batches) Next() (*Matrix, []uint8) {
	for i := range b.rows {
		b.rows[i] = b.rand.IntN(b.x.Rows)
		b.of[i] = b.labels[b.rows[i]]
	}
	b.batch.Gather(b.x, b.rows)
	return b.batch, b.of
}
