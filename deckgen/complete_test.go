package deckgen

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"deckgen/deckgen/internal/fake"
)

func TestComplete(t *testing.T) {
	dir := t.TempDir()
	layOut(t, dir)
	project := Project{Experiments: fake.All, Source: fake.Source, Folder: "deckgen/internal/fake"}
	start := func(named string) (*driver, error) {
		return open(context.Background(), project, quiet(absolute(filepath.Dir(dir), named)))
	}
	app, base := model(t), filepath.Base(dir)
	for _, test := range []struct{ line, want string }{
		{"dr", "draw"},
		{"c", "check completion"},
		{"new ", "deck experiment module"},
		{"completion ", "bash zsh fish"},
		{"check --re", "--rendered --rerun"},
		{"run --al", "--allow-exec"},
		{"list --al", ""},
		{"check --rules stale-f", "stale-figure"},
		{"serve --no", "--no-run"},
		{"run --fidelity ", "full quick"},
		{"check --format s", "sarif"},
		{"check --format=s", "--format=sarif"},
		{"check --format = s", "sarif"}, // as bash has it
		{"check --format =", "text json github sarif"},
		{"render --format single,p", "single,pdf single,pptx single,png"},
		{"new experiment demo/walk --lang ", "python shell go"},
		{"-C " + base + " run ", "dice dice/mean walk walk/line slides/deck.md"},
		{"-C " + base + " run -j 2 dice/mean w", "walk walk/line"},
		{"--dir " + base + " explain s", "slides/deck.md"},
		{"-C " + base + " run --seeds ", ""},
		{"-C nowhere run ", ""},
		{"trust x", ""},
		{"nonsense --x", ""},
		{"complet", "completion"},
	} {
		words := strings.Split(test.line, " ")
		var got []string
		for _, c := range complete(app, words, start) {
			got = append(got, c.word)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: %q, want %q", test.line, got, test.want)
		}
	}
}

// The shells hand over the words and show what comes back.
func TestCompletionInShells(t *testing.T) {
	dir := t.TempDir()
	layOut(t, dir)
	for shell, ask := range map[string]string{
		"bash": `source "$SCRIPT"
			ask() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _deckgen deckgen; echo "${COMPREPLY[*]}"; }
			ask deckgen dr; ask deckgen run wal; ask deckgen check --format = s; ask deckgen render --format single,p; ask deckgen run ""`,
		"zsh": `compdef() { :; }; source "$SCRIPT"
			_describe() { print -r -- ${${(P)2}%%:*}; }
			ask() { words=("$@") CURRENT=$#; _deckgen; }
			ask deckgen dr; ask deckgen run wal; ask deckgen check --format = s; ask deckgen render --format single,p; ask deckgen run ""`,
		"fish": `source $SCRIPT
			for line in 'deckgen dr' 'deckgen run wal' 'deckgen check --format = s' 'deckgen render --format single,p' 'deckgen run '
				echo (complete -C $line | string replace -r '\t.*' '')
			end`,
	} {
		t.Run(shell, func(t *testing.T) {
			program, err := exec.LookPath(shell)
			if err != nil {
				t.Skipf("NOT TESTED: completion in %s, which is not installed", shell)
			}
			var script strings.Builder
			if err := writeCompletion(&script, shell); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "script."+shell)
			if err := os.WriteFile(file, []byte(script.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			flags := map[string][]string{"bash": {"--norc"}, "zsh": {"-f"}, "fish": {"--no-config"}}[shell]
			cmd := exec.Command(program, append(flags, "-c", ask)...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "SCRIPT="+file, "HOME="+dir)
			out, err := cmd.CombinedOutput()
			want := "draw\nwalk walk/line\nsarif\nsingle,pdf single,pptx single,png\ndice dice/mean walk walk/line slides/deck.md"
			if got := strings.TrimSpace(string(out)); err != nil || sorted(got) != sorted(want) {
				t.Errorf("%v\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// sorted puts the words of each line in order: fish has one of its own.
func sorted(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		slices.Sort(words)
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "\n")
}
