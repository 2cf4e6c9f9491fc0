package data

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// drawn is the set as one worker draws it.
var drawn = sync.OnceValue(func() *idxFiles { return drawDigits(1) })

func TestDigitsAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	if got := drawn().digest(); got != digitsSHA256 {
		t.Errorf("one worker: SHA-256 %s, want %s", got, digitsSHA256)
	}
	if got := drawDigits(3).digest(); got != digitsSHA256 {
		t.Errorf("three workers: SHA-256 %s, want %s", got, digitsSHA256)
	}
}

func TestDigitsAreBalancedAndShuffled(t *testing.T) {
	_, labels := drawPart(0, 1000, 2)
	var count [10]int
	inPlace := 0
	for i, l := range labels[labelsHeader:] {
		count[l]++
		if int(l) == i%10 {
			inPlace++
		}
	}
	for digit, n := range count {
		if n != 100 {
			t.Errorf("%d of 1000 labels are %d, want 100", n, digit)
		}
	}
	if inPlace > 200 {
		t.Errorf("%d of 1000 labels follow the order 0 to 9", inPlace)
	}
}

// TestDigitsAreNotTooEasy guards the hardness: the picture that is nearest among 300 shows the same digit two times in
// three. Of all pixels, 19 % have ink.
func TestDigitsAreNotTooEasy(t *testing.T) {
	known, test := part(drawPart(0, 300, 2)), part(drawPart(digitsTrain, 500, 2))
	inked, right := 0, 0
	for i, row := range test.X.NZ {
		inked += len(row.Index)
		if known.Labels[nearest(known, dense(test, i))] == test.Labels[i] {
			right++
		}
	}
	if share := float64(inked) / 500 / pixels; share < .18 || share > .21 {
		t.Errorf("%.1f %% ink, want 19 %%", 100*share)
	}
	if right < 300 || right > 370 {
		t.Errorf("%d of 500 digits look most like one of their own kind, want about 335", right)
	}
}

func part(images, labels []byte) Part { return newPart(images, labels) }

func dense(p Part, i int) (picture [pixels]float32) {
	for k, j := range p.X.NZ[i].Index {
		picture[j] = p.X.NZ[i].Value[k]
	}
	return picture
}

// nearest returns which sample is the least squared distance from the picture.
func nearest(p Part, picture [pixels]float32) int {
	best, least := 0, float32(math.MaxFloat32)
	for i := range p.Labels {
		var d float32
		for j, v := range dense(p, i) {
			d += (v - picture[j]) * (v - picture[j])
		}
		if d < least {
			best, least = i, d
		}
	}
	return best
}

func TestBrokenCacheIsReplaced(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	path := cachePath(folder)
	writeCache(folder, drawn())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if files := readCache(folder); files == nil || files.digest() != digitsSHA256 {
		t.Error("a whole cache is not read")
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for name, content := range map[string][]byte{
		"flipped":   flipped,
		"truncated": whole[:len(whole)-1],
		"longer":    append(bytes.Clone(whole), 0),
		"empty":     nil,
	} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if readCache(folder) != nil {
			t.Errorf("%s: read all the same", name)
		}
	}
	if s, err := digits(folder); err != nil || s.Train.X.Rows != digitsTrain {
		t.Fatalf("with a broken cache: %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, whole) {
		t.Errorf("the broken cache was not replaced (%v)", err)
	}
	if left := list(t, folder); len(left) != 1 {
		t.Errorf("the cache folder holds %q", left)
	}
}

// TestDigitsNeedNoCache has a file where the folder should be, which stops even root, and then no home at all.
func TestDigitsNeedNoCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := digits(filepath.Join(file, "cache")); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		t.Setenv(name, "")
	}
	if dir := cacheDir(); dir != "" {
		t.Errorf("without a home, the cache folder is %q", dir)
	}
	t.Chdir(t.TempDir())
	writeCache("", drawn())
	if left := list(t, "."); len(left) != 0 {
		t.Errorf("without a folder, the cache goes to %q", left)
	}
	writeCache(".", drawn())
	if readCache("") != nil {
		t.Error("without a folder, the cache comes from the working folder")
	}
}

func TestWriteCacheLeavesNothingHalf(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(cachePath(folder), 0o755); err != nil { // so that the last step fails
		t.Fatal(err)
	}
	writeCache(folder, &idxFiles{})
	if left := list(t, folder); len(left) != 1 {
		t.Errorf("the cache folder holds %q", left)
	}
}

func list(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func BenchmarkDrawDigits(b *testing.B) {
	for b.Loop() {
		drawDigits(runtime.GOMAXPROCS(0))
	}
}

func BenchmarkLoadCached(b *testing.B) {
	folder := b.TempDir()
	writeCache(folder, drawn())
	for b.Loop() {
		if _, err := digits(folder); err != nil {
			b.Fatal(err)
		}
	}
}
