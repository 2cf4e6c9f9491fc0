package deckgen

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
)

// classInspection finds classes of slides and sizes that the theme of a deck does not have. Where the theme is not in the
// repository it looks for slips only.
var classInspection = inspection{[]deck.Rule{
	{Name: "unknown-class", Severity: deck.Warning, Summary: "the theme has no such class, so that the slide looks like any other"},
	{Name: "unknown-size", Severity: deck.Warning, Summary: "the theme has no slides of such a size"},
}, func(c *checker) (problems []deck.Problem) {
	sheets := c.sheets()
	for _, dk := range c.decks {
		t := themeOf(dk, sheets)
		if p, ok := t.foreign(dk); ok {
			if p.Message != "" {
				problems = append(problems, p)
			}
			continue
		}
		for _, v := range dk.Directives {
			if curly(v) {
				continue // said already
			}
			p := deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Severity: deck.Warning}
			switch strings.TrimPrefix(v.Key, "_") {
			case "class":
				for name := range strings.FieldsSeq(strings.Trim(v.Value, "[]")) {
					if p.Hint = t.missesClass(strings.Trim(name, `,"'`), name); p.Hint != "" {
						p.Rule, p.Message = "unknown-class", fmt.Sprintf("the theme %s has no class %q: the slide looks as without it", t.name, name)
						problems = append(problems, p)
					}
				}
			case "size":
				if p.Hint = t.missesSize(v.Value); p.Hint != "" {
					p.Rule, p.Message = "unknown-size", fmt.Sprintf("the theme %s has no size %q: Marp takes its own", t.name, v.Value)
					problems = append(problems, p)
				}
			}
		}
	}
	return problems
}}

var (
	themeClass  = lazy.Regexp(`\.(-?[A-Za-z_][\w-]*)`)
	themeSize   = lazy.Regexp(`@size\s+(\S+)`)
	cssComment  = lazy.Regexp(`(?s)/\*.*?\*/`)
	styleSheets = lazy.Regexp(`(?si)<style.*?</style>`)
	themeImport = lazy.Regexp(`@import\s+(?:url\()?["']?([\w-]+)["']?\)?\s*;`)
)

// A sheet is what a theme brings.
type sheet struct {
	name    string
	whole   bool // all of its classes are known
	classes []string
	sizes   []string
	own     string   // the style sheets of the deck
	others  []string // classes of the repository's other themes
}

// sheets are the themes that Marp brings along, of which only the classes meant for decks are known, and those of the
// repository.
func (c *checker) sheets() map[string]sheet {
	all := map[string]sheet{}
	for _, name := range marpThemes {
		all[name] = sheet{name: name, classes: []string{"invert", "lead", "gaia"}, sizes: []string{"16:9", "4:3"}}
	}
	files, _ := fs.Glob(c.tree.root.FS(), "assets/themes/*.css")
	for range 2 { // a theme may import one that comes later
		for _, file := range files {
			css, err := c.tree.read(file)
			m := themeRE().FindSubmatch(css)
			if err != nil || m == nil {
				continue
			}
			s := sheet{name: string(m[1]), whole: !c.themesElsewhere()}
			for _, m := range themeSize().FindAllStringSubmatch(string(css), -1) {
				s.sizes = append(s.sizes, m[1])
			}
			plain := cssComment().ReplaceAllString(string(css), "")
			for _, m := range themeClass().FindAllStringSubmatch(plain, -1) {
				s.classes = append(s.classes, m[1])
			}
			for _, m := range themeImport().FindAllStringSubmatch(plain, -1) {
				base, known := all[m[1]]
				s.whole = s.whole && (known || m[1] == s.name)
				s.classes, s.sizes = append(s.classes, base.classes...), append(s.sizes, base.sizes...)
			}
			all[s.name] = s
		}
	}
	return all
}

// themeOf is the theme of a deck; one that is not known has no name.
func themeOf(dk *deck.Deck, sheets map[string]sheet) sheet {
	name := "default"
	for _, v := range dk.Directives {
		if v.Key == "theme" && v.Value != "" {
			name = v.Value
		}
	}
	s := sheets[name]
	s.own = string(dk.Src[dk.FrontMatter.Start:dk.FrontMatter.End]) + strings.Join(styleSheets().FindAllString(string(dk.Src), -1), "\n")
	for _, other := range sheets {
		if other.name != name && other.whole {
			s.others = append(s.others, other.classes...)
		}
	}
	return s
}

// missesClass says what to do about a class that a theme does not have, "" if it may have it.
func (s sheet) missesClass(name, written string) string {
	if s.name == "" || name == "" || slices.Contains(s.classes, written) {
		return ""
	}
	if own := regexp.MustCompile(`\.` + regexp.QuoteMeta(name) + `\b`); own.MatchString(s.own) {
		return ""
	}
	slices.Sort(s.classes)
	switch slip := slices.IndexFunc(s.classes, func(c string) bool { return near.Edits(c, strings.ToLower(name)) <= 1 && len(c) > 3 }); {
	case slip >= 0:
		return "did you mean " + s.classes[slip] + "?"
	case s.whole:
		return didYouMean(name, slices.Compact(slices.Clone(s.classes)))
	}
	return ""
}

// foreign finds a deck whose classes are those of another theme of the repository. It is said once, where the theme is
// named, unless the front matter is lost for another reason.
func (s sheet) foreign(dk *deck.Deck) (p deck.Problem, ok bool) {
	lost := func(p deck.Problem) bool { return strings.HasPrefix(p.Rule, "front-matter-") }
	if s.whole || s.name == "" || slices.ContainsFunc(dk.Problems, lost) {
		return p, slices.ContainsFunc(dk.Problems, lost)
	}
	p = deck.Problem{Path: dk.Path, Line: 1, Col: 1, Slide: 1, Rule: "unknown-class"}
	for _, v := range dk.Directives {
		switch v.Key {
		case "theme":
			p.Line, p.Col = v.Line, v.Col
		case "class", "_class":
			if !ok && !slices.Contains(s.classes, v.Value) && slices.Contains(s.others, v.Value) {
				ok = true
				p.Message = fmt.Sprintf("the class %q of slide %d is one of another theme than %s, which this deck has", v.Value, v.Slide, s.name)
				p.Hint = "name the theme that has it in the front matter: theme: name"
			}
		}
	}
	return p, ok
}

// missesSize says what to do about a size that a theme does not have, "" if it may have it.
func (s sheet) missesSize(name string) string {
	if s.name == "" || name == "" || slices.Contains(s.sizes, name) || !s.whole && !slices.Contains(marpThemes, s.name) {
		return ""
	}
	return "write one of " + strings.Join(s.sizes, ", ")
}
