// Package tex finds faults in formulas as MathJax and KaTeX read them, without either. What it calls broken both show as an
// error; what it calls a slip they show, but not as it was meant.
package tex

import (
	"strings"

	"deckgen/deckgen/internal/lazy"
)

// A Fault is something wrong with a formula.
type Fault struct {
	Offset  int    // in bytes
	Broken  bool   // an error shows; else something else than what was meant
	Command string // that nobody knows, unless a configuration of Marp defines it; else ""
	Message string
	Hint    string
}

// Macros are the commands that formulas define for those after them, beside those of MathJax or KaTeX.
type Macros struct {
	KaTeX   bool
	names   map[string]bool
	opening bool // one of them may open or close something
}

var definition = lazy.Regexp(`\\(?:(?:renew|new|provide)(?:command|environment)|[gex]?def|let|DeclareMathOperator)\b\*?\s*\{?\\?([A-Za-z]+)`)

func (m Macros) engine() string {
	if m.KaTeX {
		return "KaTeX"
	}
	return "MathJax"
}

var opener = lazy.Regexp(`\\(?:begin|end|left|right)\b|&`)

// Define notes what a formula defines. A project may define others elsewhere: anything that looks like a definition counts.
func (m *Macros) Define(formula string) {
	found := definition().FindAllStringSubmatch(formula, -1)
	if len(found) > 0 && m.names == nil {
		m.names = map[string]bool{}
	}
	for _, f := range found {
		m.names[f[1]] = true
	}
	m.opening = m.opening || len(found) > 0 && opener().MatchString(formula)
}

// Faults are what is wrong with a formula, without its dollars: all slips, and the first place where it breaks.
func Faults(formula string, macros Macros) []Fault {
	s := &scanner{src: formula, macros: macros}
	if !visible(formula) {
		return []Fault{{Message: "this formula is empty", Hint: "write it, or remove its dollars"}}
	}
	const most = 1 << 16 // nobody writes more, and groups in groups take up room
	if len(formula) > most || definition().MatchString(formula) {
		return nil // in a definition braces may be anything
	}
	if s.list(group{}); s.broken == nil {
		return s.slips
	}
	return append(s.slips, *s.broken)
}

func visible(formula string) bool { return strings.Trim(formula, " \t\r\n>") != "" }
