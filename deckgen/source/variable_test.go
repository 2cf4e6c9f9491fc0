package source

import (
	"testing"
	"testing/fstest"
)

// An experiment is found by the name that its variable gives it, wherever below the folder that is.
func TestVariable(t *testing.T) {
	m, err := Open(fstest.MapFS{
		"go.mod": {Data: []byte("module example.com/m\n")},
		"experiments/walk/line.go": {Data: []byte(`package walk

const name = "walk/const"

var Other = &T{Title: "walk/line", Name: name}
var Line = &T{Title: "a line", Name: "walk/line"}
var Raw = &T{Name: ` + "`walk/raw`" + `}
var byPlace = T{"walk/place"}

func f() *T { return &T{Name: "walk/func"} }
`)},
		"experiments/walk/deep/down.go": {Data: []byte("package deep\n\nvar Down = T{Name: \"walk/down\"}\n")},
		"elsewhere/far.go":              {Data: []byte("package elsewhere\n\nvar Far = T{Name: \"walk/far\"}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"walk/line":  "example.com/m/experiments/walk.Line",
		"walk/raw":   "example.com/m/experiments/walk.Raw",
		"walk/down":  "example.com/m/experiments/walk/deep.Down",
		"walk/const": "", // only what stands there as a text
		"walk/place": "",
		"walk/func":  "",
		"walk/far":   "",
	} {
		if got, err := m.Variable("experiments", "Name", text); got != want || err != nil {
			t.Errorf("%s: %q, %v, want %q", text, got, err, want)
		}
	}
	if _, err := m.Variable("nowhere", "Name", "walk/line"); err == nil {
		t.Error("a folder that is not there gives no error")
	}
}

func TestVariableInBrokenSource(t *testing.T) {
	m, err := Open(fstest.MapFS{"go.mod": {Data: []byte("module m\n")}, "e/a.go": {Data: []byte("package a\nvar x = {\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if name, err := m.Variable("e", "Name", "a/b"); err == nil {
		t.Errorf("broken source gives %q and no error", name)
	}
}
