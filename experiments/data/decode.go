package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	// maxSamples bounds what a file may ask for; the largest sets of this kind have less than half of it.
	maxSamples = 1 << 19
	// maxRatio is how many bytes one byte of a gzip file can stand for, at most.
	maxRatio = 1032
)

// decode reads an IDX file of size bytes. It reads no more than the header promises, and sets memory aside only for
// what size bytes can hold.
func decode(r io.Reader, size int64, packed bool, k *kind) ([]byte, error) {
	if packed {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, errors.New("not a gzip file; take .gz off the name if it is plain, or fetch it again")
		}
		r, size = z, size*maxRatio
	}
	header := make([]byte, k.header)
	got, err := io.ReadFull(r, header)
	if magic := binary.BigEndian.Uint32(header); got >= 4 && magic != k.magic {
		return nil, k.magicError(header, magic)
	}
	if err != nil {
		return nil, readError(err, fmt.Sprintf("%d of the %d bytes of the header", got, k.header))
	}
	n, err := k.samples(header)
	if err != nil {
		return nil, err
	}
	content, err := readBody(r, size, header, n*k.sample)
	if err != nil {
		return nil, err
	}
	return content, k.check(content)
}

// samples returns how many samples the header announces.
func (k *kind) samples(header []byte) (int, error) {
	word := func(i int) uint32 { return binary.BigEndian.Uint32(header[4*i:]) }
	n := word(1)
	switch {
	case n == 0:
		return 0, fmt.Errorf("no %s in it; fetch the file again", k.name)
	case n > maxSamples:
		return 0, fmt.Errorf("the header announces %d %s, and %d is the limit; fetch the file again, or cut it down",
			n, k.name, maxSamples)
	case k == imagesKind && (word(2) != side || word(3) != side):
		return 0, fmt.Errorf("images of %d×%d pixels; they must be %d×%d", word(2), word(3), side, side)
	}
	return int(n), nil
}

// magicError says what the file may be instead.
func (k *kind) magicError(header []byte, magic uint32) error {
	hint := "this is no IDX file of " + k.name
	switch {
	case magic == imagesKind.magic:
		hint = "this is a file of images; were images and labels swapped?"
	case magic == labelsKind.magic:
		hint = "this is a file of labels; were images and labels swapped?"
	case bytes.HasPrefix(header, gzipMagic):
		hint = "this looks packed; add .gz to the name"
	}
	return fmt.Errorf("magic number 0x%08x, want 0x%08x: %s", magic, k.magic, hint)
}

var gzipMagic = []byte{0x1f, 0x8b}

// readBody returns the header with the n bytes that follow it, which must be the last.
func readBody(r io.Reader, size int64, header []byte, n int) ([]byte, error) {
	want := int64(len(header) + n)
	content := bytes.NewBuffer(make([]byte, 0, min(want, size)+bytes.MinRead))
	content.Write(header)
	got, err := content.ReadFrom(io.LimitReader(r, int64(n)+1))
	switch {
	case err != nil && got == int64(n):
		return nil, fmt.Errorf("damaged after the last sample: %w; fetch the file again", err)
	case err != nil || got < int64(n):
		return nil, readError(err, fmt.Sprintf("%d of %d bytes", int64(len(header))+got, want))
	case got > int64(n):
		return nil, fmt.Errorf("longer than the %d bytes that its header announces; fetch the file again", want)
	}
	return content.Bytes(), nil
}

// check looks at the samples themselves.
func (k *kind) check(content []byte) error {
	if k != labelsKind {
		return nil
	}
	for i, label := range content[k.header:] {
		if label > 9 {
			return fmt.Errorf("label %d of sample %d, at byte %d; labels are 0 to 9", label, i, k.header+i)
		}
	}
	return nil
}

// readError says how much could be read before the error, or before the end where err is nil.
func readError(err error, got string) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("truncated: %s; fetch the file again", got)
	}
	return fmt.Errorf("cannot be read after %s: %w; fetch the file again", got, err)
}
