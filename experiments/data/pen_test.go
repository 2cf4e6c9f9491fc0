package data

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// TestFirstDigits is quick enough for an emulated processor.
func TestFirstDigits(t *testing.T) {
	const n, want = 200, "cfaf46c313b374db7244949c2827ca48b5fc36f8cdfc8492e35553caf796afc7"
	pictures, digits := make([]byte, n*pixels), make([]uint8, n)
	for i := range digits {
		digits[i] = uint8(i % 10)
	}
	new(pen).write(pictures, digits, 0)
	sum := sha256.Sum256(pictures)
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("SHA-256 of the first %d digits: %s, want %s", n, got, want)
	}
}

func TestDrawDependsOnSeedAndIndexAlone(t *testing.T) {
	var fresh, used [pixels]byte
	new(pen).draw(&fresh, 8, 1, 2)
	var p pen
	for i := range uint64(10) {
		p.draw(&used, 8, 1, 12-i)
	}
	p.draw(&used, 8, 1, 2)
	if used != fresh {
		t.Error("a pen that has drawn before draws another digit")
	}
	for _, other := range [][2]uint64{{1, 3}, {2, 2}} {
		if p.draw(&used, 8, other[0], other[1]); used == fresh {
			t.Errorf("seed %d, index %d: the same digit as seed 1, index 2", other[0], other[1])
		}
	}
}

// TestDrawStaysOnPaper also fails if a digit comes near enough to the edge for touch to leave the picture.
func TestDrawStaysOnPaper(t *testing.T) {
	var p pen
	var picture [pixels]byte
	for i := range uint64(2000) {
		p.draw(&picture, uint8(i%10), 7, i)
		for _, d := range p.line {
			if min(d.x, d.y) < 0 || max(d.x, d.y) > side-1 {
				t.Fatalf("digit %d, index %d: the pen is at (%.1f, %.1f)", i%10, i, d.x, d.y)
			}
		}
	}
}

// TestSkeletonsFitTheirBox finds a mistyped point.
func TestSkeletonsFitTheirBox(t *testing.T) {
	for digit, ways := range skeletons {
		if len(ways) < 2 {
			t.Errorf("%d: only %d ways to write it", digit, len(ways))
		}
		for w, way := range ways {
			top, bottom := 1., 0.
			for _, stroke := range way {
				for _, p := range stroke {
					top, bottom = min(top, p.y), max(bottom, p.y)
					if p.x < 0 || p.x > 1 {
						t.Errorf("%d, way %d: x = %g", digit, w, p.x)
					}
				}
				if len(stroke) < 2 {
					t.Errorf("%d, way %d: a stroke of %d points", digit, w, len(stroke))
				}
			}
			if top < 0 || top > .1 || bottom < .9 || bottom > 1 {
				t.Errorf("%d, way %d: y from %g to %g", digit, w, top, bottom)
			}
		}
	}
}

// TestNoFusedProducts looks into the machine code for a processor that has fused multiply-add.
func TestNoFusedProducts(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles part of the standard library")
	}
	build := exec.Command("go", "build", "-gcflags=-S", "pen.go", "ink.go", "random.go", "skeletons.go")
	build.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	code, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, code)
	}
	if !regexp.MustCompile(`FMULD`).Match(code) {
		t.Fatal("no products at all in the machine code")
	}
	if fused := regexp.MustCompile(`(?m)^.*\bFN?M(ADD|SUB)[SD]\b.*$`).Find(code); fused != nil {
		t.Errorf("a product without an explicit conversion was fused:\n%s", fused)
	}
}

func BenchmarkDraw(b *testing.B) {
	var p pen
	var picture [pixels]byte
	i := uint64(0)
	for b.Loop() {
		p.draw(&picture, uint8(i%10), digitsSeed, i)
		i++
	}
}
