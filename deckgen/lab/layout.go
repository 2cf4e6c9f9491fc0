package lab

import "bytes"

// layOut indents objects and lists of lists, and leaves lists of plain values on one line.
func layOut(compact []byte) []byte {
	var l layout
	for n := 0; len(compact) > 0; compact = compact[n:] {
		n = tokenLen(compact)
		switch c := compact[0]; c {
		case '{', '[':
			l.open(c, isFlat(compact))
		case '}', ']':
			l.close(c)
		case ',':
			l.WriteByte(c)
			l.space()
		case ':':
			l.WriteString(": ")
		default:
			l.Write(compact[:n])
		}
	}
	l.WriteByte('\n')
	return l.Bytes()
}

// A layout is JSON as it is being written.
type layout struct {
	bytes.Buffer
	flat []bool // for each open bracket: whether it stays on one line, as only the innermost may
}

func (l *layout) open(bracket byte, flat bool) {
	l.WriteByte(bracket)
	if l.flat = append(l.flat, flat); !flat {
		l.newline()
	}
}

func (l *layout) close(bracket byte) {
	last := len(l.flat) - 1
	flat := l.flat[last]
	if l.flat = l.flat[:last]; !flat {
		l.newline()
	}
	l.WriteByte(bracket)
}

// space parts two values.
func (l *layout) space() {
	if n := len(l.flat); n > 0 && l.flat[n-1] {
		l.WriteByte(' ')
	} else {
		l.newline()
	}
}

func (l *layout) newline() {
	l.WriteByte('\n')
	for range l.flat {
		l.WriteString("  ")
	}
}

// isFlat reports whether the bracket that b begins with holds plain values only, or is empty.
func isFlat(b []byte) bool {
	if b[0] == '{' {
		return b[1] == '}'
	}
	for b = b[1:]; len(b) > 0; b = b[tokenLen(b):] {
		switch b[0] {
		case '[', '{':
			return false
		case ']':
			return true
		}
	}
	return true
}

// tokenLen is the length of the string that b begins with, or else 1.
func tokenLen(b []byte) int {
	if b[0] != '"' {
		return 1
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}
