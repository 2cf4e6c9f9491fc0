package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const (
	trainX = "train-images-idx3-ubyte"
	trainY = "train-labels-idx1-ubyte"
)

func TestFileNames(t *testing.T) {
	for _, name := range []string{trainX, "train-images.idx3-ubyte", trainX + ".gz", "train-images.idx3-ubyte.gz"} {
		dir := t.TempDir()
		write(t, dir, small())
		content := small()[trainImages]
		if err := os.Remove(filepath.Join(dir, trainX)); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			content = pack(content)
		}
		put(t, dir, name, content)
		if f, err := readFolder(dir); err != nil || f.digest() != small().digest() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBadFiles damages one file of a good set.
func TestBadFiles(t *testing.T) {
	images := small()[trainImages]
	bomb := pack(append(newImages(1), make([]byte, 16<<20)...))
	for _, c := range []struct {
		name, file string
		content    []byte
		want       string // after the path of the file
	}{
		{"empty", trainX, nil, "truncated: 0 of the 16 bytes of the header; fetch"},
		{"half a header", trainX, images[:10], "truncated: 10 of the 16 bytes of the header; fetch"},
		{"truncated", trainX, images[:1000], "truncated: 1000 of 2368 bytes; fetch"},
		{"trailing", trainX, append(bytes.Clone(images), 0), "longer than the 2368 bytes that its header announces"},
		{"swapped", trainX, small()[trainLabels], "magic number 0x00000801, want 0x00000803: this is a file of labels; were images and labels swapped?"},
		{"swapped", trainY, small()[trainImages], "magic number 0x00000803, want 0x00000801: this is a file of images; were"},
		{"other magic", trainX, header(0xdead, 3, 28, 28), "magic number 0x0000dead, want 0x00000803: this is no IDX file of images"},
		{"packed without .gz", trainX, pack(images), "this looks packed; add .gz to the name"},
		{"other size", trainX, header(0x803, 3, 32, 28), "images of 32×28 pixels; they must be 28×28"},
		{"no samples", trainX, header(0x803, 0, 28, 28), "no images in it; fetch"},
		{"no labels", trainY, header(0x801, 0), "no labels in it; fetch"},
		{"too many", trainX, header(0x803, 4e9, 28, 28), "the header announces 4000000000 images, and 524288 is the limit"},
		{"label", trainY, append(header(0x801, 3), 1, 10, 2), "label 10 of sample 1, at byte 9; labels are 0 to 9"},
		{"not gzip", trainX + ".gz", images, "not a gzip file; take .gz off the name"},
		{"truncated gzip", trainX + ".gz", pack(noise())[:1500], "truncated: "},
		{"gzip without an end", trainX + ".gz", pack(images)[:len(pack(images))-1], "damaged after the last sample: unexpected EOF; fetch"},
		{"wrong checksum", trainX + ".gz", flip(pack(images), -8), "damaged after the last sample: gzip: invalid checksum; fetch"},
		{"no deflate", trainX + ".gz", append(pack(images)[:10], 0xff, 0xff, 0xff), "cannot be read after 0 of the 16 bytes of the header: flate: corrupt"},
		{"after gzip", trainX + ".gz", append(pack(images), "and more of it"...), "damaged after the last sample: gzip: invalid header; fetch"},
		{"gzip bomb", trainX + ".gz", bomb, "longer than the 800 bytes that its header announces"},
	} {
		dir := t.TempDir()
		write(t, dir, small())
		os.Remove(filepath.Join(dir, strings.TrimSuffix(c.file, ".gz")))
		put(t, dir, c.file, c.content)
		_, err := readFolder(dir)
		if want := filepath.Join(dir, c.file) + ": "; err == nil || !strings.HasPrefix(err.Error(), want) ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s%s", c.name, err, want, c.want)
		}
	}
}

func TestBadFolders(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, trainY), 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, dir, trainX, small()[testImages])
	put(t, dir, "t10k-images-idx3-ubyte", nil)
	for _, c := range []struct{ dir, want string }{
		{filepath.Join(dir, "none"), "none: no such folder; name the one"},
		{filepath.Join(dir, trainX), trainX + ": not a folder; name the one"},
		{dir, trainY + ": not a regular file"},
		{dir, "t10k-images-idx3-ubyte: truncated"},
		{dir, "t10k-labels-idx1-ubyte: missing; put t10k-labels.idx1-ubyte or t10k-labels-idx1-ubyte.gz there"},
	} {
		if _, err := readFolder(c.dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v\nwant …%s", err, c.want)
		}
	}
}

func TestCountsMustMatch(t *testing.T) {
	dir := t.TempDir()
	files := small()
	files[testLabels] = newLabels(3)
	write(t, dir, files)
	want := "t10k-images-idx3-ubyte: 2 images, but t10k-labels-idx1-ubyte has 3 labels; take both from the same set"
	if _, err := readFolder(dir); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("%v\nwant …%s", err, want)
	}
}

// TestClaimsCostNothing has headers that claim far more than follows.
func TestClaimsCostNothing(t *testing.T) {
	claim := header(0x803, maxSamples, 28, 28)
	for _, packed := range []bool{false, true} {
		content := claim
		if packed {
			content = pack(claim)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := decode(bytes.NewReader(content), int64(len(content)), packed, imagesKind)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; err == nil || used > 1<<20 {
			t.Errorf("packed %v: %d bytes of memory for a header; %v", packed, used, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for i, content := range small() {
		f.Add(content, false, i%2 == 0)
		f.Add(pack(content), true, i%2 == 0)
		f.Add(content[:len(content)-1], false, i%2 == 1)
	}
	f.Fuzz(func(t *testing.T, content []byte, packed, images bool) {
		k := labelsKind
		if images {
			k = imagesKind
		}
		got, err := decode(bytes.NewReader(content), int64(len(content)), packed, k)
		if err != nil {
			return
		}
		n := int(binary.BigEndian.Uint32(got[4:]))
		if n == 0 || n > maxSamples || len(got) != k.header+n*k.sample {
			t.Errorf("%d bytes for %d %s", len(got), n, k.name)
		}
		if !packed && !bytes.Equal(got, content) {
			t.Error("a plain file came out changed")
		}
		if !images && bytes.ContainsFunc(got[k.header:], func(r rune) bool { return r > 9 }) {
			t.Error("a label above 9")
		}
	})
}

func header(words ...uint32) []byte {
	b := make([]byte, 4*len(words))
	putWords(b, words...)
	return b
}

// noise is a file that does not become smaller when packed.
func noise() []byte {
	f := newImages(3)
	for i := imagesHeader; i < len(f); i++ {
		f[i] = byte(i*i*2654435761>>13 ^ i*40503>>3)
	}
	return f
}

func pack(content []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(content)
	z.Close()
	return b.Bytes()
}

// flip turns over a bit, counting bytes from the end where i is negative.
func flip(b []byte, i int) []byte {
	b[(len(b)+i)%len(b)] ^= 1
	return b
}

func BenchmarkReadFolder(b *testing.B) {
	files := drawn()
	for _, packed := range []bool{false, true} {
		dir, name := b.TempDir(), "plain"
		if packed {
			name = "gzip"
			for i, content := range files {
				put(b, dir, stems[i]+"-"+kinds[i].suffix+".gz", pack(content))
			}
		} else {
			write(b, dir, files)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := load(dir); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
