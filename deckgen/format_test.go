package deckgen

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"deckgen/deckgen/deck"
)

// nasty are problems whose parts have a meaning in one form or another.
var nasty = []deck.Problem{
	{Path: "slides/b.md", Line: 2, Col: 7, Slide: 1, Rule: "stale-value", Message: "50% of </script>\r\n::error::x", Hint: "deckgen fill\nslides/b.md"},
	{Path: "slides/a, b:c%.md", Line: 3, Col: 1, Slide: 2, Rule: "orphan", Severity: deck.Hint, Message: "a \"quoted\" \xff"},
	{Path: "slides/b.md", Line: 2, Col: 7, Slide: 1, Rule: "stale-value", Message: "50% of </script>\r\n::error::x", Hint: "deckgen fill\nslides/b.md"},
	{Path: "assets/日本/result.json", Rule: "broken-record", Message: "the record is cut off"},
}

func nastyReport(t *testing.T) report {
	d := &driver{tree: &tree{dir: t.TempDir()}}
	r := d.newReport(&selection{}, nasty)
	r.below = "course/"
	return r
}

func written(t *testing.T, f format, r report) string {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGitHubEscapes(t *testing.T) {
	want := `::error file=course/assets/日本/result.json,title=broken-record::the record is cut off
::notice file=course/slides/a%2C b%3Ac%25.md,line=3,col=1,title=orphan::slide 2: a "quoted" ` + "\xff" + `
::error file=course/slides/b.md,line=2,col=7,title=stale-value::slide 1: 50%25 of </script>%0D%0A::error::x%0Ahint: deckgen fill%0Aslides/b.md
`
	if got := written(t, writeGitHub, nastyReport(t)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// schemaNamed compiles a schema of docs/schema.
func schemaNamed(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile("../docs/schema/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func conforms(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return s.Validate(v)
}

func TestJSONSchema(t *testing.T) {
	s, text := schemaNamed(t, "problems.json"), written(t, writeJSON, nastyReport(t))
	if err := conforms(t, s, text); err != nil {
		t.Errorf("%v in %s", err, text)
	}
	if n := strings.Count(text, `"rule"`); n != 3 {
		t.Errorf("%d problems, want 3: the same one is said once", n)
	}
	for _, without := range []string{`"message"`, `"column"`, `"errors"`, `"version"`} {
		if conforms(t, s, strings.Replace(text, without, `"x"`, 1)) == nil {
			t.Errorf("the schema is content without %s", without)
		}
	}
}

func TestSARIF(t *testing.T) {
	text := written(t, writeSARIF, nastyReport(t))
	var log sarifLog
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || run.ColumnKind != "unicodeCodePoints" || len(run.Results) != 3 {
		t.Errorf("got %s", text)
	}
	if run.Invocations[0].ExecutionSuccessful {
		t.Error("a record that cannot be read counts as success")
	}
	for _, r := range run.Tool.Driver.Rules {
		if !strings.HasPrefix(r.Help.Markdown, "# "+r.ID+"\n") || r.Lead.Text == "" || strings.HasPrefix(r.Lead.Text, "*"+r.Default.Level) || strings.Contains(r.Lead.Text, "```") {
			t.Errorf("%s: no help, or too much: %q", r.ID, r.Lead.Text)
		}
		if len(r.Lead.Text) > 1024 || pageLinkRE().MatchString(r.Help.Markdown) {
			t.Errorf("%s: code scanning shows 1024 characters, and no page beside this one", r.ID)
		}
	}
	uris := []string{"course/assets/%E6%97%A5%E6%9C%AC/result.json", "course/slides/a,%20b:c%25.md", "course/slides/b.md"}
	for i, res := range run.Results {
		at := res.Locations[0].Physical
		if at.Artifact.URI != uris[i] {
			t.Errorf("%s, want %s", at.Artifact.URI, uris[i])
		}
		if run.Tool.Driver.Rules[res.RuleIndex].ID != res.RuleID {
			t.Errorf("rule %d is not %s", res.RuleIndex, res.RuleID)
		}
		if (at.Region != nil) != (i > 0) {
			t.Errorf("region of %s: %v", at.Artifact.URI, at.Region)
		}
	}
	if got := run.Results[1].Level + run.Results[2].Level; got != "noteerror" {
		t.Errorf("levels %s", got)
	}
}
