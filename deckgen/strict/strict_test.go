package strict

import (
	"errors"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/ast"
)

type file struct {
	Rules map[string]string `yaml:"rules"`
	Decks map[string]struct {
		Seeds int  `yaml:"seeds"`
		Fast  bool `yaml:"fast"`
	} `yaml:"decks"`
	Names []string `yaml:"names"`
}

func TestDecode(t *testing.T) {
	var f file
	err := Decode("a.yaml", []byte("rules: {orphan: off}\ndecks:\n  a.md:\n    seeds: 3\n    fast: true\nnames: [x, y]\n"), &f)
	if err != nil || f.Rules["orphan"] != "off" || f.Decks["a.md"].Seeds != 3 || !f.Decks["a.md"].Fast || len(f.Names) != 2 {
		t.Errorf("%+v: %v", f, err)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"unknown", "rules: {}\nruels: {}\n", `a.yaml:2:1: there is no key "ruels" here`},
		{"deep", "decks:\n  a.md:\n    sedes: 3\n", `a.yaml:3:5: there is no key "sedes" here`},
		{"number", "decks:\n  a.md:\n    seeds: three\n", `a.yaml:3:12: "three" is not a whole number`},
		{"bool", "decks:\n  a.md:\n    fast: 3\n", `a.yaml:3:11: "3" is not true or false`},
		{"list", "names: x\n", `a.yaml:1:8: a list is missing here`},
		{"map", "rules: off\n", `a.yaml:1:8: keys with values are missing`},
		{"twice", "rules: {}\nnames: []\nrules: {}\n", `a.yaml:3:1: `},
		{"syntax", "rules: {\n", `a.yaml:1:8: `},
		{"tab", "rules:\n\ta: b\n", `a.yaml:2:1: `},
		{"second", "rules: {}\n---\nrules: {}\n", `a.yaml: there is a second document after ---`},
		{"nul", "rules: \x00\n", "a.yaml:1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f file
			err := Decode("a.yaml", []byte(test.src), &f)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
	for _, empty := range []string{"", "\n", "# nothing\n"} {
		if err := Decode("a.yaml", []byte(empty), &file{}); err != nil {
			t.Errorf("%q: %v", empty, err)
		}
	}
}

// A key that is not known is compared with those that are, each of them named once.
func TestHint(t *testing.T) {
	for src, want := range map[string]string{
		"seed: 3\n":  "did you mean seeds?",
		"zzzzz: 3\n": "there is rules, files, decks, seeds, fast, names",
	} {
		var e *Error
		into := struct {
			Rules int    `yaml:"rules"`
			Files []file `yaml:"files"`
		}{}
		if err := Decode("a.yaml", []byte(src), &into); !errors.As(err, &e) || e.Hint() != want {
			t.Errorf("%q: %v, hint %q, want %q", src, err, e.Hint(), want)
		}
	}
}

// A type that reads itself says what is wrong with it, and Decode where.
type odd int

func (*odd) UnmarshalYAML(n ast.Node) error {
	return At(n, "add one", "%s is even", n.GetToken().Value)
}

func TestAt(t *testing.T) {
	var into struct {
		N odd `yaml:"n"`
	}
	var e *Error
	if err := Decode("a.yaml", []byte("# one\nn: 2\n"), &into); !errors.As(err, &e) || err.Error() != "a.yaml:2:4: 2 is even" || e.Hint() != "add one" {
		t.Errorf("%v", err)
	}
}

func TestFind(t *testing.T) {
	src := []byte("rules: {orphan: off, theme: off}\ndecks:\n  \"a.md\":\n    rules:\n      x: y\n")
	for _, test := range []struct {
		path      string
		line, col int
	}{
		{"rules", 1, 1}, {"rules theme", 1, 22}, {"decks a.md", 3, 3}, {"decks a.md rules x", 5, 7}, {"decks b.md", 0, 0}, {"rules theme off", 0, 0},
	} {
		if line, col := Find(src, strings.Fields(test.path)...); line != test.line || col != test.col {
			t.Errorf("%s is at %d:%d, want %d:%d", test.path, line, col, test.line, test.col)
		}
	}
}
