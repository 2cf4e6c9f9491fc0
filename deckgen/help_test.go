package deckgen

import (
	"bytes"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// model is the grammar as the parser sees it.
func model(t *testing.T) *kong.Application {
	t.Helper()
	parser, _, err := parse(&grammar{}, system{args: []string{"man"}, out: io.Discard, err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model
}

// Each verb has examples, and each example is a command line.
func TestHelpHasExamples(t *testing.T) {
	for _, n := range model(t).Leaves(true) {
		if !strings.Contains(n.Detail, "Examples:\n") || !strings.Contains(n.Detail, n.FullPath()) {
			t.Errorf("%s has no example of itself", n.FullPath())
		}
		for _, line := range exampleRE.FindAllString(n.Detail+"\n"+description, -1) {
			args := strings.Fields(line)[1:]
			if _, _, err := parse(&grammar{}, system{args: args, out: io.Discard, err: io.Discard}); err != nil {
				t.Errorf("%s: %q: %v", n.FullPath(), line, err)
			}
		}
		for _, f := range n.Flags {
			if f.Help == "" {
				t.Errorf("%s --%s has no help", n.FullPath(), f.Name)
			}
		}
	}
}

// A verb by itself, as it is built where it comes first, says the same as among the others.
func TestHelpOfOneVerb(t *testing.T) {
	for _, n := range model(t).Leaves(true) {
		words := append(strings.Fields(n.FullPath())[1:], "--help")
		var alone, among bytes.Buffer
		for out, args := range map[*bytes.Buffer][]string{&alone: words, &among: append([]string{"-C", "."}, words...)} {
			if _, _, err := parse(&grammar{}, system{args: args, out: out, err: io.Discard}); err != nil {
				t.Errorf("%q: %v", args, err)
			}
		}
		if alone.Len() == 0 || alone.String() != among.String() {
			t.Errorf("%s by itself:\n%s\namong the others:\n%s", n.FullPath(), &alone, &among)
		}
	}
}

// exampleRE is a command up to what a shell makes of its output, or to the words beside it.
var exampleRE = regexp.MustCompile(`(?m)deckgen [a-z-]+( [^ \n|>)&]+)*`)

func manualPage(t *testing.T) string {
	var b bytes.Buffer
	if err := writeMan(&b, model(t)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The manual names each verb, flag and argument, in roff that has no fault.
func TestManual(t *testing.T) {
	man := manualPage(t)
	for _, n := range model(t).Leaves(true) {
		_, section, ok := strings.Cut(man, "\n.SS "+roff(n.FullPath()))
		if !ok {
			t.Errorf("the manual has no %s", n.FullPath())
		}
		section, _, _ = strings.Cut(section, "\n.S")
		for _, f := range n.Flags {
			if !strings.Contains(section, roff(flagName(f))+"\n") || !strings.Contains(section, roff(f.Help)) {
				t.Errorf("the manual has no --%s of %s", f.Name, n.FullPath())
			}
		}
		for _, a := range n.Positional {
			if !strings.Contains(section, ".I "+roff(a.Name)) {
				t.Errorf("the manual has no %s of %s", a.Name, n.FullPath())
			}
		}
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("NOT TESTED: the roff, for want of groff")
	}
	cmd := exec.Command(groff, "-man", "-Tutf8", "-ww", "-z")
	cmd.Stdin = strings.NewReader(man)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("groff: %v\n%s", err, out)
	}
}
