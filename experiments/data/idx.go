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

// An IDX file begins with a magic number and the size of each dimension, big-endian words of four bytes. The magic
// number says that bytes follow (8), in so many dimensions.
const (
	imagesMagic  = 0x803
	labelsMagic  = 0x801
	imagesHeader = 16 // bytes: magic, samples, rows, columns
	labelsHeader = 8  // bytes: magic, samples
)

// newImages returns a file of n blank pictures.
func newImages(n int) []byte {
	f := make([]byte, imagesHeader+n*pixels)
	putWords(f, imagesMagic, uint32(n), side, side)
	return f
}

// newLabels returns a file of n zeros.
func newLabels(n int) []byte {
	f := make([]byte, labelsHeader+n)
	putWords(f, labelsMagic, uint32(n))
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
