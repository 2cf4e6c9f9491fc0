package data

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// idxFiles is what the four files of a set hold, headers included.
type idxFiles [4][]byte

// The files of a set, in the order in which they are digested and kept.
const (
	trainImages = iota
	trainLabels
	testImages
	testLabels
)

// A kind of IDX file. The file begins with big-endian words of four bytes: a magic number, which says that bytes follow
// in so many dimensions, and the size of each dimension, the number of samples first.
type kind struct {
	name   string // of what it holds
	suffix string // of its file name
	magic  uint32
	header int // bytes
	sample int // bytes
}

const (
	imagesHeader = 16
	labelsHeader = 8
)

var (
	imagesKind = &kind{"images", "idx3-ubyte", 0x803, imagesHeader, pixels}
	labelsKind = &kind{"labels", "idx1-ubyte", 0x801, labelsHeader, 1}

	kinds = [4]*kind{imagesKind, labelsKind, imagesKind, labelsKind}
)

// newImages returns a file of n blank pictures.
func newImages(n int) []byte {
	f := make([]byte, imagesHeader+n*pixels)
	putWords(f, imagesKind.magic, uint32(n), side, side)
	return f
}

// newLabels returns a file of n zeros.
func newLabels(n int) []byte {
	f := make([]byte, labelsHeader+n)
	putWords(f, labelsKind.magic, uint32(n))
	return f
}

func putWords(b []byte, words ...uint32) {
	for i, w := range words {
		binary.BigEndian.PutUint32(b[4*i:], w)
	}
}

// digest is the SHA-256 of the files, each after its length in eight bytes.
func (f *idxFiles) digest() string {
	h := sha256.New()
	for _, content := range f {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(content))))
		h.Write(content)
	}
	return hex.EncodeToString(h.Sum(nil))
}
