package source

import (
	"errors"
	"slices"
	"testing"
)

const shown = `package p

import "fmt"

// SGD is documented.
type SGD struct {
	LR float32 // η
}

// Step is documented, too.
func (s *SGD) Step(w []float32) {
	for i := range w {
		w[i]--	// keeps its tab inside
	}
}

const (
	A = iota
	B
)

const (
	x = 1 // one
	y = 2
)

type (
	pair  struct{ a, b int }
	other struct {
		c int
	}
)

const ( alone = 1 ) // not as gofmt would have it

var (
	first = 1
	poem  = []string{
		"one",
	}
)

func Generic[T any](t T) T { return t }

func main() {
	// region talk
	fmt.Println("a")
	//#region inner
	if true {
		fmt.Println("b")
	}
	//#endregion
	// endregion
}
`

func cut(file, src, symbol string) (string, error) {
	p, err := PartsOf(file, []byte(src))
	if err != nil {
		return "", err
	}
	return p.Cut(symbol)
}

func TestCut(t *testing.T) {
	for symbol, want := range map[string]string{
		"SGD":      "type SGD struct {\n    LR float32 // η\n}",
		"SGD.Step": "func (s *SGD) Step(w []float32) {\n    for i := range w {\n        w[i]--\t// keeps its tab inside\n    }\n}",
		"B":        "const (\n    A = iota\n    B\n)",
		"x":        "const x = 1 // one",
		"other":    "type other struct {\n    c int\n}",
		"pair, y":  "type pair struct{ a, b int }\n\nconst y = 2",
		"alone":    "const alone = 1",
		"poem":     "var poem = []string{\n    \"one\",\n}",
		"Generic":  "func Generic[T any](t T) T { return t }",
		"talk":     "fmt.Println(\"a\")\nif true {\n    fmt.Println(\"b\")\n}",
		"inner":    "if true {\n    fmt.Println(\"b\")\n}",
	} {
		if got, err := cut("p.go", shown, symbol); err != nil || got != want {
			t.Errorf("%s: %v\ngot\n%s\nwant\n%s", symbol, err, got, want)
		}
	}
}

func TestCutOtherLanguages(t *testing.T) {
	for file, src := range map[string]string{
		"a.py":  "import x\r\n  # region f\r\n  def f():\r\n  \tpass\r\n  # endregion\r\n",
		"a.sql": "-- region f\ndef f():\n\tpass\n-- endregion\n",
		"a.css": "/* region f */\ndef f():\n\tpass\n/* endregion */\nrest\n",
		"a.htm": "<!-- region f -->\ndef f():\n\tpass\n",
	} {
		if got, err := cut(file, src, "f"); err != nil || got != "def f():\n    pass" {
			t.Errorf("%s: %v: %q", file, err, got)
		}
	}
	if got, err := cut("a.py", "\tx\n\n\ty\n\n", ""); err != nil || got != "x\n\ny" {
		t.Errorf("whole file: %v: %q", err, got)
	}
}

func TestCutUnknown(t *testing.T) {
	_, err := cut("p.go", shown, "SGD,SGD.Stop")
	var unknown *UnknownError
	if !errors.As(err, &unknown) || unknown.Symbol != "SGD.Stop" || !slices.Contains(unknown.Known, "SGD.Step") {
		t.Errorf("got %v", err)
	}
	if _, err := cut("p.go", "package p\nfunc {", "f"); err == nil {
		t.Error("a file that is no Go: no error")
	}
}
