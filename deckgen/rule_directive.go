package deckgen

import (
	"fmt"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
)

// directiveInspection finds directives that Marp passes over: misspelled ones, and values that mean nothing to it.
var directiveInspection = ofDecks(directives,
	deck.Rule{Name: "unknown-directive", Severity: deck.Warning, Summary: "Marp passes over a directive, whose name is nearly that of one it knows"},
	deck.Rule{Name: "directive-value", Severity: deck.Warning, Summary: "Marp passes over the value of a directive"},
	deck.Rule{Name: "directive-scope", Severity: deck.Hint, Summary: "a directive holds for one slide, or for all that follow, other than the others of its name"},
	deck.Rule{Name: "tool-note", Severity: deck.Hint, Summary: "a comment that looks like one for a tool is shown as a presenter note"})

func directives(_ *checker, dk *deck.Deck) []deck.Problem {
	problems := scopeProblems(dk)
	for _, v := range dk.Directives {
		problems = append(problems, directiveProblems(dk, v)...)
	}
	for _, note := range dk.Comments {
		if note.Kind == deck.Note {
			problems = append(problems, noteProblems(dk, note)...)
		}
	}
	return problems
}

// scopeProblems finds the one directive with or without an underscore among several of the other sort, and a header or a
// footer that is the one before it.
func scopeProblems(dk *deck.Deck) (problems []deck.Problem) {
	const enough = 3
	times, now := map[string]int{}, map[string]string{}
	for _, v := range dk.Directives {
		if !v.FrontMatter {
			times[v.Key]++
		}
	}
	for _, v := range dk.Directives {
		p := deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Rule: "directive-scope"}
		base, local := strings.CutPrefix(v.Key, "_")
		switch {
		case v.FrontMatter || !deck.KnownDirective("_"+base):
		case !local && times[base] == 1 && times["_"+base] >= enough && v.Value != "":
			p.Message, p.Hint = fmt.Sprintf("this %s holds for all slides that follow, those of %d others for one slide", base, times["_"+base]), "did you mean _"+base+"?"
		case local && times[v.Key] == 1 && times[base] >= enough:
			p.Message, p.Hint = fmt.Sprintf("this %s holds for one slide, those of %d others for all that follow", base, times[base]), "did you mean "+base+"?"
		case !local && (base == "header" || base == "footer") && v.Value != "" && v.Value == now[base]:
			p.Message, p.Hint = fmt.Sprintf("the %s was %q already", base, v.Value), "write the one that is meant, or remove this"
		}
		if now[v.Key] = v.Value; p.Message != "" {
			problems = append(problems, p)
		}
	}
	return problems
}

func directiveProblems(dk *deck.Deck, v deck.Directive) []deck.Problem {
	p := deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide}
	if v.Key == "marp" && v.FrontMatter {
		v.Value = strings.ToLower(v.Value)
		p.Rule, p.Message = "directive-value", "Marp for VS Code passes over marp: "+v.Value
		switch p.Hint = oneOf(v.Value, "true", "false"); {
		case v.Value == "false":
			p.Message, p.Hint = "Marp for VS Code shows no slides of this deck", "write marp: true"
		case p.Hint == "":
			return nil
		}
		return []deck.Problem{p}
	}
	if deck.KnownDirective(v.Key) {
		if p.Hint = wrongValue(v); p.Hint == "" {
			return nil
		}
		p.Rule, p.Message = "directive-value", fmt.Sprintf("Marp passes over %s: %s", v.Key, v.Value)
		return []deck.Problem{p}
	}
	known := misspelled(v.Key)
	if known == "" {
		return nil
	}
	p.Rule, p.Message, p.Hint = "unknown-directive", fmt.Sprintf("Marp knows no directive %q", v.Key), "did you mean "+known+"?"
	if known == strings.TrimPrefix(v.Key, "_") {
		p.Hint = known + " holds for the whole deck: write it without _"
	}
	return []deck.Problem{p}
}

// usual are keys that other programs read in the front matter of a deck.
var usual = []string{"marp", "date", "tags", "titles", "themes", "mark", "map", "name", "style", "layout", "category", "categories", "version", "icon", "id", "theme-color"}

// misspelled is the directive that a key was meant to be, "" if it seems to be a key of its own.
func misspelled(key string) string {
	if slices.Contains(usual, strings.ToLower(key)) || strings.Contains(key, " ") {
		return ""
	}
	best, fewest := "", min(4, len(key)/3+1)
	for _, known := range append(deck.Directives(), "marp") {
		n := near.Edits(strings.ToLower(key), strings.ToLower(known))
		if strings.EqualFold(key, known) {
			n = 0
		}
		if n < fewest {
			best, fewest = known, n
		}
	}
	return best
}

// wrongValue is what to do about the value of a directive, "" if it is one that Marp takes.
func wrongValue(v deck.Directive) string {
	value := strings.ToLower(strings.TrimSpace(v.Value))
	css := strings.TrimRight(value, "; ") // it becomes a declaration, where a semicolon more does no harm
	if curly(v) {
		return "write straight quotes, or none"
	}
	switch strings.TrimPrefix(v.Key, "_") {
	case "paginate":
		return oneOf(value, "true", "false", "hold", "skip")
	case "math":
		return oneOf(value, "mathjax", "katex", "true", "false")
	case "headingDivider":
		if !levelList().MatchString(value) {
			return oneOf(value, "1 to 6", "a list of them such as [1, 3]", "false")
		}
	case "color", "backgroundColor":
		return wrongColor(css)
	case "backgroundImage":
		if css != "" && !noImage().MatchString(css) && !strings.Contains(css, "(") {
			return "write url(path)"
		}
	case "backgroundSize":
		return oneOf(lastWord(css), "contain", "cover", "auto")
	case "backgroundRepeat":
		return oneOf(lastWord(css), "repeat", "no-repeat", "repeat-x", "repeat-y", "space", "round")
	case "backgroundPosition":
		return oneOf(lastWord(css), "left", "right", "top", "bottom", "center")
	case "lang":
		return wrongLanguage(value)
	case "transition":
		if n := nearest(lastWord(value), transitions); n != "" && near.Edits(n, value) == 1 {
			return "did you mean " + n + "?"
		}
	}
	return ""
}

var (
	levelList = lazy.Regexp(`^(?:|false|[1-6]|\[?\s*(?:[1-6][\s,]*)+\]?)$`)
	measure   = lazy.Regexp(`[\d(]|^(?:inherit|initial|unset|revert)$`)
	hexValue  = lazy.Regexp(`^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$`)
	noImage   = lazy.Regexp(`^(?:none|null|initial|unset|revert)$`) // they take away that of the slides before
	colorWord = lazy.Regexp(`^(?:transparent|currentcolor|inherit|initial|unset|revert|rebeccapurple|canvas|canvastext)$`)
	language  = lazy.Regexp(`^[a-z]{2,3}(?:[-_][a-z0-9]+)*$`)
)

// curly reports whether a directive that shows no text has quotes that a program for text wrote.
func curly(v deck.Directive) bool {
	texts := []string{"header", "footer", "title", "author", "description", "keywords", "style"}
	return strings.ContainsAny(v.Value, "“”„‟‘’‚‛＂＇") && !slices.Contains(texts, strings.TrimPrefix(v.Key, "_"))
}

// lastWord is the last of a few words, none if it is a measure.
func lastWord(value string) string {
	words := strings.Fields(value)
	if len(words) == 0 || measure().MatchString(words[len(words)-1]) {
		return ""
	}
	return words[len(words)-1]
}

// wrongColor is what to do about a color that no browser knows. What calls a function passes.
func wrongColor(value string) string {
	if value == "" || strings.Contains(value, "(") || hexValue().MatchString(value) || colorWord().MatchString(value) {
		return ""
	}
	names := strings.Fields(colorNames)
	if slices.Contains(names, value) {
		return ""
	}
	if n := nearest(value, names); n != "" {
		return "did you mean " + n + "?"
	}
	return "write a name of CSS such as navy, or #102a43"
}

const colorHint = "write <!-- _backgroundColor: … --> or <!-- _color: … -->"

// isColor reports whether the address of an image is a color, as Marp once took it.
func isColor(address string) bool {
	address = strings.ToLower(address)
	return slices.Contains(strings.Fields(colorNames), address) || hexValue().MatchString(address) || strings.HasPrefix(address, "rgb") && strings.HasSuffix(address, ")")
}

// colorNames are the named colors of CSS (https://www.w3.org/TR/css-color-4/#named-colors).
const colorNames = `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse
	chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta
	darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
	deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray
	green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral
	lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
	lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
	mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite
	navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink
	plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
	slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
	yellowgreen`

// transitions are those that Marp brings along; a theme may have others.
var transitions = strings.Fields(`none clockwise counterclockwise cover coverflow cube cylinder diamond drop explode fade fade-out fall flip glow
	implode in-out iris-in iris-out melt overlap pivot pull push reveal rotate scale slide slide-up star swap swipe swoosh wipe wiper zoom`)

// countries are codes that are often taken for those of languages.
var countries = map[string]string{"jp": "ja", "cn": "zh", "kr": "ko", "ua": "uk", "cz": "cs", "dk": "da", "gr": "el"}

func wrongLanguage(value string) string {
	if n := countries[value]; n != "" {
		return "that is a country: write " + n
	}
	if value != "" && !language().MatchString(value) {
		return "write its code, such as ja or en-US"
	}
	return ""
}

func oneOf(value string, known ...string) string {
	if value == "" || slices.Contains(known, value) {
		return ""
	}
	return "it may be " + strings.Join(known, ", ")
}

var (
	noteKey  = lazy.Regexp(`^([-_$*]*[A-Za-z][\w-]*)\s*:\s*\S`)
	noColon  = lazy.Regexp(`^(_?[A-Za-z]+)(?:\s*[=：]\s*|\s+)(\S+)$`)
	toolNote = lazy.Regexp(`^(?i)(?:(?:start|end) doctoc|toc$|tocstop$|(?:eslint|stylelint|textlint|prettier|markdownlint|remark|lint|vale|cspell|spell-checker|deckgen|marp)\b[- :].*)`)
)

// noteProblems looks at a comment that no presenter would read out.
func noteProblems(dk *deck.Deck, c deck.Comment) []deck.Problem {
	finds := []func(text string) deck.Problem{keyInNote, keyWithoutColon, wordsForTool}
	if strings.Contains(c.Text, "\n") {
		finds = []func(text string) deck.Problem{wideColons}
	}
	for _, find := range finds {
		if p := find(c.Text); p.Rule != "" {
			p.Path, p.Line, p.Col, p.Slide = dk.Path, c.Line, c.Col, c.Slide
			return []deck.Problem{p}
		}
	}
	return nil
}

// keyInNote finds a directive that is misspelled, or whose value Marp cannot read.
func keyInNote(text string) (p deck.Problem) {
	m := noteKey().FindStringSubmatch(text)
	if m == nil {
		return p
	}
	key := strings.TrimLeft(m[1], "-$*")
	if strings.HasPrefix(key, "__") {
		key = key[1:]
	}
	known := misspelled(key)
	if deck.KnownDirective(key) {
		known = key
	}
	switch {
	case known == m[1]:
		p.Rule, p.Hint = "directive-value", "close its quote or bracket"
		if blank := strings.TrimPrefix(text, m[1]+":"); strings.HasPrefix(blank, "\u3000") || strings.HasPrefix(blank, "\u00a0") {
			p.Hint = "write a blank of ASCII after the colon"
		}
		p.Message = fmt.Sprintf("Marp cannot read the value of %s: this is a presenter note", key)
	case known != "":
		p.Rule, p.Hint = "unknown-directive", "did you mean "+known+"?"
		p.Message = fmt.Sprintf("Marp knows no directive %q: this is a presenter note", m[1])
	}
	return p
}

// keyWithoutColon finds a directive with another sign between its key and its value, or none.
func keyWithoutColon(text string) (p deck.Problem) {
	m := noColon().FindStringSubmatch(text)
	if m != nil && deck.KnownDirective(m[1]) && (m[1][0] == '_' || strings.ContainsAny(text, "=：")) {
		p.Rule, p.Hint = "unknown-directive", fmt.Sprintf("write <!-- %s: %s -->", m[1], m[2])
		p.Message = "this is a presenter note and no directive: there is no colon and blank after " + m[1]
	}
	return p
}

var (
	keyLines = lazy.Regexp(`^(?:\s*_?[A-Za-z]+\s*[:：].*(?:\n|$))+$`)
	wideKey  = lazy.Regexp(`(?m)^\s*(_?[A-Za-z]+)\s*：`)
)

// wideColons finds lines of directives, one of which has a colon of full width.
func wideColons(text string) (p deck.Problem) {
	m := wideKey().FindStringSubmatch(text)
	if m != nil && deck.KnownDirective(m[1]) && keyLines().MatchString(text) {
		p.Rule, p.Hint = "unknown-directive", fmt.Sprintf("write %s: with a colon and a blank of ASCII", m[1])
		p.Message = "this is a presenter note and no directive: the colon after " + m[1] + " is of full width"
	}
	return p
}

// wordsForTool finds what was meant for Marp or another program.
func wordsForTool(text string) (p deck.Problem) {
	switch {
	case text == "fit":
		p.Hint = "put it into the heading: # <!-- fit --> Heading"
	case toolNote().MatchString(text):
		p.Hint = "Marp leaves out <!-- prettier-ignore -->, <!-- markdownlint-disable … --> and <!-- lint ignore … --> alone"
	default:
		return p
	}
	p.Rule, p.Message = "tool-note", "this comment is shown as a presenter note"
	return p
}
