package deckgen

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"deckgen/deckgen/internal/fake"
)

func TestMain(m *testing.M) {
	const folder = "deckgen/internal/fake"
	testscript.Main(m, map[string]func(){
		"deckgen": func() { os.Exit(Main(Project{Experiments: fake.All, Source: fake.Source, Folder: folder})) },
		"fickle":  func() { os.Exit(Main(Project{Experiments: fake.Fickle, Source: fake.Source, Folder: folder})) },
		"faulty":  func() { os.Exit(Main(Project{Experiments: fake.Faulty, Source: fake.Source, Folder: folder})) },
		"endless": func() { os.Exit(Main(Project{Experiments: fake.Endless, Source: fake.Source, Folder: folder})) },
	})
}

// Each script has a repository of its own, with the source of the fake experiments in it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":     await,
			"exits":     exits,
			"gone":      gone,
			"replace":   replace,
			"snapshot":  snapshot,
			"step":      step,
			"unchanged": unchanged,
		},
		Condition:          condition,
		RequireUniqueNames: true,
		UpdateScripts:      os.Getenv("UPDATE") != "", // write what cmp saw into the scripts
	})
}

func setUp(e *testscript.Env) error {
	e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
	e.Setenv("HOME", e.WorkDir)
	if err := errors.Join(sources(e.WorkDir), toolsOutside(e)); err != nil {
		return err
	}
	modules, err := filepath.Abs("../node_modules")
	if err != nil {
		return err
	}
	return os.Symlink(modules, filepath.Join(e.WorkDir, "node_modules"))
}

// sources makes a folder the repository of the fake experiments.
func sources(dir string) error {
	for _, src := range []struct {
		fsys fs.FS
		to   string
	}{{fake.Source, "deckgen/internal/fake"}, {ownSource, "deckgen"}} {
		if err := os.CopyFS(filepath.Join(dir, src.to), src.fsys); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module deckgen\n"), 0o644)
}

// toolsOutside gives a script what it needs to build with Go and to compute with NumPy.
func toolsOutside(e *testscript.Env) error {
	repository, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	e.Setenv("REPOSITORY", repository)
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return err
		}
		e.Setenv(name, strings.TrimSpace(string(out)))
	}
	if file := python(); file != "" {
		e.Setenv("PATH", filepath.Dir(file)+string(filepath.ListSeparator)+e.Getenv("PATH"))
	}
	return nil
}

// python finds a python3 that has NumPy and matplotlib.
var python = sync.OnceValue(func() string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if file, err := exec.LookPath(name); err == nil && exec.Command(file, "-c", "import numpy, matplotlib").Run() == nil {
			return file
		}
	}
	return ""
})

// condition knows [numpy].
func condition(cond string) (bool, error) {
	if cond == "numpy" {
		return python() != "", nil
	}
	return false, fmt.Errorf("there is no condition %s", cond)
}

// exits N command: the command ends with exit code N.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// await FILE REGEXP: waits until something in a file matches.
func await(ts *testscript.TestScript, neg bool, args []string) {
	re := regexp.MustCompile(args[1])
	for range 1000 {
		if b, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && re.Match(b) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("nothing in %s matches %s", args[0], args[1])
}

// gone FILE: the process whose number is in the file has ended, or does so within a moment.
func gone(ts *testscript.TestScript, neg bool, args []string) {
	pid := strings.TrimSpace(ts.ReadFile(args[0]))
	for range 100 {
		status, err := exec.Command("ps", "-o", "stat=", "-p", pid).Output()
		if err != nil || strings.HasPrefix(string(status), "Z") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("process %s is still there", pid)
}

// replace FILE OLD NEW: the text occurs once and is replaced.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	file := ts.MkAbs(args[0])
	b, err := os.ReadFile(file)
	ts.Check(err)
	unquote := strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace
	old := unquote(args[1])
	if n := strings.Count(string(b), old); n != 1 {
		ts.Fatalf("%s: %q occurs %d times", args[0], old, n)
	}
	ts.Check(os.WriteFile(file, []byte(strings.Replace(string(b), old, unquote(args[2]), 1)), 0o644))
}

// snapshot remembers every file outside of build; unchanged compares with it.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	ts.Setenv("SNAPSHOT", ts.MkAbs(".snapshot"))
	ts.Check(os.WriteFile(ts.MkAbs(".snapshot"), []byte(listing(ts)), 0o644))
}

func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	was, err := os.ReadFile(ts.MkAbs(".snapshot"))
	ts.Check(err)
	if is := listing(ts); is != string(was) {
		ts.Fatalf("files changed:\n%s\nbefore:\n%s", is, was)
	}
}

func listing(ts *testscript.TestScript) string {
	files := map[string]string{}
	for _, dir := range []string{"assets", "slides"} {
		filepath.WalkDir(ts.MkAbs(dir), func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				b, _ := os.ReadFile(name)
				files[name] = digest(b)
			}
			return nil
		})
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintln(&b, files[name], name)
	}
	return b.String()
}
