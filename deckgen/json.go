package deckgen

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// The functions in this file take apart JSON that is known to be valid, without looking at what nobody asked for:
// encoding/json would check all that lies below once more at each level.

// eachChild calls f with each member of an object or each element of a list, in order.
func eachChild(raw []byte, f func(key string, raw []byte)) {
	object := raw[0] == '{'
	at := 1
	for {
		at += blanks(raw[at:])
		if raw[at] == '}' || raw[at] == ']' {
			return
		}
		key := ""
		if object {
			end := at + valueLength(raw[at:])
			key = unquote(raw[at:end])
			at = end + blanks(raw[end:]) + len(":")
			at += blanks(raw[at:])
		}
		end := at + valueLength(raw[at:])
		f(key, raw[at:end])
		at = end + blanks(raw[end:])
		if raw[at] == ',' {
			at++
		}
	}
}

func blanks(b []byte) int { return len(b) - len(bytes.TrimLeft(b, " \t\r\n")) }

// valueLength is the length of the value that b starts with.
func valueLength(b []byte) int {
	depth := 0
	for at := 0; at < len(b); at++ {
		switch b[at] {
		case '"':
			at += stringLength(b[at:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			if depth == 0 {
				return scalarLength(b)
			}
			continue
		}
		if depth == 0 {
			return at + 1
		}
	}
	return len(b)
}

// scalarLength is the length of the number or the word that b starts with.
func scalarLength(b []byte) int {
	if i := bytes.IndexAny(b, ",]} \t\r\n"); i >= 0 {
		return i
	}
	return len(b)
}

// stringLength is the length of the string that b starts with, with its quotes.
func stringLength(b []byte) int {
	for at := 1; ; {
		at += bytes.IndexByte(b[at:], '"') + 1
		backslashes := len(b[:at-1]) - len(bytes.TrimRight(b[1:at-1], "\\")) - 1
		if backslashes%2 == 0 {
			return at
		}
	}
}

func unquote(raw []byte) string {
	plain := string(raw[1 : len(raw)-1])
	if strings.ContainsRune(plain, '\\') || !utf8.ValidString(plain) {
		json.Unmarshal(raw, &plain)
	}
	return plain
}
