package script

import (
	"errors"
	"strings"
	"testing"

	"deckgen/deckgen/strict"
)

const good = "title: a walk\ncommand: sh run.sh\n"

func TestParse(t *testing.T) {
	s, err := parse("experiment.yaml", []byte(`
title: a walk # of a drunkard
command: [sh, run.sh, "two words"]
params:
  lr: 1e-3
  steps: 1_000
  name: "1e-3"
  big: 12345678901234567890
  nested: {on: true, none: null, list: [1, 2.50, x y]}
seeds: 5
inputs: ../steps.csv
outputs: {way.svg: the way}
draw: {command: sh draw.sh}
timeout: 90s
`))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"lr":1e-3,"steps":1000,"name":"1e-3","big":12345678901234567890,` +
		`"nested":{"on":true,"none":null,"list":[1,2.50,"x y"]}}`
	if string(s.Params) != want {
		t.Errorf("params %s\nwant   %s", s.Params, want)
	}
	if got := strings.Join(s.Command.is, "|"); got != "sh|run.sh|two words" {
		t.Errorf("command %s", got)
	}
	if s.Title.is != "a walk" || s.Seeds != 5 || s.Inputs[0].is != "../steps.csv" || s.Timeout.Seconds() != 90 ||
		s.Outputs["way.svg"].is != "the way" || strings.Join(s.Draw.Command.is, " ") != "sh draw.sh" {
		t.Errorf("%+v", s)
	}
}

// A key that nothing follows is as good as none.
func TestParseNothing(t *testing.T) {
	s, err := parse("e.yaml", []byte(good+"params: # lr: 1e-3\nseeds:\n"))
	if err != nil || string(s.Params) != "{}" || s.Seeds != 0 {
		t.Errorf("params %s, seeds %d: %v", s.Params, s.Seeds, err)
	}
}

func TestParseFaults(t *testing.T) {
	for _, test := range []struct{ src, want, hint string }{
		{"", "e.yaml:1:1: there is no title", "title: …"},
		{"title: x\n", "e.yaml:1:1: there is no command", "command: python3"},
		{"title: x\ncomand: sh run.sh\n", `e.yaml:2:1: there is no key "comand"`, "did you mean command?"},
		{good + "draw: {inputs: x, comand: y}\n", `e.yaml:3:19: there is no key "comand"`, "did you mean command?"},
		{good + "draw: {inputs: x}\n", "draw has no command", ""},
		{good + "seeds: many\n", "e.yaml:3:8: the number of seeds is a whole number", "seeds: 5"},
		{good + "seeds: 1.5\n", "e.yaml:3:8: the number of seeds is a whole number", "seeds: 5"},
		{good + "seeds: -1\n", "e.yaml:3:8: the number of seeds is a whole number", "seeds: 5"},
		{good + "title: again\n", "e.yaml:3:1: mapping key", ""},
		{good + "params: 3\n", "e.yaml:3:9: parameters have names", "params: {"},
		{good + "params: {a: .inf}\n", "e.yaml:3:13: this cannot be a parameter", ""},
		{good + "timeout: 10\n", `e.yaml:3:10: "10" is no duration`, "10m"},
		{good + "inputs: {a: b}\n", "e.yaml:3:9: a text is expected", ""},
		{"title: x\ncommand: sh -c 'ls'\n", `e.yaml:2:10: no shell reads the command, so "'" would mean nothing`, `[sh, "…"]`},
		{good + "outputs: {way.gif: the way}\n", `e.yaml:3:20: the output "way.gif" is no figure`, "name.svg"},
		{"- a\n", "e.yaml:1:1: keys with values are missing here", ""},
		{good + "x: [\n", "e.yaml:3:4:", ""},
		{"title: x\nparams: {steps: 3}\ncommand: run -n {step}\n", "e.yaml:3:10: there is nothing to put for {step}", "did you mean steps?"},
		{"title: x\nparams: {steps: [3]}\ncommand: run -n {steps}\n", "there is nothing to put for {steps}", "there is input, output"},
		{"title: x\ncommand: run {seed}\n", "e.yaml:2:10: there is nothing to put for {seed}", "seeds: 5"},
		{good + "seeds: 2\ndraw: {command: draw {seed}}\n", "e.yaml:4:", ""},
		{good + "seeds: 2\ndraw: {command: 'draw {seed}'}\n", "there is nothing to put for {seed}", ""},
	} {
		_, err := parse("e.yaml", []byte(test.src))
		var e *strict.Error
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), test.want) && !strings.Contains(err.Error(), test.want) ||
			!strings.Contains(e.Hint(), test.hint) {
			t.Errorf("%q: %v, hint %q\nwant %s, hint %s", test.src, err, e.Hint(), test.want, test.hint)
		}
	}
}

func TestFillIn(t *testing.T) {
	s, err := parse("e.yaml", []byte(`
title: x
params: {lr: 1e-3, name: two words, on: true}
seeds: 2
command: [run, "--lr={lr}", "{name}", "{on}{seed}", "{{lr}}", "{print $1}", "{output}/a.png"]
`))
	if err != nil {
		t.Fatal(err)
	}
	values := s.Params.blanks()
	values["seed"], values["output"] = "7", "{lr}"
	if got := strings.Join(fillIn(s.Command.is, values), "|"); got != "run|--lr=1e-3|two words|true7|{lr}|{print $1}|{lr}/a.png" {
		t.Error(got)
	}
}
