package deckgen

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// linkInspection looks whether what a deck names without being a reference is there.
var linkInspection = inspection{[]deck.Rule{
	{Name: "dead-link", Severity: deck.Warning, Summary: "a link leads to a file or a slide that does not exist"},
	{Name: "html-image", Severity: deck.Error, Summary: "there is no such picture, in HTML or in a directive"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		answers := map[deck.Target]deck.Problem{} // asking the disk costs most of the time
		for _, l := range dk.Links {
			question := deck.Target{Dest: l.Dest, Image: l.Image, Reference: l.Reference}
			p, asked := answers[question]
			if !asked {
				p = c.linkProblem(dk, l)
				answers[question] = p
			}
			if p.Rule != "" {
				p.Path, p.Line, p.Col, p.Slide = dk.Path, l.Line, l.Col, l.Slide
				problems = append(problems, p)
			}
		}
		problems = append(problems, c.backgroundProblems(dk)...)
	}
	return problems
}}

func (c *checker) linkProblem(dk *deck.Deck, l deck.Target) (p deck.Problem) {
	if n, ok := strings.CutPrefix(l.Dest, "#"); ok && !l.Image {
		if slide, err := strconv.Atoi(n); err == nil && (slide < 1 || slide > len(dk.Slides)) {
			p.Rule, p.Message, p.Hint = "dead-link", fmt.Sprintf("there is no slide %d", slide), fmt.Sprintf("the deck has %s", plural(len(dk.Slides), "slide"))
		}
		return p
	}
	if l.Reference {
		return p
	}
	file, ok := deck.LocalFile(l.Dest)
	if !ok {
		return p
	}
	name, err := join(path.Dir(dk.Path), file)
	if err != nil || c.thereAs(name) {
		return p
	}
	p.Rule, p.Message, p.Hint = "dead-link", "there is no file "+name, c.similar(name)
	if l.Image {
		p.Rule = "html-image"
	}
	return p
}

// thereAs reports whether a file is there, or something that a web site would show under its name.
func (c *checker) thereAs(name string) bool {
	name = strings.TrimSuffix(name, "/")
	if c.tree.has(name) || path.Ext(name) == "" && (c.tree.has(name+".md") || c.tree.has(name+".html")) {
		return true
	}
	made := path.Ext(name) == ".html" || path.Ext(name) == ".pdf" || path.Ext(name) == ".pptx"
	return made && c.tree.has(strings.TrimSuffix(name, path.Ext(name))+".md")
}

// similar is a hint for a file that is not there.
func (d *driver) similar(file string) string {
	dir := path.Dir(file)
	if n := nearest(path.Base(file), d.tree.list(dir)); n != "" {
		return "did you mean " + path.Join(dir, n) + "?"
	}
	if !d.tree.has(dir) {
		return "there is no folder " + dir
	}
	return "mend the path, or add the file"
}

var cssURL = lazy.Regexp(`url\(\s*["']?([^"')]+?)["']?\s*\)`)

// backgroundProblems looks for the pictures of backgroundImage.
func (c *checker) backgroundProblems(dk *deck.Deck) (problems []deck.Problem) {
	for _, v := range dk.Directives {
		if strings.TrimPrefix(v.Key, "_") != "backgroundImage" {
			continue
		}
		for _, m := range cssURL().FindAllStringSubmatch(v.Value, -1) {
			file, ok := deck.LocalFile(m[1])
			name, err := join(path.Dir(dk.Path), file)
			if ok && err == nil && !c.tree.has(name) {
				problems = append(problems, deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Rule: "html-image",
					Message: "there is no file " + name, Hint: c.similar(name)})
			}
		}
	}
	return problems
}
