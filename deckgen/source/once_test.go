package source

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestOnce(t *testing.T) {
	disk := fstest.MapFS{"a/b.go": {Data: []byte("package a")}}
	o := Once(disk)
	look := func() string {
		b, err := fs.ReadFile(o, "a/b.go")
		if err != nil {
			t.Fatal(err)
		}
		list, err := fs.ReadDir(o, "a")
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return string(b)
	}
	look()
	disk["a/b.go"], disk["a/c.go"] = &fstest.MapFile{Data: []byte("package b")}, &fstest.MapFile{}
	if got := look(); got != "package a" {
		t.Errorf("the file was read twice: %q", got)
	}
	if _, err := fs.ReadFile(o, "a/none.go"); err == nil {
		t.Error("a file that is not there was read")
	}
}
