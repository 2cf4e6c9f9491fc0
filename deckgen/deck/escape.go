package deck

import "strings"

// escapeText writes plain text so that Markdown shows it as it is, within the
// brackets of a link or the pipes of a table cell.
func escapeText(s string, in context) string {
	switch s = oneLine(s); {
	case in&inMath != 0:
		return writeTeX(s)
	case in&inNote != 0:
		return escapeNote(s)
	case in&inCode != 0:
		return escapePipes(s, in)
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '_':
			if !inWord(s, i) {
				out.WriteByte('\\')
			}
			out.WriteByte(c)
		case '\\', '*', '[', ']', '$', '~':
			out.WriteByte('\\')
			out.WriteByte(c)
		default:
			out.WriteString(inert(s, i, in))
		}
	}
	return out.String()
}

// inert writes a byte that Markdown takes for something in a title, too.
func inert(s string, i int, in context) string {
	switch s[i] {
	case '`':
		return "&#96;" // a backslash does not keep it from closing a code span
	case '<':
		return "&lt;"
	case '&':
		return escapeAmpersand(s[i:])
	case '|':
		return escapePipe(s[:i], in)
	}
	return s[i : i+1]
}

// inWord reports whether a byte stands between letters, where _ is only itself.
func inWord(s string, i int) bool {
	return i > 0 && i+1 < len(s) && isNameByte(s[i-1]) && isNameByte(s[i+1]) && s[i-1] != '_' && s[i+1] != '_'
}

func escapeAmpersand(s string) string {
	if entityLength([]byte(s)) > 1 {
		return "&amp;"
	}
	return "&"
}

// escapePipe writes a pipe that comes after some text. After a backslash only
// an entity is safe: how many backslashes escape a pipe is a matter of opinion.
func escapePipe(before string, in context) string {
	switch {
	case in&inCell == 0:
		return "|"
	case strings.HasSuffix(before, `\`):
		return "&#124;"
	}
	return `\|`
}

func escapePipes(s string, in context) string {
	if in&inCell == 0 {
		return s
	}
	return strings.ReplaceAll(s, "|", `\|`)
}

// escapeNote writes text for a presenter note, which is plain text but for the
// link itself, and ends at -->.
func escapeNote(s string) string {
	s = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "&", "&amp;").Replace(s)
	return strings.ReplaceAll(s, "-->", `--\>`)
}

// escapeTitle writes a title in double quotes.
func escapeTitle(s string, in context) string {
	s = oneLine(s)
	var out strings.Builder
	out.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\', '"', '$':
			out.WriteByte('\\')
			out.WriteByte(c)
		default:
			out.WriteString(inert(s, i, in))
		}
	}
	out.WriteByte('"')
	if in&inNote != 0 {
		return strings.ReplaceAll(out.String(), "-->", `--\>`)
	}
	return out.String()
}
