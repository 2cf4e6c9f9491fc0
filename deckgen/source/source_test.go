package source

import (
	"os"
	"testing"
	"time"
)

func TestReal(t *testing.T) {
	start := time.Now()
	m, err := Open(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Reach("deckgen/deckgen/lab.Encode")
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start), c.SHA256(), c)
}
