package deckgen

import (
	"archive/tar"
	"bytes"
	"os"
	"testing"
)

// What a commit brings along is looked at and never run: marp-cli is the one that is installed.
func TestUntarLeavesOutModules(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range []string{"node_modules/@marp-team/marp-cli/marp-cli.js", "Node_Modules/x", "slides/a.md"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o644, Size: 1}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte("x"))
	}
	w.WriteHeader(&tar.Header{Name: "node_modules", Typeflag: tar.TypeSymlink, Linkname: "slides"})
	w.Close()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := untar(&b, root); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"node_modules": false, "Node_Modules": false, "slides/a.md": true} {
		if _, err := root.Lstat(name); (err == nil) != want {
			t.Errorf("%s: there %v, want %v", name, err == nil, want)
		}
	}
}
