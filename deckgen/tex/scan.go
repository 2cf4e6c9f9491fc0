package tex

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"deckgen/deckgen/internal/near"
)

// A scanner reads a formula once, from its start to where it breaks.
type scanner struct {
	src    string
	at     int
	macros Macros
	fonts  int // around the place: how many commands set letters in a font, where they may be a word
	slips  []Fault
	broken *Fault
}

// A group is what has to be closed: a brace, an environment, \left, or the formula as a whole.
type group struct {
	kind    byte // '{', 'b' for \begin, 'l' for \left, 0 for the formula
	name    string
	at      int
	columns bool // it, or one around it, has columns
}

func (s *scanner) fail(at int, hint, format string, args ...any) {
	if s.broken == nil {
		s.broken = &Fault{Offset: at, Broken: true, Message: fmt.Sprintf(format, args...), Hint: hint}
	}
}

func (s *scanner) slip(at int, hint, format string, args ...any) {
	s.slips = append(s.slips, Fault{Offset: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// list reads what is in a group, and its end.
func (s *scanner) list(in group) {
	var scripts [2]bool // of the atom before: below, above
	for s.broken == nil {
		s.space()
		if s.at == len(s.src) {
			s.unclosed(in)
			return
		}
		start := s.at
		switch c := s.src[s.at]; c {
		case '}':
			s.at++
			if in.kind != '{' {
				s.extraBrace(in, start)
			}
			return
		case '^', '_':
			s.at++
			s.script(c, start, &scripts, in)
			continue
		case '\'':
			s.at++
			if scripts[1] {
				s.fail(start, "put the ' before the ^", "a ' after a ^: what stands above is there already")
			}
			continue
		case '&':
			s.at++
			if !in.columns && !s.macros.opening {
				s.fail(start, `write \& for the sign, or put \begin{aligned} … \end{aligned} around the lines`, "& stands outside of anything that has columns")
			}
		default:
			if s.closes(in) || s.broken != nil {
				return
			}
			s.atom(in)
		}
		scripts = [2]bool{}
	}
}

func (s *scanner) unclosed(in group) {
	switch in.kind {
	case '{':
		s.fail(in.at, "close it with }", "this { is never closed")
	case 'b':
		s.fail(in.at, `close it with \end{`+in.name+"}", `\begin{%s} has no \end{%s}`, in.name, in.name)
	case 'l':
		s.fail(in.at, `write \right) at its end, or \right. for none`, `\left has no \right in the same group`)
	}
}

func (s *scanner) extraBrace(in group, at int) {
	switch in.kind {
	case 'b':
		s.fail(at, "remove it, or open it with {", `this } closes nothing in \begin{%s}`, in.name)
	case 'l':
		s.fail(in.at, `write \right) before the }, or \right. for none`, `\left has no \right in the same group`)
	default:
		s.fail(at, "remove it, or open it with {", "this } closes nothing")
	}
}

// closes reads \end or \right, if one is next.
func (s *scanner) closes(in group) bool {
	start := s.at
	switch name := s.command(); name {
	case "end":
		env := s.braced()
		switch {
		case s.macros.opening:
		case in.kind == 'l':
			s.fail(in.at, `write \right) at its end, or \right. for none`, `\left has no \right in the same group`)
		case in.kind != 'b':
			s.fail(start, `open it with \begin{`+env+"}", `\end{%s} has no \begin{%s}`, env, env)
		case env != in.name:
			s.fail(start, `write \end{`+in.name+"}", `\begin{%s} ends with \end{%s}`, in.name, env)
		}
		return in.kind == 'b' || s.broken != nil
	case "right":
		s.delimiter(start, name)
		if in.kind != 'l' && !s.macros.opening {
			s.fail(start, `open it with \left( or \left.`, `\right has no \left in the same group`)
		}
		return in.kind == 'l' || s.broken != nil
	}
	s.at = start
	return false
}

// script reads what stands above or below.
func (s *scanner) script(c byte, start int, scripts *[2]bool, in group) {
	which, name := 0, "below"
	if c == '^' {
		which, name = 1, "above"
	}
	if scripts[which] {
		s.fail(start, "put braces around what belongs together, such as {x^2}^3 or x^{2y}", "a second %c: what stands %s is there already", c, name)
		return
	}
	scripts[which] = true
	s.argument(string(c), start, in)
}

// argument reads a group or an atom that something cannot do without.
func (s *scanner) argument(of string, start int, in group) {
	s.space()
	rest := s.src[s.at:]
	switch next := commandAt(rest); {
	case rest == "", rest[0] == '}', rest[0] == '&', next == `\`, next == "end", next == "right":
		s.fail(start, "write it in braces behind "+of, "%s lacks what belongs to it", of)
	case rest[0] == '^', rest[0] == '_':
		s.fail(start, "put braces around what belongs to it", "nothing stands between %s and %c", of, rest[0])
	case len(of) > 1 && of != `\sqrt` && taking()[next] == 1 && next != "sqrt":
		s.fail(start, `put braces around \`+next+" and what belongs to it", `%s takes \%s without what belongs to that`, of, next)
	default:
		s.atom(in)
	}
}

// atom reads one character, command or group.
func (s *scanner) atom(in group) {
	start := s.at
	switch r, size := utf8.DecodeRuneInString(s.src[s.at:]); {
	case r == '{':
		s.at++
		s.list(group{kind: '{', at: start})
	case r == '\\':
		s.run(start, s.command(), in)
	case r == '#':
		s.fail(start, `write \#`, "# means nothing in a formula")
	case r == '¥' || r == '＼' || r == '/':
		s.at += size
		s.otherBackslash(start, r)
	case unicode.IsLetter(r) && r < utf8.RuneSelf:
		s.bare(start)
	case unicode.IsDigit(r):
		s.at += size
		if strings.HasPrefix(s.src[s.at:], "%") {
			s.slip(s.at, `write \%`, "%% starts a comment: it and the rest of the line do not show")
		}
	default:
		s.at += size
	}
}

// bare reads letters, each of them an atom, of which the first was asked for.
func (s *scanner) bare(start int) {
	s.at++
	if start > 0 && letterAt(s.src, start-1) {
		return
	}
	end := start
	for letterAt(s.src, end) {
		end++
	}
	word := s.src[start:end]
	if s.fonts > 0 {
		return
	}
	if missing()[word] || (word == "frac" || word == "sqrt") && strings.HasPrefix(s.src[end:], "{") {
		s.slip(start, `write \`+word, "%s without a backslash is a product of letters", word)
	}
}

// otherBackslash finds a sign that some keyboards have in the place of the backslash.
func (s *scanner) otherBackslash(start int, sign rune) {
	end := s.at
	for letterAt(s.src, end) {
		end++
	}
	name := s.src[s.at:end]
	if known()[name] && (sign != '/' || (name == "frac" || name == "sqrt") && strings.HasPrefix(s.src[end:], "{")) {
		s.slip(start, `write \`+name, "%c%s is text: a command starts with a backslash", sign, name)
		s.at = end
	}
}

// run reads what belongs to a command.
func (s *scanner) run(start int, name string, in group) {
	switch {
	case name == "begin":
		s.begin(start, in)
		return
	case name == "left":
		s.delimiter(start, name)
		s.list(group{kind: 'l', at: start})
		return
	case name == "verb":
		s.at = len(s.src)
		return
	case s.macros.names[name]:
		return
	}
	s.spelling(start, name)
	n := taking()[name]
	if words()[name] {
		s.skipWords()
		n--
	}
	if name == "sqrt" || name == "smash" || strings.HasPrefix(name, "x") && strings.HasSuffix(name, "arrow") {
		s.optional()
	}
	if matrices()[name] {
		s.matrix()
	}
	if fonts()[name] {
		s.fonts++
		defer func() { s.fonts-- }()
	}
	for range n {
		if s.broken == nil {
			s.argument(`\`+name, start, in)
		}
	}
}

// matrix reads the columns that some commands of plain TeX have as their argument.
func (s *scanner) matrix() {
	if s.space(); strings.HasPrefix(s.src[s.at:], "{") {
		s.at++
		s.list(group{kind: '{', at: s.at - 1, columns: true})
	}
}

func (s *scanner) begin(start int, in group) {
	name := s.braced()
	if !environments()[name] && !s.macros.names[name] && !s.macros.opening {
		var all []string
		for e := range environments() {
			all = append(all, e)
		}
		hint := `write one that MathJax knows, such as aligned`
		if n := near.Nearest(name, all); n != "" {
			hint = `did you mean \begin{` + n + "}?"
		}
		s.fail(start, hint, `there is no environment %s`, name)
		return
	}
	if strings.Contains(name, "array") || strings.Contains(name, "alignat") || strings.Contains(name, "alignedat") {
		s.skipWords()
	}
	s.list(group{kind: 'b', name: name, at: start, columns: true})
}

// delimiter reads what follows \left or \right.
func (s *scanner) delimiter(start int, name string) {
	s.space()
	if s.at == len(s.src) {
		s.fail(start, `write `+`\`+name+`( or \`+name+". for none", `\%s lacks its bracket`, name)
		return
	}
	r, size := utf8.DecodeRuneInString(s.src[s.at:])
	switch {
	case r == '\\':
		s.command()
	case r == '{' || r == '}':
		s.fail(start, fmt.Sprintf(`write \%s\%c`, name, r), `\%s%c is no bracket: %c groups`, name, r, r)
	case r < utf8.RuneSelf && !strings.ContainsRune("()[]|/.<>", r):
		s.fail(start, `write \`+name+`( or \`+name+". for none", `\%s needs a bracket and has %c`, name, r)
	default:
		s.at += size
	}
}
