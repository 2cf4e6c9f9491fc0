package deckgen

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestCatalogue(t *testing.T) {
	n := len(renderRules)
	for _, in := range inspections {
		n += len(in.rules)
	}
	if n != len(rules) {
		t.Errorf("%d rules have %d names", n, len(rules))
	}
	for _, r := range rules {
		if r.Summary == "" || strings.HasSuffix(r.Summary, ".") {
			t.Errorf("%s: the summary %q is no line without a full stop", r.Name, r.Summary)
		}
	}
	for _, name := range undecided {
		if _, ok := rules[name]; !ok {
			t.Errorf("%s is not in the catalogue", name)
		}
	}
}

var ruleInSource = regexp.MustCompile(`(?:\bRule(?:: +|, .* = |  ?=+ )|refuse\(r, |problem\(r, |report\([^"\n]*, |s\.fail\(|rule :?= )"([a-z]+(?:-[a-z]+)*)"`)

// Every rule that the source gives to a problem is in the catalogue.
func TestRulesInSource(t *testing.T) {
	n := 0
	for _, pattern := range []string{"*.go", "deck/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range ruleInSource.FindAllSubmatch(src, -1) {
				n++
				if _, ok := rules[string(m[1])]; !ok {
					t.Errorf("%s: the rule %s is not in the catalogue", file, m[1])
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d rules were found in the source", n)
	}
}
