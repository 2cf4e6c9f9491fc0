// Package css finds slips in style sheets that a browser passes over in silence.
package css

import (
	"fmt"
	"strings"

	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
)

// A Fault is something wrong with a style sheet.
type Fault struct {
	Offset  int  // in bytes
	Broken  bool // what comes after it is lost, too
	Message string
	Hint    string
}

var skipped = lazy.Regexp(`(?s)/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\burl\([^)"'\n]*\)`)

// runaway matches a comment with rules and the start of another one inside.
var runaway = lazy.Regexp(`/\*(?:[^*/]|\*[^/]|/[^*])*\{(?:[^*/]|\*[^/]|/[^*])*/\*`)

// Faults are what is wrong with a style sheet: braces and comments without their other half, names that are no property
// but nearly one, and a colon or a semicolon that was left out.
func Faults(sheet string) (faults []Fault) {
	blank := func(s string) string { return strings.Repeat(" ", len(s)) }
	plain := skipped().ReplaceAllStringFunc(sheet, blank) // offsets stay
	if at := strings.Index(plain, "/*"); at >= 0 {
		return []Fault{{at, true, "this comment is never closed: it takes up the rest", "close it with */"}}
	}
	if m := runaway().FindStringIndex(sheet); m != nil {
		faults = append(faults, Fault{m[0], false, "this comment goes on to the end of the next one: what is between them is lost", "close it with */"})
	}
	var open []int
	from := 0
	for at, c := range plain {
		switch c {
		case '{':
			open = append(open, at)
		case '}', ';':
			if len(open) > 0 {
				faults = append(faults, declaration(plain, from, at)...)
			}
			if c == ';' {
				break
			}
			if len(open) == 0 {
				return append(faults, Fault{at, true, "this } closes nothing: the rule after it is lost", "remove it, or open it with {"})
			}
			open = open[:len(open)-1]
		default:
			continue
		}
		from = at + 1
	}
	if len(open) > 0 {
		faults = append(faults, Fault{open[len(open)-1], true, "this { is never closed: what comes after it may be lost", "close it with }"})
	}
	return faults
}

var (
	nameAndValue = lazy.Regexp(`^\s*([A-Za-z-]+)\s*(:?)`)
	nextName     = lazy.Regexp(`\n\s*([a-z-]+)\s*:`)
)

// declaration looks at what stands between braces and semicolons.
func declaration(sheet string, from, to int) []Fault {
	text := sheet[from:to]
	m := nameAndValue().FindStringSubmatchIndex(text)
	if m == nil || strings.HasPrefix(strings.TrimSpace(text), "-") {
		return nil // a custom property, an at-rule, or nothing
	}
	name, at := strings.ToLower(text[m[2]:m[3]]), from+m[2]
	if m[4] == m[5] {
		if rest := strings.TrimSpace(text[m[3]:]); properties()[name] && rest != "" && rest[0] != '(' {
			return []Fault{{at, false, fmt.Sprintf("%s has no value: there is no colon", name), "write " + name + ": " + rest}}
		}
		return nil
	}
	if !properties()[name] {
		if n := nearest(name); n != "" {
			return []Fault{{at, false, fmt.Sprintf("CSS has no property %s: a browser passes over it", name), "did you mean " + n + "?"}}
		}
		return nil
	}
	if next := nextName().FindStringSubmatchIndex(text[m[1]:]); next != nil && properties()[text[m[1]:][next[2]:next[3]]] {
		end := len(strings.TrimRight(text[:m[1]+next[0]], " \t\r\n"))
		return []Fault{{from + end, false, "a semicolon is missing: this line and the next are lost", "write ; at the end of the line"}}
	}
	return nil
}

// nearest is the property that a name is a slip of, "" for none.
func nearest(name string) (best string) {
	fewest := 3
	if len(name) < 8 {
		fewest = 2
	}
	for p := range properties() {
		if n := near.Edits(name, p); len(p) > 3 && (n < fewest || n == fewest && best != "" && p < best) {
			best, fewest = p, n
		}
	}
	return best
}
