package script

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schema that editors use knows the keys that parse knows, and takes and refuses what parse does.
func TestSchema(t *testing.T) {
	s, err := jsonschema.NewCompiler().Compile("../../docs/schema/experiment.json")
	if err != nil {
		t.Fatal(err)
	}
	for typ, schema := range map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[spec]():     s,
		reflect.TypeFor[drawSpec](): s.Properties["draw"],
	} {
		var want []string
		for f := range typ.Fields() {
			want = append(want, f.Tag.Get("yaml"))
		}
		if got := sorted(schema.Properties); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%v has the keys %q in the schema, %q in the code", typ, got, want)
		}
	}
	for _, example := range []string{
		good,
		good + "seeds: 5\ninputs: run.sh\noutputs: {a.svg: the way}\ntimeout: 1h30m\ndraw: {command: [sh, 'a b']}\n",
		good + "params: {lr: 1e-3, list: [1, x]}\ninputs: [a, 7]\n",
		good + "params: # lr: 1e-3\n",
		"title: x\n",
		"title: x\ncomand: sh run.sh\n",
		"title: x\ncommand: sh -c 'ls'\n",
		"title: x\ncommand: []\n",
		good + "seeds: -1\n",
		good + "seeds: 1.5\n",
		good + "timeout: 10\n",
		good + "params: 3\n",
		good + "outputs: {a.gif: the way}\n",
		good + "draw: {inputs: x}\n",
	} {
		var v any
		if err := yaml.Unmarshal([]byte(example), &v); err != nil {
			t.Fatal(err)
		}
		_, ours := parse("e.yaml", []byte(example))
		if theirs := s.Validate(v); (ours == nil) != (theirs == nil) {
			t.Errorf("%q: parse says %v, the schema %v", example, ours, theirs)
		}
	}
	for _, lang := range []string{"python", "shell"} {
		var v any
		b, err := os.ReadFile("../template/" + lang + "/experiment.yaml")
		if err == nil {
			err = yaml.Unmarshal(b, &v)
		}
		if err == nil {
			err = s.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
}
