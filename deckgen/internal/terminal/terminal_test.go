package terminal

import "testing"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"損失 0.2\n\tok":       "損失 0.2\n\tok",
		"\x1b[2Jgone":        "·[2Jgone",
		"\u009b31m\x7f\rnew": "·31m··new",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
