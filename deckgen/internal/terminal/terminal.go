// Package terminal keeps what comes out of decks and commands from moving a terminal's cursor.
package terminal

import (
	"strings"
	"unicode"
)

// Clean puts a dot in the place of each control character but new lines and tabs.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return '·'
		}
		return r
	}, s)
}
