package deckgen

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/testscript"
)

// An action is a composite action, as far as the tests look at it.
type action struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Name, ID, Shell, Run string
			Env                  map[string]string
		}
	}
}

func readAction() (a action, err error) {
	src, err := os.ReadFile("../action.yml")
	if err != nil {
		return a, err
	}
	return a, yaml.Unmarshal(src, &a)
}

var inputUse = regexp.MustCompile(`inputs\.([a-z-]+)`)

func TestAction(t *testing.T) {
	a, err := readAction()
	if err != nil {
		t.Fatal(err)
	}
	src, _ := os.ReadFile("../action.yml")
	used := map[string]bool{}
	for _, m := range inputUse.FindAllSubmatch(src, -1) {
		used[string(m[1])] = true
		if _, ok := a.Inputs[string(m[1])]; !ok {
			t.Errorf("there is no input %s", m[1])
		}
	}
	for name := range a.Inputs {
		if !used[name] {
			t.Errorf("the input %s does nothing", name)
		}
	}
	for _, s := range a.Runs.Steps {
		if s.Run == "" {
			continue // somebody else's action
		}
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: what others wrote must come through the environment, not into the script", s.Name)
		}
		if out, err := exec.Command("bash", "-n", "-c", s.Run).CombinedOutput(); err != nil || s.Shell != "bash" {
			t.Errorf("%s: %v %s", s.Name, err, out)
		}
	}
}

// Workflows and the like are YAML, and name programs that there are.
func TestWorkflows(t *testing.T) {
	for _, file := range []string{".github/workflows/check.yml", ".pre-commit-hooks.yaml", "docs/gitlab-ci.yml"} {
		src, err := os.ReadFile("../" + file)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.UnmarshalWithOptions(src, &v, yaml.Strict()); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// step N [NAME=VALUE...]: runs the Nth step of action.yml as a runner does. Outputs are in the file outputs, the summary
// in the file summary.
func step(ts *testscript.TestScript, neg bool, args []string) {
	a, err := readAction()
	ts.Check(err)
	i := slices.IndexFunc(a.Runs.Steps, func(s struct {
		Name, ID, Shell, Run string
		Env                  map[string]string
	}) bool {
		return strings.HasPrefix(s.Name, args[0])
	})
	if i < 0 {
		ts.Fatalf("action.yml has no step %s", args[0])
	}
	s := a.Runs.Steps[i]
	given := map[string]string{"GITHUB_OUTPUT": ts.MkAbs("outputs"), "GITHUB_STEP_SUMMARY": ts.MkAbs("summary"),
		"RUNNER_TEMP": ts.MkAbs("temp"), "GITHUB_REPOSITORY": "us/decks",
		"GITHUB_SERVER_URL": "https://github.example", "GITHUB_RUN_ID": "1", "GITHUB_RUN_ATTEMPT": "1"}
	for name := range s.Env {
		given[name] = ""
	}
	for _, arg := range args[1:] {
		name, value, _ := strings.Cut(arg, "=")
		if _, ok := given[name]; !ok {
			ts.Fatalf("the step %s has no variable %s", s.Name, name)
		}
		given[name] = value
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		ts.Setenv(name, given[name])
	}
	script := filepath.Join(ts.MkAbs("."), "step.sh")
	ts.Check(os.WriteFile(script, []byte(s.Run), 0o755))
	err = ts.Exec("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
	if (err != nil) != neg {
		ts.Fatalf("%s: %v", s.Name, fmt.Sprint(err))
	}
}
