package data

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"deckgen/experiments/f32"
)

func TestLoadIDX(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, small())
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "IDX files" || len(s.SHA256) != 64 {
		t.Errorf("name %q, SHA-256 %q", s.Name, s.SHA256)
	}
	x := s.Train.X
	if x.Rows != 3 || x.Cols != pixels || x.Data != nil || !slices.Equal(s.Train.Labels, []uint8{7, 0, 9}) {
		t.Errorf("%d×%d, labels %v", x.Rows, x.Cols, s.Train.Labels)
	}
	want := []f32.Row{
		{Index: []uint16{0, 783}, Value: []float32{1, 128. / 255}},
		{},
		{Index: []uint16{29}, Value: []float32{1. / 255}},
	}
	for i, row := range x.NZ {
		if !slices.Equal(row.Index, want[i].Index) || !slices.Equal(row.Value, want[i].Value) {
			t.Errorf("row %d: %v, want %v", i, row, want[i])
		}
	}
	if s.Test.X.Rows != 2 || !slices.Equal(s.Test.Labels, []uint8{1, 2}) {
		t.Errorf("test part: %d rows, labels %v", s.Test.X.Rows, s.Test.Labels)
	}
	if again, _ := Load(dir); again != s {
		t.Error("a second Load reads the files again")
	}
	if id, err := Identify(dir); err != nil || id.Name != s.Name || id.SHA256 != s.SHA256 {
		t.Errorf("Identify: %v, %v", id, err)
	}
}

func TestLoadTriesAgainAfterAnError(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); err == nil {
		t.Fatal("an empty folder was read")
	}
	write(t, dir, small())
	if _, err := Load(dir); err != nil {
		t.Error(err)
	}
}

// TestDigestTellsFilesApart moves the border between two files.
func TestDigestTellsFilesApart(t *testing.T) {
	a := idxFiles{[]byte("ab"), []byte("c")}
	b := idxFiles{[]byte("a"), []byte("bc")}
	if a.digest() == b.digest() {
		t.Error("the same digest for different files")
	}
}

func TestFirst(t *testing.T) {
	p := newPart(small()[trainImages], small()[trainLabels])
	f := p.First(2)
	if f.X.Rows != 2 || len(f.X.NZ) != 2 || f.X.Cols != pixels || len(f.Labels) != 2 {
		t.Errorf("First(2): %d×%d, %d rows, %d labels", f.X.Rows, f.X.Cols, len(f.X.NZ), len(f.Labels))
	}
	if p.X.Rows != 3 || p.First(9).X.Rows != 3 || len(p.First(9).Labels) != 3 {
		t.Error("First changes its part, or does not stop at its end")
	}
	_ = append(f.Labels, 5)
	if p.Labels[2] != 9 {
		t.Error("appending to a part's labels overwrites the set")
	}
}

func TestDigitsInFilesKeepTheirName(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, drawn())
	id, err := Identify(dir)
	want, _ := Identify("")
	if err != nil || id != want {
		t.Errorf("%v, %v; want %v", id, err, want)
	}
}

// TestMNIST needs the files, which are not part of this project.
func TestMNIST(t *testing.T) {
	dir := os.Getenv("DECKGEN_MNIST")
	if dir == "" {
		t.Skip("DECKGEN_MNIST does not name the folder of MNIST")
	}
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "MNIST" || s.Train.X.Rows != 60000 || s.Test.X.Rows != 10000 || s.Train.Labels[0] != 5 {
		t.Errorf("%s, %d and %d samples, first label %d", s.Name, s.Train.X.Rows, s.Test.X.Rows, s.Train.Labels[0])
	}
}

// small is a set of three and two samples.
func small() *idxFiles {
	f := &idxFiles{newImages(3), newLabels(3), newImages(2), newLabels(2)}
	pictures := f[trainImages][imagesHeader:]
	pictures[0], pictures[783], pictures[2*pixels+29] = 255, 128, 1
	copy(f[trainLabels][labelsHeader:], []uint8{7, 0, 9})
	copy(f[testLabels][labelsHeader:], []uint8{1, 2})
	return f
}

// write puts plain IDX files into dir.
func write(t testing.TB, dir string, files *idxFiles) {
	t.Helper()
	for i, content := range files {
		put(t, dir, stems[i]+"-"+kinds[i].suffix, content)
	}
}

func put(t testing.TB, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
		t.Fatal(err)
	}
}
