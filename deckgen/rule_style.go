package deckgen

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"

	"deckgen/deckgen/css"
	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// styleInspection reads the style sheets of decks and of the repository's themes.
var styleInspection = inspection{[]deck.Rule{
	{Name: "style-slip", Severity: deck.Warning, Summary: "a browser passes over a line of a style sheet"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		for _, m := range styleSheets().FindAllIndex(dk.Src, -1) {
			problems = append(problems, sheetProblems(dk, m[0], m[1], false)...)
		}
		for _, v := range dk.Directives {
			if v.Key == "style" && v.Value == "" {
				problems = append(problems, styleProblems(dk, v)...)
			}
		}
	}
	if c.all {
		problems = append(problems, c.themeProblems()...)
	}
	return problems
}}

// sheetProblems are what is wrong with a part of a deck. That braces do not match is said elsewhere of <style>.
func sheetProblems(dk *deck.Deck, from, to int, braces bool) (problems []deck.Problem) {
	if text := dk.Src[from:to]; !braces {
		from += bytes.IndexByte(text, '>') + 1
		to -= len("</style>")
	}
	for _, f := range css.Faults(string(dk.Src[from:max(from, to)])) {
		p := deck.Problem{Path: dk.Path, Rule: "style-slip", Message: f.Message, Hint: f.Hint}
		if f.Broken && !braces {
			continue
		}
		if f.Broken {
			p.Rule = "style-syntax"
		}
		p.Slide = dk.SlideAt(from + f.Offset)
		p.Line, p.Col = dk.Position(from + f.Offset)
		problems = append(problems, p)
	}
	return problems
}

var notIndented = lazy.Regexp(`(?m)^[^\s#\-][^\n]*\{`)

// styleProblems looks at the indented lines below a directive style.
func styleProblems(dk *deck.Deck, v deck.Directive) []deck.Problem {
	from := dk.Offset(v.Line + 1)
	to := from
	for line := range bytes.Lines(dk.Src[from:]) {
		if text := bytes.TrimSpace(line); len(text) > 0 && line[0] != ' ' {
			break
		}
		to += len(line)
	}
	if len(bytes.TrimSpace(dk.Src[from:to])) == 0 && notIndented().Match(bytes.SplitAfterN(dk.Src[to:], []byte("\n"), 2)[0]) {
		return []deck.Problem{{Path: dk.Path, Line: v.Line + 1, Col: 1, Slide: v.Slide, Rule: "style-syntax",
			Message: "this style is empty: its lines are not indented", Hint: "put two blanks before each of its lines"}}
	}
	return sheetProblems(dk, from, to, true)
}

// themeProblems looks at the themes of the repository.
func (c *checker) themeProblems() (problems []deck.Problem) {
	known, _ := c.themes()
	files, _ := fs.Glob(c.tree.root.FS(), "assets/themes/*.css")
	for _, file := range files {
		sheet, err := c.tree.read(file)
		if err != nil || !themeRE().Match(sheet) {
			continue
		}
		at := func(offset int, p deck.Problem) {
			p.Path = file
			p.Line, p.Col = position(sheet, offset)
			problems = append(problems, p)
		}
		for _, f := range css.Faults(string(sheet)) {
			rule := "style-slip"
			if f.Broken {
				rule = "style-syntax"
			}
			at(f.Offset, deck.Problem{Rule: rule, Message: f.Message, Hint: f.Hint})
		}
		plain := cssComment().ReplaceAllFunc(sheet, func(b []byte) []byte { return bytes.Repeat([]byte(" "), len(b)) })
		for _, m := range themeImport().FindAllSubmatchIndex(plain, -1) {
			if name := string(sheet[m[2]:m[3]]); !slices.Contains(known, name) && (!c.themesElsewhere() || slip(name, known)) {
				at(m[0], deck.Problem{Rule: "unknown-theme", Message: fmt.Sprintf("there is no theme %q to import", name), Hint: didYouMean(name, known)})
			}
		}
	}
	return problems
}
