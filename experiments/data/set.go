package data

import (
	"bytes"
	"sync"

	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
)

// A Set is pictures to learn from and others to test on. It is shared by all who load it: nobody may change it.
type Set struct {
	Name        string // as a caption may show it
	SHA256      string // of the four IDX files, uncompressed, each after its length; in hexadecimal
	Train, Test Part
}

// A Part is samples in the order of their file.
type Part struct {
	X      *f32.Matrix // samples×784, in sparse form: the pixels row by row, from 0 for paper to 1 for ink
	Labels []uint8     // which digit each sample is, 0 to 9
}

// First returns the first n samples, or all if there are fewer. It shares their memory.
func (p Part) First(n int) Part {
	n = min(n, len(p.Labels))
	x := &f32.Matrix{Rows: n, Cols: p.X.Cols, NZ: p.X.NZ[:n:n]}
	return Part{X: x, Labels: p.Labels[:n:n]}
}

var loaded struct {
	sync.Mutex
	sets map[string]*Set // by folder
}

// Load returns the set in the IDX files of a folder, or the synthetic digits if dir is "". It reads a folder once. The
// error names every file that is wrong and says what to do about it.
func Load(dir string) (*Set, error) {
	loaded.Lock()
	defer loaded.Unlock()
	if s := loaded.sets[dir]; s != nil {
		return s, nil
	}
	s, err := load(dir)
	if err != nil {
		return nil, err
	}
	if loaded.sets == nil {
		loaded.sets = map[string]*Set{}
	}
	loaded.sets[dir] = s
	return s, nil
}

// Identify names the set that Load returns. For the synthetic digits that takes no time; files have to be read.
func Identify(dir string) (lab.DataID, error) {
	if dir == "" {
		return lab.DataID{Name: digitsName, SHA256: digitsSHA256}, nil
	}
	s, err := Load(dir)
	if err != nil {
		return lab.DataID{}, err
	}
	return lab.DataID{Name: s.Name, SHA256: s.SHA256}, nil
}

func load(dir string) (*Set, error) {
	if dir == "" {
		return digits(cacheDir())
	}
	files, err := readFolder(dir)
	if err != nil {
		return nil, err
	}
	return newSet(files, files.digest()), nil
}

// mnistSHA256 is the digest of the four files of MNIST as they were published.
const mnistSHA256 = "2e2c170b225e5ac5a26bc48ca4e2bcb386e2d729927b6a0ef01aa77d313fdc8c"

// names holds the sets that are known by their digest.
var names = map[string]string{
	digitsSHA256: digitsName,
	mnistSHA256:  "MNIST",
}

func newSet(files *idxFiles, digest string) *Set {
	s := &Set{Name: "IDX files", SHA256: digest}
	if name, ok := names[digest]; ok {
		s.Name = name
	}
	var both sync.WaitGroup
	both.Go(func() { s.Train = newPart(files[trainImages], files[trainLabels]) })
	s.Test = newPart(files[testImages], files[testLabels])
	both.Wait()
	return s
}

func newPart(images, labels []byte) Part {
	return Part{X: sparse(images[imagesHeader:]), Labels: labels[labelsHeader:]}
}

// shade is what stands in a matrix for each value of a pixel.
var shade = func() (s [256]float32) {
	for i := range s {
		s[i] = float32(i) / 255
	}
	return s
}()

// sparse makes a matrix of pictures, one a row, in three allocations.
func sparse(pictures []byte) *f32.Matrix {
	m := &f32.Matrix{Rows: len(pictures) / pixels, Cols: pixels}
	m.NZ = make([]f32.Row, m.Rows)
	inked := len(pictures) - bytes.Count(pictures, []byte{0})
	index, value := make([]uint16, inked), make([]float32, inked)
	for i := range m.NZ {
		n := 0
		for j, v := range pictures[i*pixels : (i+1)*pixels] {
			if v != 0 {
				index[n], value[n] = uint16(j), shade[v]
				n++
			}
		}
		m.NZ[i] = f32.Row{Index: index[:n:n], Value: value[:n:n]}
		index, value = index[n:], value[n:]
	}
	return m
}
