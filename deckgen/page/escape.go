package page

import (
	"fmt"
	"strconv"
	"strings"

	"deckgen/deckgen/internal/lazy"
)

// A backslash in CSS stands before up to six hexadecimal digits, or before the character that is meant.
var escapeRE = lazy.Regexp(`(?s)\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(.))`)

func unescape(text []byte) string {
	return escapeRE().ReplaceAllStringFunc(string(text), func(s string) string {
		m := escapeRE().FindStringSubmatch(s)
		if m[1] == "" {
			return strings.Trim(m[2], "\n") // an escaped line end is none
		}
		r, err := strconv.ParseUint(m[1], 16, 32)
		if err != nil {
			return s
		}
		return string(rune(r))
	})
}

// quote writes a CSS string, which may also stand inside a style element.
func quote(s string) []byte {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if strings.ContainsRune("\"\\<\n\r\f", r) {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return []byte(b.String())
}
