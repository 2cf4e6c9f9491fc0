package deckgen

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"testing/fstest"

	"deckgen/deckgen/script"
)

// Whoever made an error, and whatever it has been wrapped in, its hint is found.
func TestHintOf(t *testing.T) {
	files := fstest.MapFS{"experiments/a/b/experiment.yaml": {Data: []byte("title: x\ncomand: sh run.sh\n")}}
	_, misspelled := script.Load(t.Context(), t.TempDir(), files, nil).Experiments[0].Command.Code()
	for _, test := range []struct {
		err  error
		want string
	}{
		{errors.New("a"), ""},
		{fail("do b", "a"), "do b"},
		{fmt.Errorf("c: %w", fail("do b", "a")), "do b"},
		{errors.Join(errors.New("c"), fail("do b", "a")), "do b"},
		{misspelled, "did you mean command?"},
		{fmt.Errorf("a/b: %w", misspelled), "did you mean command?"},
	} {
		if got := hintOf(test.err); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
}

func TestSay(t *testing.T) {
	var b bytes.Buffer
	say(&b, errors.Join(fail("do b", "a\nand more"), errors.New("c")))
	if want := "deckgen: a\n  and more\n  hint: do b\ndeckgen: c\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
