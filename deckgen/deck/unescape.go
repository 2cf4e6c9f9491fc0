package deck

import (
	"bytes"
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/util"
)

// unescape resolves backslash escapes and entities of Markdown.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	var out strings.Builder
	for i := 0; i < len(b); {
		switch {
		case b[i] == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]):
			out.WriteByte(b[i+1])
			i += 2
		case b[i] == '&':
			n := entityLength(b[i:])
			out.WriteString(html.UnescapeString(string(b[i : i+n])))
			i += n
		default:
			out.WriteByte(b[i])
			i++
		}
	}
	return out.String()
}

// maxEntity is longer than the longest entity name.
const maxEntity = 40

// entityLength is the length of the entity that b starts with, 1 if the
// ampersand is only itself.
func entityLength(b []byte) int {
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 2 {
		return 1
	}
	for _, c := range b[1:end] {
		if !util.IsAlphaNumeric(c) && c != '#' {
			return 1
		}
	}
	return end + 1
}

// oneLine joins the lines of a text and trims it.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\r\n") {
		s = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return strings.TrimSpace(s)
}

// splitDestination takes a destination apart into a file and a fragment, both
// percent-decoded. It is not ok for what is no relative path: an address with
// a scheme or a host, an absolute path, a bare fragment.
func splitDestination(dest string) (file, fragment string, ok bool) {
	file, fragment, _ = strings.Cut(dest, "#")
	file, _, _ = strings.Cut(file, "?")
	if file == "" || file[0] == '/' || hasScheme(file) {
		return "", "", false
	}
	return percentDecode(file), percentDecode(fragment), true
}

// LocalFile is the path of a destination that leads to a file beside the deck,
// without its fragment and query.
func LocalFile(dest string) (file string, ok bool) {
	file, _, ok = splitDestination(dest)
	return file, ok
}

// hasScheme reports whether an address starts with something like "https:".
func hasScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			return i > 0
		case !util.IsAlphaNumeric(c) && c != '+' && c != '-' && c != '.':
			return false
		}
	}
	return false
}

func percentDecode(s string) string {
	if decoded, err := url.PathUnescape(s); err == nil {
		return decoded
	}
	return s
}

// isPointer reports whether a file and a fragment lead into a JSON file.
func isPointer(file, fragment string) bool {
	return strings.HasSuffix(file, ".json") && strings.HasPrefix(fragment, "/")
}
