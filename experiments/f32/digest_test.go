package f32

import (
	"encoding/binary"
	"fmt"
	"hash"
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// digest is of the bits of everything that the package computes, the same on
// every processor. It changes only with the arithmetic.
const digest = "36a6c61c08f0d6502ae284b82a50cc47"

func TestDigestIsThatOfEveryMachine(t *testing.T) {
	defer Use(Using())
	for _, name := range Available() {
		if err := Use(name); err != nil {
			t.Fatal(err)
		}
		h := fnv.New128a()
		digestVectors(h)
		digestRows(h)
		digestProducts(h)
		if got := fmt.Sprintf("%x", h.Sum(nil)); got != digest {
			t.Errorf("%s: the digest is %s, want %s", name, got, digest)
		}
	}
}

func digestVectors(h hash.Hash) {
	r := rand.New(rand.NewPCG(4, 1))
	for _, name := range slices.Sorted(maps.Keys(elementwise)) {
		var v [4]*Matrix
		for i := range v {
			v[i] = fill(New(1, 5000), r, extreme)
		}
		elementwise[name](v[0].Data, v[1].Data, v[2].Data, v[3].Data)
		for i := range v {
			digestNumbers(h, v[i].Data)
		}
	}
	for range 1000 {
		digestNumbers(h, []float32{Log1(abs(extreme(r))), Normal(r)})
	}
}

func digestRows(h hash.Hash) {
	r := rand.New(rand.NewPCG(4, 3))
	for _, name := range slices.Sorted(maps.Keys(byRows)) {
		var m [3]*Matrix
		var v [3][]float32
		for i := range m {
			m[i], v[i] = fill(New(33, 118), r, extreme), fill(New(1, 118), r, extreme).Data
		}
		byRows[name](m[0], m[1], m[2], v)
		digestNumbers(h, m[0].Data)
		digestNumbers(h, v[0])
	}
}

func digestProducts(h hash.Hash) {
	r := rand.New(rand.NewPCG(4, 2))
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		for _, name := range slices.Sorted(maps.Keys(products)) {
			a, b := fill(New(33, 62), r, kinds[kind]), fill(New(62, 118), r, kinds[kind])
			c := fill(New(33, 118), r, kinds[kind])
			products[name](c, a, b)
			digestNumbers(h, c.Data)
		}
	}
}

// digestNumbers takes in the bits of x, those of any NaN the same.
func digestNumbers(h hash.Hash, x []float32) {
	for _, v := range x {
		if v != v {
			v = float32(math.NaN())
		}
		binary.Write(h, binary.LittleEndian, math.Float32bits(v))
	}
}
