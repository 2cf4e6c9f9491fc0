package figure

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write what is drawn to testdata")

// TestGolden compares each kind with the picture that was looked at.
func TestGolden(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			f, err := k.figure.Draw(k.name, k.name)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", k.name+".svg")
			if *update {
				if err := os.WriteFile(path, f.SVG, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(f.SVG, want) {
				t.Errorf("%s differs from %s; look at it, then run go test -update", k.name, path)
			}
		})
	}
}
