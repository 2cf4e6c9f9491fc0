package deckgen

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestParamChanges(t *testing.T) {
	for _, test := range []struct {
		was, is string
		want    []string
	}{
		{`{"a": 1, "b": {"c": 2}}`, `{"b":{"c":2},"a":1}`, nil},
		{`{"a": 1}`, `{"a": 2}`, []string{"parameter a was 1 and is 2"}},
		{`{"a": 1}`, `{"b": 1}`, []string{"parameter b is new", "parameter a is gone"}},
		{`{"a": null}`, `{"a": {}}`, []string{"parameter a was null and is {}"}},
		{`{}`, `{"a": 1}`, []string{"parameter a is new"}},
		{`{"a": 1}`, `null`, []string{"parameter a is gone"}},
		{`null`, `{}`, nil},
		{``, `{}`, nil},
	} {
		if got := paramChanges(json.RawMessage(test.was), json.RawMessage(test.is)); !slices.Equal(got, test.want) {
			t.Errorf("%s to %s: %q, want %q", test.was, test.is, got, test.want)
		}
	}
}
