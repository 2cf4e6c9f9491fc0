package data

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
)

// The default set is as large as MNIST.
const (
	digitsName  = "synthetic digits"
	digitsSeed  = 2026
	digitsTrain = 60000
	digitsTest  = 10000

	// digitsSHA256 is known beforehand, so that the set can be named without being drawn.
	digitsSHA256 = "6aaff7304116cfa65a635ee666fd9aa15594e718493e72756b42c5b91e3eb85b"
)

// digits returns the default set, from the cache in folder if it is there and whole. The cache only saves time: where
// it cannot be read or written, or folder is "", the set is drawn again.
func digits(folder string) (*Set, error) {
	files := readCache(folder)
	if files == nil {
		files = drawDigits(runtime.GOMAXPROCS(0))
		if got := files.digest(); got != digitsSHA256 {
			return nil, fmt.Errorf("the %s came out differently on this machine: SHA-256 %s, want %s; "+
				"please report it with the output of go version", digitsName, got, digitsSHA256)
		}
		writeCache(folder, files)
	}
	return newSet(files, digitsSHA256), nil
}

// drawDigits draws the default set. The number of workers shows in nothing but the time.
func drawDigits(workers int) *idxFiles {
	var f idxFiles
	f[trainImages], f[trainLabels] = drawPart(0, digitsTrain, workers)
	f[testImages], f[testLabels] = drawPart(digitsTrain, digitsTest, workers)
	return &f
}

// drawPart draws n digits, as many of each, in random order; first is the number of the first among all of the seed.
func drawPart(first, n, workers int) (images, labels []byte) {
	images, labels = newImages(n), newLabels(n)
	pictures, digits := images[imagesHeader:], labels[labelsHeader:]
	shuffle(digits, uint64(first))
	const batch = 64
	var taken atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			var p pen
			for i := taken.Add(batch) - batch; i < int64(n); i = taken.Add(batch) - batch {
				p.write(pictures[i*pixels:], digits[i:min(i+batch, int64(n))], uint64(first)+uint64(i))
			}
		})
	}
	all.Wait()
	return images, labels
}

// write draws the digits, one picture after the other; index is the first one's.
func (p *pen) write(pictures []byte, digits []uint8, index uint64) {
	for i, digit := range digits {
		p.draw((*[pixels]byte)(pictures[i*pixels:]), digit, digitsSeed, index+uint64(i))
	}
}

// shuffle fills labels with as many of each digit, in an order that depends on the part's first number.
func shuffle(labels []uint8, first uint64) {
	for i := range labels {
		labels[i] = uint8(i % 10)
	}
	random := rand.New(rand.NewPCG(^uint64(digitsSeed), first))
	for i := len(labels) - 1; i > 0; i-- {
		j := random.IntN(i + 1)
		labels[i], labels[j] = labels[j], labels[i]
	}
}
