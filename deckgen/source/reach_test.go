package source

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// module is a small module with everything that reaching has to follow.
func module(edits ...string) fstest.MapFS {
	files := map[string]string{
		"go.mod": "module example.com/m\n\nrequire (\n\tother.org/lib v1.2.3\n\tother.org/unused v1.0.0\n)\n",
		"exp/exp.go": `package exp

import (
	"math"
	"example.com/m/nn"
	"other.org/lib/v2/part"
)

type paths struct{ X float64 }

// Run starts it all.
func (p paths) Run() float64 {
	s := nn.SGD{Step: size}
	helper := 1.0 // shadows the function
	return s.Update(p.X) + part.F(helper) + math.Sqrt(2) + p.inner()
}

func (p paths) inner() float64 { return scale }
func (p paths) draw()          {}
func (p paths) Exported()      { nn.Extra() }

const size = 2

var scale = initial()

var unused = never()

func initial() float64 { return 1 }
func never() float64   { return 2 }
func helper() float64  { return 3 }
func Step()            {}
func Draw()            { paths{}.draw() }

var Literal = func() float64 { return nn.Zero }
`,
		"nn/nn.go": `package nn

import _ "embed"

type SGD struct{ Step int }

func (s SGD) Update(x float64) float64 { return float64(s.Step) * fast(x) * One }
func (s *SGD) String() string          { return text }

func fast(x float64) float64

func Extra() {}

const (
	Zero = iota
	One
)

const alone = 1

//go:embed text.txt
var text string

func init() { start() }
func start() {}

var _ = started()

func started() int { return 1 }

var _ interface{ String() string } = (*SGD)(nil)
`,
		"nn/text.txt":     "hello",
		"nn/fast_arm64.s": "TEXT arm",
		"nn/fast_amd64.s": "TEXT amd",
		"nn/gen.go":       "//go:build ignore\n\npackage main\n\nfunc main() {}\n",
		"nn/nn_linux.go":  "package nn\n\nfunc start() { println() }\n",
		"nn/nn_test.go":   "package nn\n\nfunc TestX() {}\n",
	}
	for i := 0; i < len(edits); i += 3 {
		file, old, now := edits[i], edits[i+1], edits[i+2]
		if strings.Count(files[file], old) != 1 {
			panic(fmt.Sprintf("%s: %q", file, old))
		}
		files[file] = strings.Replace(files[file], old, now, 1)
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func reach(t *testing.T, fsys fstest.MapFS, function string, without ...string) Code {
	t.Helper()
	m, err := Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Reach(function, without...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const run = "example.com/m/exp.paths.Run-fm"

func TestReach(t *testing.T) {
	got := slices.Sorted(maps.Keys(reach(t, module(), run, "example.com/m/exp.Draw")))
	want := []string{
		"exp/exp.go#initial",
		"exp/exp.go#paths",
		"exp/exp.go#paths.Exported",
		"exp/exp.go#paths.Run",
		"exp/exp.go#paths.inner",
		"exp/exp.go#scale",
		"exp/exp.go#size",
		"go.mod#other.org/lib",
		"nn/fast_amd64.s",
		"nn/fast_arm64.s",
		"nn/nn.go#Extra",
		"nn/nn.go#SGD",
		"nn/nn.go#SGD.String",
		"nn/nn.go#SGD.Update",
		"nn/nn.go#Zero",
		"nn/nn.go#_",
		"nn/nn.go#fast",
		"nn/nn.go#init",
		"nn/nn.go#start",
		"nn/nn.go#started",
		"nn/nn.go#text",
		"nn/nn_linux.go#start",
		"nn/text.txt",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each edit changes the digest, or leaves it.
func TestReachEdits(t *testing.T) {
	whole := reach(t, module(), run).SHA256()
	memo := memoOf(t, module())
	for _, test := range []struct {
		file, old, now string
		stale          bool
	}{
		{"exp/exp.go", "// Run starts", "// Run really starts", false},
		{"exp/exp.go", "nn.SGD{Step: size}", "nn.SGD{\n\t\tStep:  size, // two\n\t}", false},
		{"exp/exp.go", "func helper() float64  { return 3 }", "func helper() float64 { return 4 }", false},
		{"exp/exp.go", "return 2 }", "return 3 }", false},
		{"exp/exp.go", "{ return scale }", "{ return scale + 1 }", true},
		{"exp/exp.go", "return 1 }", "return 0 }", true},
		{"exp/exp.go", "size = 2", "size = 3", true},
		{"exp/exp.go", "func Draw()            {", "func Draw() { println();", false},
		{"go.mod", "v1.2.3", "v1.2.4", true},
		{"go.mod", "v1.0.0", "v1.0.1", false},
		{"nn/nn.go", "alone = 1", "alone = 2", false},
		{"nn/nn.go", "\tZero = iota", "\tMinus = iota\n\tZero", true},
		{"nn/nn.go", "return text", "return text + text", true},
		{"nn/nn.go", "started() int { return 1 }", "started() int { return 2 }", true},
		{"nn/text.txt", "hello", "hallo", true},
		{"nn/fast_arm64.s", "arm", "ARM", true},
		{"nn/fast_arm64.s", "TEXT arm", "TEXT arm", false},
		{"nn/nn_linux.go", "println()", "print()", true},
		{"nn/nn_test.go", "TestX", "TestY", false},
		{"nn/gen.go", "main() {}", "main() { println() }", false},
	} {
		edited := module(test.file, test.old, test.now)
		got := reach(t, edited, run).SHA256()
		if stale := got != whole; stale != test.stale {
			t.Errorf("%s: %q → %q: stale %v, want %v", test.file, test.old, test.now, stale, test.stale)
		}
		recalled, _ := Open(edited)
		recalled.Recall(memo)
		if code, err := recalled.Reach(run); err != nil || code.SHA256() != got {
			t.Errorf("%s: %q → %q: what was remembered is used although it does not hold", test.file, test.old, test.now)
		}
	}
}

// A function literal stands for the variable that holds it.
func TestDeclared(t *testing.T) {
	fsys := module()
	m, err := Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(fsys["exp/exp.go"].Data), "var Literal")
	line := 1 + strings.Count(before, "\n")
	name := m.Declared("example.com/m/exp.init.func1", "/anywhere/exp.go", line)
	if name != "example.com/m/exp.Literal" {
		t.Fatalf("got %s", name)
	}
	if _, ok := reach(t, fsys, name)["nn/nn.go#Zero"]; !ok {
		t.Error("what the literal names is not reached")
	}
	if name := m.Declared(run, "/anywhere/exp.go", line); name != run {
		t.Errorf("a named function became %s", name)
	}
}

func TestReachErrors(t *testing.T) {
	m, err := Open(module("exp/exp.go", "const size = 2", "const size = "))
	if err != nil {
		t.Fatal(err)
	}
	for _, function := range []string{run, "example.com/other/exp.f", "example.com/m/nn.none", "example.com/m/none.f"} {
		if _, err := m.Reach(function); err == nil {
			t.Errorf("%s: no error", function)
		}
	}
}

// The program's source is taken from the program, and what else is there from the disk.
func TestOverlay(t *testing.T) {
	disk := module("nn/nn.go", "return text", "return text + text")
	compiled := fstest.MapFS{}
	for name, f := range module() {
		if inner, ok := strings.CutPrefix(name, "nn/"); ok && strings.HasSuffix(name, ".go") {
			compiled[inner] = f
		}
	}
	overlay := NewOverlay(disk, "nn", compiled)
	if overlay.Same() {
		t.Error("an edit was not seen")
	}
	if !NewOverlay(module(), "nn", compiled).Same() {
		t.Error("the same source was taken for another")
	}
	more := module()
	more["nn/more.go"] = &fstest.MapFile{Data: []byte("package nn")}
	if NewOverlay(more, "nn", compiled).Same() {
		t.Error("a new file was not seen")
	}
	deeper := module()
	deeper["nn/sgd/sgd.go"] = &fstest.MapFile{Data: []byte("package sgd")}
	if !NewOverlay(deeper, "nn", fstest.MapFS{"sgd/sgd.go": deeper["nn/sgd/sgd.go"]}).Same() {
		t.Error("a folder that the program has nothing of was compared")
	}
	m, err := Open(overlay)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Reach(run)
	if err != nil {
		t.Fatal(err)
	}
	if want := reach(t, module(), run); !maps.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}
