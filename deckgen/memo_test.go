package deckgen

import (
	"errors"
	"testing"
)

func TestMemo(t *testing.T) {
	var m memo[int]
	times := 0
	of := func(name, content string) int {
		n, err := m.of(name, []byte(content), func() (int, error) { times++; return len(content), nil })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, content := range []string{"a", "a", "bb", "bb", "a"} {
		if n := of("file", content); n != len(content) {
			t.Errorf("of %q it made %d", content, n)
		}
	}
	if of("other", "a"); times != 4 {
		t.Errorf("made %d times, want 4", times)
	}
	for range 2 {
		if _, err := m.of("file", []byte("c"), func() (int, error) { times++; return 0, errors.New("no") }); err == nil {
			t.Error("a failure is no longer one")
		}
	}
	if times != 5 {
		t.Errorf("made %d times, want 5", times)
	}
}
