package deckgen

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestKill kills build at random moments. Whatever the moment, each file is the old one or the new one, whole; and the
// next build goes on as if nothing had happened. SOAK says how many times: make soak.
func TestKill(t *testing.T) {
	times := 15
	if n, err := strconv.Atoi(os.Getenv("SOAK")); err == nil {
		times = n
	}
	r := newRepository(t)
	r.deckgen("build", "--force")
	is := r.files()
	r.falsify()
	was := r.files()
	began := time.Now()
	r.deckgen("build", "--force")
	took := time.Since(began)
	random := rand.New(rand.NewPCG(1, uint64(times)))
	midway := 0
	for range times {
		r.restore(was)
		r.killed(time.Duration(random.Int64N(int64(took))), "build", "--force")
		now := r.files()
		for name := range was {
			if b := now[name]; !bytes.Equal(b, was[name]) && !bytes.Equal(b, is[name]) {
				t.Fatalf("%s is neither the old file nor the new one: %q", name, b)
			}
		}
		if sums(now) != sums(was) && sums(now) != sums(is) {
			midway++
		}
		r.deckgen("build") // without --force: what it finds must do
		r.deckgen("check")
		r.deckgen("build", "--force")
		if now := r.files(); sums(now) != sums(is) {
			t.Fatalf("after a kill and another build there is\n%s\nwant\n%s", sums(now), sums(is))
		}
	}
	t.Logf("killed %d times within %v, %d of them between two files", times, took, midway)
}

// A repository is one for a test, with a stand-in for Node that renders in no time.
type repository struct {
	t   testing.TB
	dir string
	env []string
}

func newRepository(t testing.TB) *repository {
	r := &repository{t: t, dir: t.TempDir()}
	if err := sources(r.dir); err != nil {
		t.Fatal(err)
	}
	r.put("slides/deck.md", "[1](../assets/walk/line/result.json#/values/steps) steps\n\n![a](../assets/walk/line/line.svg)\n"+
		"![b](../assets/dice/mean/mean.svg) ![c](../assets/dice/mean/spread.svg)\n\n[0.00](../assets/dice/mean/result.json#/values/mean)\n")
	r.put("node_modules/@marp-team/marp-cli/marp-cli.js", "")
	r.put("bin/node", "#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --output ] && echo '<svg data-marpit-svg>' > \"$2\"; shift; done; exit 0\n")
	if err := os.Chmod(filepath.Join(r.dir, "bin/node"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.env = append(os.Environ(), "PATH="+filepath.Join(r.dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"XDG_CACHE_HOME="+filepath.Join(r.dir, ".cache"), "HOME="+r.dir)
	return r
}

func (r *repository) put(name, text string) {
	file := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repository) command(args ...string) *exec.Cmd {
	cmd := exec.Command("deckgen", args...)
	cmd.Dir, cmd.Env = r.dir, r.env
	return cmd
}

// deckgen runs a command that must end well.
func (r *repository) deckgen(args ...string) {
	r.t.Helper()
	if out, err := r.command(args...).CombinedOutput(); err != nil {
		r.t.Fatalf("deckgen %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (r *repository) killed(after time.Duration, args ...string) {
	cmd := r.command(args...)
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill()
	cmd.Wait()
}

// falsify makes other records that are as good as the right ones, with their figures and the deck that shows them. They
// lose their seals, which nobody but a run can write.
func (r *repository) falsify() {
	for _, experiment := range []string{"walk/line", "dice/mean"} {
		file := "assets/" + experiment + "/result.json"
		b, err := os.ReadFile(filepath.Join(r.dir, file))
		if err != nil {
			r.t.Fatal(err)
		}
		b = sealRE.ReplaceAll(b, nil)
		r.put(file, strings.NewReplacer(`"steps": 30`, `"steps": 31`, `"mean": 0.7,`, `"mean": 0.71,`, `"sd": 0.1`, `"sd": 0.2`).Replace(string(b)))
	}
	r.deckgen("fill")
	r.deckgen("check")
}

var sealRE = regexp.MustCompile(`,\n  "seal": "[0-9a-f]+"`)

// files are those that must never be torn.
func (r *repository) files() map[string][]byte {
	files := map[string][]byte{}
	for _, dir := range []string{"assets", "slides"} {
		filepath.WalkDir(filepath.Join(r.dir, dir), func(file string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				files[strings.TrimPrefix(file, r.dir)], err = os.ReadFile(file)
			}
			if err != nil {
				r.t.Fatal(err)
			}
			return nil
		})
	}
	return files
}

func (r *repository) restore(files map[string][]byte) {
	for name, b := range files {
		r.put(name, string(b))
	}
}

func sums(files map[string][]byte) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintln(&b, digest(files[name])[:8], name)
	}
	return b.String()
}
