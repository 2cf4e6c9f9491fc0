package tex

import (
	"strings"
	"unicode/utf8"
)

// The scanner's steps over what is no structure: names, blanks, comments and words.

// command reads a backslash and the name behind it, "" for none.
func (s *scanner) command() string {
	name := commandAt(s.src[s.at:])
	if s.src[s.at] == '\\' {
		s.at += 1 + len(name)
	}
	if name == "operatorname" && strings.HasPrefix(s.src[s.at:], "*") {
		s.at++
	}
	return name
}

// commandAt is the name of the command that a formula starts with, "" for none.
func commandAt(s string) string {
	if len(s) < 2 || s[0] != '\\' {
		return ""
	}
	end := 1
	for letterAt(s, end) {
		end++
	}
	if end == 1 {
		_, size := utf8.DecodeRuneInString(s[1:])
		end += size
	}
	return s[1:end]
}

// braced reads a name in braces.
func (s *scanner) braced() string {
	s.space()
	if !strings.HasPrefix(s.src[s.at:], "{") {
		return ""
	}
	end := strings.IndexByte(s.src[s.at:], '}')
	if end < 0 {
		s.fail(s.at, "close it with }", "this { is never closed")
		return ""
	}
	name := s.src[s.at+1 : s.at+end]
	s.at += end + 1
	return strings.TrimSpace(name)
}

// skipWords passes over an argument that is no formula.
func (s *scanner) skipWords() {
	s.optional()
	s.space()
	if !strings.HasPrefix(s.src[s.at:], "{") {
		if s.at < len(s.src) && s.src[s.at] != '}' && s.src[s.at] != '\\' {
			_, size := utf8.DecodeRuneInString(s.src[s.at:])
			s.at += size
		}
		return
	}
	start, depth := s.at, 0
	for ; s.at < len(s.src); s.at++ {
		switch s.src[s.at] {
		case '\\':
			s.at++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				s.at++
				return
			}
		}
	}
	s.at = len(s.src)
	s.fail(start, "close it with }", "this { is never closed")
}

// optional passes over an argument in square brackets.
func (s *scanner) optional() {
	s.space()
	if !strings.HasPrefix(s.src[s.at:], "[") {
		return
	}
	if end := strings.IndexByte(s.src[s.at:], ']'); end > 0 {
		s.at += end + 1
	}
}

// space passes over blanks and comments.
func (s *scanner) space() {
	for s.at < len(s.src) {
		switch s.src[s.at] {
		case ' ', '\t', '\r', '\n', '~':
			s.at++
		case '%':
			end := strings.IndexByte(s.src[s.at:], '\n')
			if end < 0 {
				end = len(s.src) - s.at
			}
			s.at += end
		default:
			return
		}
	}
}

func letterAt(s string, at int) bool {
	return at >= 0 && at < len(s) && (s[at] >= 'a' && s[at] <= 'z' || s[at] >= 'A' && s[at] <= 'Z')
}
