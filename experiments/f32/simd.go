package f32

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

var using string

func init() {
	name := os.Getenv("DECKGEN_SIMD")
	if name == "" {
		name = Available()[0]
	}
	if err := Use(name); err != nil {
		fmt.Fprintln(os.Stderr, "DECKGEN_SIMD:", err)
		os.Exit(2)
	}
}

// Available lists the instruction sets that Use takes on this machine, the
// fastest first.
func Available() []string { return []string{"plain"} }

// Using returns the name of the instruction set in use.
func Using() string { return using }

// Use switches to an instruction set. Nothing else of the package may run
// meanwhile. The environment variable DECKGEN_SIMD does the same at the start.
func Use(name string) error {
	if !slices.Contains(Available(), name) {
		return fmt.Errorf("f32: no instruction set %q here; there are %s",
			name, strings.Join(Available(), ", "))
	}
	using = name
	return nil
}
