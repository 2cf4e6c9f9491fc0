package deck

import (
	"slices"
	"strings"

	"deckgen/deckgen/internal/lazy"
)

// A field is a key at the top level of a YAML mapping.
type field struct {
	key, value string   // value unquoted, "" where it spans lines
	list       []string // the items of a flow or block list
	offset     int      // of the key in the text
}

// A yamlFault is why Marp cannot read a text as directives.
type yamlFault struct {
	rule, message, hint string
	offset              int
}

// yamlScanner reads the top level of the directives that Marp reads: YAML in
// which all scalars are text, and values of known keys need no quotes. It is
// strict about what it reports: what it does not understand passes.
type yamlScanner struct {
	lines  []string
	starts []int // of each line in the text
	next   int
	fields []field
	seen   map[string]bool
	fault  *yamlFault
}

var (
	yamlKey     = lazy.Regexp(`^("[^"]*"|'[^']*'|[^\s#"'\[\]{},&*!|>%@` + "`" + `-][^:]*?|-[^\s:][^:]*?)\s*:(?:\s+|$)`)
	wideColon   = lazy.Regexp(`^\w+(?:[ \t]*：|:[\x{3000}\x{a0}])`)
	looseKey    = lazy.Regexp(`^(\w+)\s*:(.+)$`)
	yamlEscape  = lazy.Regexp(`\\([^0abt\tnvfre "/\\N_LPxuU]|x[^0-9a-fA-F]|$)`)
	yamlComment = lazy.Regexp(`\s#.*$`)
)

// The directives that Marp knows: of Marpit, with their local ones also after
// an underscore, of Marp Core, and of Marp CLI.
var (
	globalDirectives = []string{"headingDivider", "style", "theme", "lang"}
	localDirectives  = []string{
		"backgroundColor", "backgroundImage", "backgroundPosition", "backgroundRepeat", "backgroundSize",
		"class", "color", "footer", "header", "paginate",
	}
	customDirectives = []string{
		"size", "math", "author", "description", "image", "keywords", "title", "url", "transition",
	}
)

// KnownDirective reports whether Marp does something with a key.
func KnownDirective(key string) bool {
	return slices.Contains(globalDirectives, key) || slices.Contains(customDirectives, key) ||
		slices.Contains(localDirectives, strings.TrimPrefix(key, "_")) || key == "_transition"
}

// loose reports whether Marp accepts any text as the value of a key.
func loose(key string, frontMatter bool) bool {
	key = strings.TrimPrefix(key, "_")
	return slices.Contains(globalDirectives, key) || slices.Contains(localDirectives, key) ||
		frontMatter && slices.Contains(customDirectives, key)
}

// scanYAML returns the top-level keys of a text, or the fault for which Marp
// drops them all.
func scanYAML(text string, frontMatter bool) ([]field, *yamlFault) {
	s := &yamlScanner{seen: map[string]bool{}}
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		s.starts = append(s.starts, at)
		s.lines = append(s.lines, strings.TrimRight(line, "\r"))
		at += len(line) + 1
	}
	for s.next < len(s.lines) && s.fault == nil {
		s.entry(frontMatter)
	}
	if s.fault != nil {
		return nil, s.fault
	}
	return s.fields, nil
}

// entry reads one key with its value, or a line without one.
func (s *yamlScanner) entry(frontMatter bool) {
	line := s.lines[s.next]
	if ignored(line) {
		s.next++
		return
	}
	m := yamlKey().FindStringSubmatchIndex(line)
	if m == nil {
		hint := "write key: value with a blank after the colon, or end the front matter with a line --- above it"
		if start := strings.TrimLeft(line, " "); start != line && yamlKey().MatchString(start) {
			hint = "start it at the margin"
		} else if wideColon().MatchString(line) {
			hint = "write : and a blank of ASCII after the key"
		}
		s.fail("front-matter-syntax", "this line is no “key: value”", hint)
		return
	}
	f := field{key: unquote(line[:m[3]]), offset: s.starts[s.next]}
	if s.seen[f.key] {
		s.fail("front-matter-duplicate-key", "the key "+f.key+" is here a second time",
			"remove one of the two lines")
		return
	}
	s.seen[f.key] = true
	if lm := looseKey().FindStringSubmatch(line); lm != nil && loose(lm[1], frontMatter) && plainStart(lm[2]) {
		s.looseValue(&f, strings.TrimSpace(lm[2]))
	} else {
		s.value(&f, strings.TrimSpace(line[m[1]:]))
	}
	s.fields = append(s.fields, f)
}

// ignored reports whether a line is blank or a comment.
func ignored(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return line == "" || line[0] == '#'
}

// plainStart reports whether Marp puts quotes around a value by itself.
func plainStart(value string) bool {
	value = strings.TrimSpace(value)
	return value != "" && !strings.ContainsRune("[\"'{|>~&*`", rune(value[0]))
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

func (s *yamlScanner) fail(rule, message, hint string) {
	if s.fault == nil {
		at := min(s.next, len(s.lines)-1)
		s.fault = &yamlFault{rule, message, hint, s.starts[at]}
	}
}

// looseValue takes the value of a known key, which Marp puts in double quotes.
func (s *yamlScanner) looseValue(f *field, value string) {
	if yamlEscape().MatchString(value) {
		s.fail("front-matter-syntax", "a backslash in the value of "+f.key+" is no escape that YAML knows",
			"put the value in single quotes")
	}
	f.value = value
	s.next++
	s.noContinuation()
}

// noContinuation faults an indented line after a value that has ended.
func (s *yamlScanner) noContinuation() {
	if s.next < len(s.lines) && indented(s.lines[s.next]) {
		s.fail("front-matter-syntax", "this line is indented, but the value above it has ended",
			"start the line at the margin, or join it with the one above")
	}
}

func indented(line string) bool {
	return !ignored(line) && (line[0] == ' ' || line[0] == '\t')
}

// value reads what follows a key that Marp reads as plain YAML.
func (s *yamlScanner) value(f *field, v string) {
	switch {
	case v == "" || v[0] == '#':
		s.next++
		f.list = s.nested()
	case v[0] == '|' || v[0] == '>':
		s.next++
		s.nested()
	case v[0] == '"' || v[0] == '\'':
		s.quoted(f, v)
	case v[0] == '[' || v[0] == '{':
		s.flow(f, v)
	case v[0] == '&' || v[0] == '!':
		s.next++
		s.nested()
	case strings.ContainsRune("*@`%", rune(v[0])):
		s.fail("front-matter-syntax", "a value cannot start with "+v[:1], "put the value in quotes")
	default:
		s.plain(f, v)
	}
}

// nested skips the lines that belong to the key above them and returns the
// items if they are a list.
func (s *yamlScanner) nested() (items []string) {
	for ; s.next < len(s.lines); s.next++ {
		line := s.lines[s.next]
		item, isItem := strings.CutPrefix(strings.TrimLeft(line, " "), "- ")
		if isItem {
			items = append(items, unquote(strings.TrimSpace(item)))
		} else if !ignored(line) && !indented(line) {
			break
		}
	}
	return items
}

// quoted reads a value in quotes, which may go over several lines.
func (s *yamlScanner) quoted(f *field, v string) {
	quote, line := v[0], v[1:]
	for first := true; ; first = false {
		if end := closingQuote(line, quote); end >= 0 {
			if first {
				f.value = line[:end]
			} else if !ignored(line[end+1:]) {
				s.unquoted(f)
				return
			}
			s.after(line[end+1:])
			return
		}
		s.next++
		if s.next == len(s.lines) {
			s.unquoted(f)
			return
		}
		line = s.lines[s.next]
	}
}

// unquoted faults a quote that is not closed, at its key.
func (s *yamlScanner) unquoted(f *field) {
	s.fault = &yamlFault{"front-matter-syntax", "the quote in the value of " + f.key + " is not closed", "close it", f.offset}
}

// closingQuote is the index of the quote that ends a value, -1 if it goes on.
func closingQuote(line string, quote byte) int {
	for i := 0; i < len(line); i++ {
		switch {
		case quote == '"' && line[i] == '\\':
			i++
		case line[i] != quote:
		case quote == '\'' && i+1 < len(line) && line[i+1] == quote:
			i++
		default:
			return i
		}
	}
	return -1
}

// after checks that nothing but a comment follows the end of a value.
func (s *yamlScanner) after(rest string) {
	if !ignored(rest) {
		s.fail("front-matter-syntax", "something follows the end of the value: "+strings.TrimSpace(rest),
			"put the whole value in quotes")
		return
	}
	s.next++
	s.noContinuation()
}

// flow reads a list or mapping in brackets, which may go over several lines.
func (s *yamlScanner) flow(f *field, v string) {
	depth, line := 0, v
	for first := true; ; first = false {
		end := flowEnd(line, &depth)
		if end >= 0 {
			if first && v[0] == '[' {
				f.list = flowItems(line[1:end])
			}
			s.after(line[end+1:])
			return
		}
		s.next++
		if s.next == len(s.lines) {
			s.fail("front-matter-syntax", "the bracket in the value of "+f.key+" is not closed",
				"close it, or put the value in quotes")
			return
		}
		line = s.lines[s.next]
	}
}

// flowEnd is the index of the bracket that brings depth back to zero, -1 if
// that is on another line.
func flowEnd(line string, depth *int) int {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[', '{':
			*depth++
		case ']', '}':
			if *depth--; *depth == 0 {
				return i
			}
		case '"', '\'':
			if end := closingQuote(line[i+1:], line[i]); end >= 0 {
				i += end + 1
			}
		}
	}
	return -1
}

func flowItems(s string) []string {
	var items []string
	for item := range strings.SplitSeq(s, ",") {
		items = append(items, unquote(strings.TrimSpace(item)))
	}
	return items
}

// plain reads a value without quotes; indented lines continue it.
func (s *yamlScanner) plain(f *field, v string) {
	f.value = strings.TrimSpace(yamlComment().ReplaceAllString(v, ""))
	for {
		if hasColon(v) {
			s.fail("front-matter-syntax", "a second colon in the line of "+f.key+" makes Marp drop all directives",
				"put the value in quotes")
			return
		}
		s.next++
		if s.next == len(s.lines) || !indented(s.lines[s.next]) {
			return
		}
		v = s.lines[s.next]
	}
}

// hasColon reports whether YAML would take a part of a plain value for a key.
func hasColon(v string) bool {
	v = strings.TrimRight(yamlComment().ReplaceAllString(v, ""), " \t")
	return strings.Contains(v, ": ") || strings.Contains(v, ":\t") || strings.HasSuffix(v, ":")
}

// Directives lists the directives that Marp knows, each local one also as it
// is written for one slide.
func Directives() (all []string) {
	all = append(append(all, globalDirectives...), customDirectives...)
	for _, name := range localDirectives {
		all = append(all, name, "_"+name)
	}
	return all
}
