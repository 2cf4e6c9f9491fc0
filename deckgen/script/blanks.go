package script

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
)

// A blank in a command, such as {seed} or {steps}, is filled in for each run, so that a script which takes its parameters
// as arguments can stay as it is. Doubled braces are braces.
var blankRE = lazy.Regexp(`\{\{|\}\}|\{[A-Za-z_][A-Za-z0-9_-]*\}`)

// fillIn puts values into the blanks of a command.
func fillIn(command []string, values map[string]string) []string {
	filled := make([]string, len(command))
	for i, word := range command {
		filled[i] = blankRE().ReplaceAllStringFunc(word, func(m string) string {
			if m == "{{" || m == "}}" {
				return m[:1]
			}
			return values[m[1:len(m)-1]]
		})
	}
	return filled
}

// fillable says whether every blank of a command has a value.
func (w words) fillable(file string, names []string) error {
	for _, word := range w.is {
		for _, m := range blankRE().FindAllString(word, -1) {
			name := strings.Trim(m, "{}")
			if name == "" || slices.Contains(names, name) {
				continue
			}
			hint := near.Hint(name, names)
			if name == "seed" {
				hint = "say how many runs there are: seeds: 5"
			}
			return mistake(file, w.line, w.col, hint+"; {{ and }} are braces", "there is nothing to put for %s in the command", m)
		}
	}
	return nil
}

// blanks are the parameters that can stand in a command: numbers, texts, true and false.
func (p params) blanks() map[string]string {
	values := map[string]string{}
	var all map[string]json.RawMessage
	if json.Unmarshal(p, &all) != nil {
		return values
	}
	for name, raw := range all {
		var text string
		switch {
		case json.Unmarshal(raw, &text) == nil && !bytes.Equal(raw, []byte("null")):
			values[name] = text
		case !strings.ContainsAny(string(raw[:1]), "[{n"):
			values[name] = string(raw)
		}
	}
	return values
}

// checkBlanks says whether the commands of an experiment can be filled in.
func (s *spec) checkBlanks(file string) error {
	names := append(slices.Sorted(maps.Keys(s.Params.blanks())), "input", "output")
	if s.Draw != nil {
		if err := s.Draw.Command.fillable(file, names); err != nil {
			return err
		}
	}
	if s.Seeds > 0 {
		names = append(names, "seed")
	}
	return s.Command.fillable(file, names)
}
