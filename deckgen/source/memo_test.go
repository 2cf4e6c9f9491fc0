package source

import (
	"maps"
	"testing"
	"testing/fstest"
)

// literalLine is where the literal of module stands.
const literalLine = 34

func memoOf(t *testing.T, fsys fstest.MapFS) []byte {
	t.Helper()
	m, err := Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Reach(run); err != nil {
		t.Fatal(err)
	}
	if name := m.Declared("example.com/m/exp.init.func1", "exp.go", literalLine); name != "example.com/m/exp.Literal" {
		t.Fatalf("the literal is %s", name)
	}
	memo, err := m.Memo()
	if err != nil || memo == nil {
		t.Fatalf("memo %q, %v", memo, err)
	}
	return memo
}

// What was remembered saves parsing. TestReachEdits shows that it is not used after a change.
func TestRecall(t *testing.T) {
	memo := memoOf(t, module())
	m, _ := Open(module())
	m.Recall(memo)
	if code, err := m.Reach(run); err != nil || !maps.Equal(code, reach(t, module(), run)) {
		t.Errorf("recalled %v, %v", code, err)
	}
	m.Declared("example.com/m/exp.init.func1", "exp.go", literalLine)
	if len(m.pkgs) > 0 {
		t.Errorf("%d packages were parsed although nothing had changed", len(m.pkgs))
	}
	if memo, err := m.Memo(); memo != nil || err != nil {
		t.Errorf("nothing was learnt, but the memo is %q, %v", memo, err)
	}
	for _, broken := range [][]byte{nil, memo[:len(memo)/2], []byte(`{"source":"` + ownSum() + `","parts":["x"],"reached":{"f":[0]}}`)} {
		other, _ := Open(module())
		if other.Recall(broken); len(other.codes) > 0 {
			t.Errorf("%q was taken in", broken)
		}
	}
}
