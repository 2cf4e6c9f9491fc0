package deckgen

import (
	"os/exec"
	"strings"
	"testing"
)

// Imports point one way.
func TestImports(t *testing.T) {
	imports := map[string][]string{}
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		imports[fields[0]] = fields[1:]
	}
	for pkg, imported := range imports {
		for _, imp := range imported {
			if why := forbidden(pkg, imp); why != "" {
				t.Errorf("%s imports %s: %s", pkg, imp, why)
			}
		}
	}
	for _, pkg := range []string{"deckgen/deckgen", "deckgen/deckgen/deck", "deckgen/experiments/nn", "deckgen/experiments/f32"} {
		if imports[pkg] == nil {
			t.Errorf("%s was not looked at", pkg)
		}
	}
}

// section is the name of the section that a package is of, or "".
func section(pkg string) string {
	name, ok := strings.CutPrefix(pkg, "deckgen/experiments/")
	name, _, _ = strings.Cut(name, "/")
	if !ok || name == "nn" || name == "f32" || name == "data" {
		return ""
	}
	return name
}

// forbidden says why a package must not import another, or "".
func forbidden(pkg, imp string) string {
	from, to := section(pkg), section(imp)
	local := strings.HasPrefix(imp, "deckgen/")
	switch {
	case strings.HasPrefix(pkg, "deckgen/deckgen") && strings.HasPrefix(imp, "deckgen/experiments"):
		return "deckgen never imports experiments"
	case pkg == "deckgen/deckgen/deck" && (imp == "deckgen/deckgen/lab" || imp == "deckgen/deckgen/figure"):
		return "deck knows neither records nor figures"
	case strings.Contains(imp, "yuin/goldmark") && pkg != "deckgen/deckgen/deck":
		return "goldmark lives in deck only"
	case strings.HasPrefix(imp, "gonum.org/v1/plot") && pkg != "deckgen/deckgen/figure":
		return "gonum/plot lives in figure only"
	case strings.HasPrefix(imp, "github.com/chromedp") && pkg != "deckgen/deckgen/browser":
		return "chromedp lives in browser only"
	case imp == "github.com/fsnotify/fsnotify" && pkg != "deckgen/deckgen":
		return "files are watched by the driver only"
	case strings.Contains(imp, "goccy/go-yaml") && pkg != "deckgen/deckgen/strict" && pkg != "deckgen/deckgen/script":
		return "YAML is read in strict and script only"
	case imp == "net/http" && pkg != "deckgen/deckgen" && pkg != "deckgen/deckgen/live" && pkg != "deckgen/deckgen/browser":
		return "only serve and the browser speak HTTP"
	case imp == "go/ast" && pkg != "deckgen/deckgen/source":
		return "go/ast lives in source only"
	case from != "" && (imp == "deckgen/deckgen/deck" || to != "" && to != from):
		return "sections know neither decks nor each other"
	case pkg == "deckgen/experiments/nn" && (imp == "deckgen/deckgen/lab" || imp == "deckgen/deckgen/figure"):
		return "the net knows neither records nor figures"
	case pkg == "deckgen/experiments/f32" && (local || strings.Contains(imp, ".")) && imp != "golang.org/x/sys/cpu":
		return "the kernels need the standard library only"
	}
	return ""
}

func TestForbidden(t *testing.T) {
	for _, test := range []struct {
		pkg, imp string
		bad      bool
	}{
		{"deckgen/deckgen", "deckgen/experiments", true},
		{"deckgen/deckgen/source", "deckgen/experiments/nn", true},
		{"deckgen/deckgen/deck", "deckgen/deckgen/lab", true},
		{"deckgen/deckgen", "github.com/chromedp/chromedp", true},
		{"deckgen/deckgen/browser", "github.com/chromedp/cdproto/fetch", false},
		{"deckgen/experiments/optimizers", "deckgen/experiments/activations", true},
		{"deckgen/deckgen/lab", "net/http", true},
		{"deckgen/deckgen/live", "net/http", false},
		{"deckgen/deckgen/deck", "github.com/goccy/go-yaml", true},
		{"deckgen/deckgen/live", "github.com/fsnotify/fsnotify", true},
		{"deckgen/experiments/optimizers", "deckgen/deckgen/deck", true},
		{"deckgen/experiments/optimizers", "deckgen/deckgen/lab", false},
		{"deckgen/experiments/optimizers", "deckgen/experiments/nn", false},
		{"deckgen/experiments/nn", "deckgen/deckgen/lab", true},
		{"deckgen/experiments/nn", "deckgen/experiments/f32", false},
		{"deckgen/experiments/f32", "gonum.org/v1/gonum/blas", true},
		{"deckgen/experiments/f32", "math/bits", false},
		{"deckgen/experiments", "deckgen/experiments/nn", false},
	} {
		got := forbidden(test.pkg, test.imp)
		if (got != "") != test.bad {
			t.Errorf("%s imports %s: %q", test.pkg, test.imp, got)
		}
	}
}
