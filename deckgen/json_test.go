package deckgen

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzEachChild says that taking JSON apart finds what encoding/json finds.
func FuzzEachChild(f *testing.F) {
	for _, s := range []string{`{}`, `[]`, `[ ]`, ` { "a" : [1 , {"b":"}"}] ,"a\"\\":-1.5e3 } `, "[\"\\\\\", \"\\\\\\\"]\",true,\n null]", `{"é":"\u00e9"}`, `{"a":1,"a":2}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !json.Valid(b) {
			return
		}
		n := &node{raw: bytes.TrimSpace(b)}
		n.open()
		var object map[string]json.RawMessage
		var list []json.RawMessage
		switch n.raw[0] {
		case '{':
			json.Unmarshal(b, &object)
		case '[':
			json.Unmarshal(b, &list)
		}
		if len(n.byName) != len(object) || len(n.list) != len(list) {
			t.Fatalf("%s: %d members and %d elements, want %d and %d", b, len(n.byName), len(n.list), len(object), len(list))
		}
		for k, raw := range object {
			if c := n.byName[k]; c == nil || !bytes.Equal(c.raw, raw) {
				t.Errorf("%s: %q is %v, want %s", b, k, c, raw)
			}
		}
		for i, raw := range list {
			if !bytes.Equal(n.list[i].raw, raw) {
				t.Errorf("%s: %d is %s, want %s", b, i, n.list[i].raw, raw)
			}
		}
	})
}
