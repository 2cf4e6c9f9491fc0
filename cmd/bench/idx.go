package main

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"

	"deckgen/experiments/data"
)

// writeIDX writes a set as the four files that MNIST comes in, for the programs in other languages.
func writeIDX(dir string, set *data.Set) error {
	for _, f := range []struct {
		stem string
		part data.Part
	}{{"train", set.Train}, {"t10k", set.Test}} {
		if err := os.WriteFile(filepath.Join(dir, f.stem+"-images-idx3-ubyte"), images(f.part), 0o644); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, f.stem+"-labels-idx1-ubyte"), labels(f.part), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func images(p data.Part) []byte {
	out := header(0x803, len(p.Labels), 28, 28)
	for _, row := range p.X.NZ {
		picture := make([]byte, p.X.Cols)
		for i, at := range row.Index {
			picture[at] = byte(math.Round(float64(row.Value[i]) * 255))
		}
		out = append(out, picture...)
	}
	return out
}

func labels(p data.Part) []byte { return append(header(0x801, len(p.Labels)), p.Labels...) }

func header(magic uint32, sizes ...int) []byte {
	out := binary.BigEndian.AppendUint32(nil, magic)
	for _, n := range sizes {
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	return out
}
