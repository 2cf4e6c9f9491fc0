package deckgen

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"deckgen/deckgen/browser"
)

// A page of the documentation is executed from top to bottom in a folder of its own, which is empty at first:
//
//	```console          each line "$ command" is run, and what stands below it is what it says, on both outputs; "..."
//	                    stands for anything in a line, a line of "..." for any lines. A command with nothing below it
//	                    must end well. Words behind console are what it needs: numpy, marp, browser or a program.
//	```yaml some/file   the block is written to that file
//	<!-- $ command -->  is run, too, and must end well, but the reader does not see it
//	```sh               commands that take the network, a browser or minutes; see untried
//
// Any other block is only shown. UPDATE=1 writes what the commands said into the pages.
func TestDocumentation(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var ran atomic.Int64
	t.Run("pages", func(t *testing.T) {
		for _, file := range append(pages, "../README.md", "../CONTRIBUTING.md") {
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				ran.Add(executePage(t, file))
			})
		}
	})
	if ran.Load() == 0 {
		t.Error("no command was run")
	}
}

// untried are the commands that a page may show in a block that is not run, each with the reason.
var untried = map[string]string{
	"make":        "takes minutes; that there is such a target is tested",
	"go install":  "writes outside of the folder",
	"go test":     "runs the tests in the tests",
	"apt install": "takes the network",
	"npm install": "takes the network",

	"deckgen serve":      "goes on until Ctrl-C",
	"deckgen run --data": "wants MNIST",
	"deckgen new module": "wants the source; deckgen/testdata/script/new-module.txtar runs it",
}

// loose are lines that show a command outside of a console.
var loose = regexp.MustCompile(`^ {4,}(\$ |(deckgen|make|go|git|npm) [a-z-])`)

// A visit is a page while it is executed.
type visit struct {
	*testing.T
	dir  string // where its commands start
	cwd  string // where the next one starts
	out  []string
	runs int64
}

func executePage(t *testing.T, file string) int64 {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	p := &visit{T: t, dir: dir, cwd: dir}
	lines := strings.Split(string(src), "\n")
	for i := 0; i < len(lines); i++ {
		p.out = append(p.out, lines[i])
		fence, words, ok := opensBlock(lines[i])
		hidden := hiddenRE.FindStringSubmatch(lines[i])
		if hidden != nil {
			p.try(hidden[1], nil)
		}
		if !ok {
			if hidden == nil && loose.MatchString(lines[i]) {
				t.Errorf("%s:%d: a command outside of a console or sh block", file, i+1)
			}
			continue
		}
		end := i + 1 + slices.Index(lines[i+1:], fence)
		p.execute(words, lines[i+1:end])
		i = end - 1
	}
	if got := strings.Join(p.out, "\n"); got != string(src) && os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p.runs
}

// hiddenRE is a command in a comment, which the reader does not see.
var hiddenRE = regexp.MustCompile(`^(?:<!--|    ) \$ (.*?)( -->)?$`)

var opensRE = regexp.MustCompile("^(`{3,})([a-z]+.*)$")

// opensBlock returns the fence of a block and the words behind it, which may be none.
func opensBlock(line string) (fence string, words []string, ok bool) {
	m := opensRE.FindStringSubmatch(line)
	if m == nil {
		return "", nil, false
	}
	return m[1], strings.Fields(m[2]), true
}

// execute does with a block what its words say.
func (p *visit) execute(words, body []string) {
	switch {
	case words[0] == "console" && slices.ContainsFunc(words[1:], lacking):
		p.Logf("NOT TESTED, for want of %s: %s", strings.Join(words[1:], " or "), strings.Join(body, "; "))
	case words[0] == "console":
		p.console(body, slices.Contains(words, "marp"))
		return
	case words[0] == "sh":
		for _, line := range body {
			p.known(line)
		}
	case len(words) == 2 && !strings.Contains(words[1], "="):
		p.write(words[1], body)
	}
	p.out = append(p.out, body...)
}

// lacking reports whether something that a block names as its need is not there.
func lacking(need string) bool {
	switch need {
	case "numpy":
		return python() == ""
	case "browser":
		return browser.Find(os.Getenv) == ""
	case "marp":
		return !exists("..", marpScript)
	}
	_, err := exec.LookPath(need)
	return err != nil
}

func (p *visit) write(name string, body []string) {
	file := filepath.Join(p.cwd, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Join(body, "\n")+"\n"), 0o644); err != nil {
		p.Fatal(err)
	}
}

var targetRE = regexp.MustCompile(`^make ([a-z]+)`)

// known makes sure that a command that is not run is one of those that need not be.
func (p *visit) known(line string) {
	if line == "" || strings.HasPrefix(line, "#") {
		return
	}
	var why string
	for command, reason := range untried {
		if strings.HasPrefix(line, command+" ") {
			why = reason
		}
	}
	if why == "" {
		p.Errorf("%q is not run: put it into a console block, or say in the test why not", line)
	}
	if m := targetRE.FindStringSubmatch(line); m != nil {
		makefile, err := os.ReadFile("../Makefile")
		if err != nil || !strings.Contains(string(makefile), "\n"+m[1]+":") {
			p.Errorf("%q: there is no such target", line)
		}
	}
}

// console runs the commands of a block and compares.
func (p *visit) console(body []string, marp bool) {
	if modules, err := filepath.Abs("../node_modules"); err == nil && marp {
		os.Symlink(modules, filepath.Join(p.cwd, "node_modules"))
	}
	for len(body) > 0 {
		command, ok := strings.CutPrefix(body[0], "$ ")
		if !ok {
			p.Fatalf("a console block starts with a command, not with %q", body[0])
		}
		n := slices.IndexFunc(body[1:], func(s string) bool { return strings.HasPrefix(s, "$ ") })
		if n < 0 {
			n = len(body) - 1
		}
		p.out = append(p.out, body[0])
		p.out = append(p.out, p.try(command, body[1:1+n])...)
		body = body[1+n:]
	}
}

// try runs a command and returns what should stand below it.
func (p *visit) try(command string, want []string) []string {
	p.runs++
	said, err := p.shell(command)
	got := strings.Split(said, "\n")
	if len(want) == 0 && err != nil {
		p.Errorf("$ %s\n%s\n%v", command, said, err)
	}
	if len(want) == 0 || matches(want, got) {
		return want
	}
	p.Errorf("$ %s\nsays\n%s\nand not\n%s", command, said, strings.Join(want, "\n"))
	return got
}

// matches compares what a page shows with what a command said, line by line.
func matches(want, got []string) bool {
	switch {
	case len(want) == 0:
		return len(got) == 0
	case want[0] == "...":
		return matches(want[1:], got) || len(got) > 0 && matches(want, got[1:])
	case len(got) == 0:
		return false
	}
	re := strings.ReplaceAll(regexp.QuoteMeta(want[0]), `\.\.\.`, `.*`)
	return regexp.MustCompile(`^`+re+`$`).MatchString(got[0]) && matches(want[1:], got[1:])
}

var trailing = regexp.MustCompile(`(?m)[ \t]+$`)

// shell runs a command where the last one ended, and returns what it said on both outputs, without the name of the folder.
func (p *visit) shell(command string) (string, error) {
	where := filepath.Join(p.T.TempDir(), "where")
	cmd := exec.Command("sh", "-c", fmt.Sprintf("%s\ncode=$?; pwd > '%s'; exit $code", command, where))
	cmd.Dir = p.cwd
	cmd.Env = append(os.Environ(), "HOME="+p.dir, "XDG_CONFIG_HOME="+filepath.Join(p.dir, ".config"), "LC_ALL=C.UTF-8",
		"XDG_CACHE_HOME="+filepath.Join(p.dir, ".cache"), "GIT_CONFIG_GLOBAL="+filepath.Join(p.dir, ".gitconfig"),
		"GIT_AUTHOR_NAME=me", "GIT_AUTHOR_EMAIL=me@example.org", "GIT_COMMITTER_NAME=me", "GIT_COMMITTER_EMAIL=me@example.org")
	if cache, err := os.UserCacheDir(); err == nil { // it takes seconds to find the fonts anew
		cmd.Env = append(cmd.Env, "MPLCONFIGDIR="+filepath.Join(cache, "matplotlib"))
	}
	if file := python(); file != "" {
		cmd.Env = append(cmd.Env, "PATH="+filepath.Dir(file)+string(filepath.ListSeparator)+os.Getenv("PATH"))
	}
	out, err := cmd.CombinedOutput()
	if b, gone := os.ReadFile(where); gone == nil {
		p.cwd = strings.TrimSpace(string(b))
	}
	dir, _ := filepath.EvalSymlinks(p.dir)
	said := strings.NewReplacer(p.dir, "~", dir, "~").Replace(string(out))
	return trailing.ReplaceAllString(strings.TrimRight(said, "\n"), ""), err
}

// What is compared is really compared.
func TestMatches(t *testing.T) {
	for _, test := range []struct {
		want, got string
		ok        bool
	}{
		{"one", "one", true},
		{"one", "one two", false},
		{"on. two", "one two", false},
		{"ran in ...: done", "ran in 3 ms: done", true},
		{"ran in ...: done", "ran in 3 ms\nagain: done", false},
		{"one\n...", "one", true},
		{"...\none", "two\nthree\none", true},
		{"one\n...\nfour", "one\ntwo\nthree\nfour", true},
		{"one\n...\nfour", "one\ntwo\nthree\nfive", false},
		{"...", "", true},
	} {
		if ok := matches(strings.Split(test.want, "\n"), strings.Split(test.got, "\n")); ok != test.ok {
			t.Errorf("%q and %q: %v", test.want, test.got, ok)
		}
	}
}
