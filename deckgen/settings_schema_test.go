package deckgen

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const settingsSchema = "../docs/schema/deckgen.json"

// The schema follows from the rules: UPDATE=1 go test ./deckgen -run TestSettingsSchema writes it.
func TestSettingsSchema(t *testing.T) {
	want := schemaOfSettings(t)
	got, err := os.ReadFile(settingsSchema)
	if err != nil || !bytes.Equal(got, want) {
		if os.Getenv("UPDATE") == "" {
			t.Fatal("docs/schema/deckgen.json does not know the rules as they are: UPDATE=1 go test ./deckgen -run TestSettingsSchema")
		}
		if err := os.WriteFile(settingsSchema, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := jsonschema.NewCompiler().Compile(settingsSchema)
	if err != nil {
		t.Fatal(err)
	}
	for typ, schema := range map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[settings]():     s,
		reflect.TypeFor[deckSettings](): s.Properties["decks"].AdditionalProperties.(*jsonschema.Schema).Ref,
	} {
		for f := range typ.Fields() {
			if key := f.Tag.Get("yaml"); schema.Properties[key] == nil {
				t.Errorf("%v has the key %s, the schema has not", typ, key)
			}
		}
		if len(schema.Properties) != typ.NumField() {
			t.Errorf("%v: %d keys in the schema", typ, len(schema.Properties))
		}
	}
	agree(t, s)
}

// agree makes sure that the schema takes and refuses what the program does.
func agree(t *testing.T, s *jsonschema.Schema) {
	dir := t.TempDir()
	layOut(t, dir)
	for _, src := range []string{
		"{}",
		"rules: {overflow: off, setext-trap: hint}",
		"decks: {slides/*.md: {rules: {overflow: warning}}}",
		"decks: {slides/deck.md: {}}",
		"rules: {overflwo: off}",
		"rules: {overflow: none}",
		"rules: {overflow: 1}",
		"rules: {unreadable: off}",
		"rules: [overflow]",
		"ruls: {overflow: off}",
		"decks: {slides/deck.md: {rule: {}}}",
		"decks: {slides/deck.md: {rules: {overflow: loud}}}",
	} {
		if err := os.WriteFile(filepath.Join(dir, settingsFile), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		d, err := open(t.Context(), Project{}, quiet(dir))
		if err != nil {
			t.Fatal(err)
		}
		_, ours := d.readSettings()
		d.close()
		var v any
		if err := yaml.Unmarshal([]byte(src), &v); err != nil {
			t.Fatal(err)
		}
		if theirs := s.Validate(v); (ours == nil) != (theirs == nil) {
			t.Errorf("%q: deckgen says %v, the schema %v", src, ours, theirs)
		}
	}
}

func schemaOfSettings(t *testing.T) []byte {
	names := []string{}
	for _, r := range catalogue() {
		if !slices.Contains(undecided, r.Name) {
			names = append(names, fmt.Sprintf("%q: {\"$ref\": \"#/$defs/severity\", \"description\": %q, \"default\": %q}",
				r.Name, strings.ToUpper(r.Summary[:1])+r.Summary[1:]+".", r.Severity.String()))
		}
	}
	head, tail, ok := strings.Cut(schemaText, "RULES")
	if !ok {
		t.Fatal("there is no place for the rules")
	}
	return []byte(head + strings.Join(names, ",\n        ") + tail)
}

const schemaText = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "The settings of deckgen: deckgen.yaml at the top of a repository",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "rules": {"$ref": "#/$defs/rules", "description": "How severe problems are in every deck."},
    "decks": {
      "type": "object",
      "description": "What holds for some decks, by path or by pattern: slides/draft-*.md. What stands nearer wins.",
      "additionalProperties": {"$ref": "#/$defs/deck"}
    }
  },
  "$defs": {
    "severity": {"enum": ["error", "warning", "hint", "off"]},
    "deck": {
      "type": "object",
      "additionalProperties": false,
      "properties": {"rules": {"$ref": "#/$defs/rules", "description": "How severe problems are in these decks."}}
    },
    "rules": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        RULES
      }
    }
  }
}
`
