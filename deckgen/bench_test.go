package deckgen

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"deckgen/deckgen/internal/fake"
)

// longDeck has three references on each slide.
func longDeck(slides int, value string) string {
	var b strings.Builder
	b.WriteString("---\nmarp: true\n---\n")
	for i := range slides {
		if i > 0 {
			b.WriteString("\n---\n")
		}
		fmt.Fprintf(&b, "\n## 結果 %d\n\n平均は [%s](../assets/dice/mean/result.json#/values/mean)、**[%s](../assets/dice/mean/result.json#/values/rolls)** 回。\n\n"+
			"![w:640 mean](../assets/dice/mean/mean.svg)\n\n$$\nW \\gets W - \\eta \\frac{\\partial L}{\\partial W}\n$$\n\n- 本文が続く。`code` と **強調** がある。\n", i, value, value)
	}
	return b.String()
}

// benchmark runs a verb in this process, as often as the benchmark wants.
func benchmark(b *testing.B, slides int, value string, args ...string) {
	r := newRepository(b)
	if err := os.Remove(filepath.Join(r.dir, "slides/deck.md")); err != nil {
		b.Fatal(err)
	}
	r.deckgen("run")
	r.put("slides/long.md", longDeck(slides, "?"))
	r.deckgen("fill")
	filled := r.files()
	p := Project{Experiments: fake.All, Source: fake.Source, Folder: "deckgen/internal/fake"}
	env := func(key string) string {
		return map[string]string{"XDG_CACHE_HOME": filepath.Join(r.dir, ".cache")}[key]
	}
	for b.Loop() {
		b.StopTimer()
		r.restore(filled)
		if value != "" {
			r.put("slides/long.md", longDeck(slides, value))
		}
		b.StartTimer()
		if code := run(context.Background(), p, system{args: args, out: io.Discard, err: io.Discard, getenv: env, dir: r.dir, cpus: 1}); code != exitClean {
			b.Fatalf("exit code %d", code)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(slides), "µs/slide")
}

// BenchmarkCheck checks decks with three references on each slide; the cost of a slide does not grow with their number.
func BenchmarkCheck(b *testing.B) {
	for _, slides := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(slides), func(b *testing.B) { benchmark(b, slides, "", "check", "slides/long.md") })
	}
}

// BenchmarkFill writes two numbers on each slide anew.
func BenchmarkFill(b *testing.B) {
	for _, slides := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(slides), func(b *testing.B) { benchmark(b, slides, "9.9", "fill", "slides/long.md") })
	}
}

// BenchmarkStart starts the program as make build makes it, which says its version.
func BenchmarkStart(b *testing.B) {
	file := filepath.Join(b.TempDir(), "deckgen")
	build := exec.Command("go", "build", "-o", file, "../cmd/deckgen")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for b.Loop() {
		if err := exec.Command(file, "version").Run(); err != nil {
			b.Fatal(err)
		}
	}
}
