package deckgen

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"path"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// svgInspection looks into the pictures that others made: an SVG file is a program to whoever opens it by itself.
var svgInspection = inspection{[]deck.Rule{
	{Name: "svg-script", Severity: deck.Warning, Summary: "a picture holds a script, which runs when the file is opened by itself"},
}, func(c *checker) (problems []deck.Problem) {
	scripts := map[string]string{}
	for _, dk := range c.decks {
		for _, l := range dk.Links {
			name, ok := c.foreignSVG(dk, l)
			if !ok {
				continue
			}
			found, asked := scripts[name]
			if !asked {
				if b, err := c.tree.read(name); err == nil {
					found = scriptIn(b)
				}
				scripts[name] = found
			}
			if found != "" {
				problems = append(problems, deck.Problem{Path: dk.Path, Line: l.Line, Col: l.Col, Slide: l.Slide, Rule: "svg-script",
					Message: fmt.Sprintf("the picture %s holds a script: %s", name, found), Hint: "take it out of the file; on a slide it does nothing"})
			}
		}
	}
	return problems
}}

// foreignSVG is the SVG file that an image names, unless an experiment in Go draws it.
func (c *checker) foreignSVG(dk *deck.Deck, l deck.Target) (name string, ok bool) {
	file, ok := deck.LocalFile(l.Dest)
	if !ok || !l.Image || !strings.EqualFold(path.Ext(file), ".svg") {
		return "", false
	}
	name, err := resolve(dk, file)
	if err != nil {
		return "", false
	}
	e := c.experimentOf(name)
	return name, e == nil || e.Command != nil
}

var mayBeScript = lazy.Regexp(`(?i)<(?:\w+:)?script|\son[a-z]+\s*=|javascript:`)

// scriptIn says what runs in an SVG file, or "".
func scriptIn(svg []byte) string {
	if !mayBeScript().Match(svg) {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	d.Strict = false
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		switch t := token.(type) {
		case xml.Directive:
			if mayBeScript().Match(t) { // an entity may stand for one
				return "in an entity"
			}
		case xml.StartElement:
			if found := runsIn(t); found != "" {
				return found
			}
		}
	}
}

// runsIn says what in the tag of an element is a script, or "".
func runsIn(t xml.StartElement) string {
	if strings.EqualFold(t.Name.Local, "script") {
		return "<script>"
	}
	for _, a := range t.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") && len(name) > 2 {
			return a.Name.Local + "="
		}
		if url := strings.ToLower(strings.TrimSpace(a.Value)); name == "href" && strings.HasPrefix(url, "javascript:") {
			return "javascript:"
		}
	}
	return ""
}
