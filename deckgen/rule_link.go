package deckgen

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// linkInspection looks whether what a deck names without being a reference is there.
var linkInspection = ofDecks(deadLinks,
	deck.Rule{Name: "dead-link", Severity: deck.Warning, Summary: "a link leads to a file or a slide that does not exist"},
	deck.Rule{Name: "html-image", Severity: deck.Error, Summary: "there is no such picture, in HTML or in a directive"})

func deadLinks(c *checker, dk *deck.Deck) (problems []deck.Problem) {
	answers := map[deck.Target]deck.Problem{} // asking the disk costs most of the time
	for _, l := range dk.Links {
		question := deck.Target{Dest: l.Dest, Image: l.Image, Reference: l.Reference, Footnote: l.Footnote}
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
	return append(problems, c.backgroundProblems(dk)...)
}

func (c *checker) linkProblem(dk *deck.Deck, l deck.Target) (p deck.Problem) {
	if anchor, ok := strings.CutPrefix(l.Dest, "#"); ok && !l.Image {
		slide, err := strconv.Atoi(anchor)
		switch {
		case err != nil:
			return missingAnchor(dk, anchor)
		case slide < 1 || slide > len(dk.Slides):
			p.Rule, p.Message, p.Hint = "dead-link", fmt.Sprintf("there is no slide %d", slide), fmt.Sprintf("the deck has %s", plural(len(dk.Slides), "slide"))
		}
		return p
	}
	if l.Reference {
		return p
	}
	if p := c.addressProblem(l); p.Rule != "" {
		return p
	}
	file, ok := deck.LocalFile(l.Dest)
	if !ok {
		return p
	}
	name, err := resolve(dk, file)
	if err != nil || c.thereAs(name) {
		return p
	}
	p.Rule, p.Message, p.Hint = "dead-link", "there is no file "+name, c.similar(name)
	switch {
	case l.Image:
		p.Rule = "html-image"
	case l.Footnote && c.ownEngine():
		return deck.Problem{}
	case l.Footnote:
		p.Message, p.Hint = "Marp knows no footnotes: this is a link to "+l.Dest, "write the note on the slide itself"
	case mailAddress().MatchString(l.Dest):
		p.Hint = "write mailto:" + l.Dest
	case siteAddress().MatchString(l.Dest):
		p.Hint = "write https://" + l.Dest
	}
	return p
}

var (
	mailAddress = lazy.Regexp(`^[^@\s/]+@[^@\s/]+\.[A-Za-z]{2,}$`)
	siteAddress = lazy.Regexp(`^(?i)(?:www\.[^/\s]+|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|app|ai|eu|de|fr|uk|jp|cn|kr|br|es|it))(?:[/?#]|$)`)
)

var (
	nearlyHTTP = lazy.Regexp(`^(?i)(?:htp|htps|http|https|hptts?|ttps?|htttps?)(?::/?[^/]|://?/?$)|^(?i)(?:htp|htps|hptts?|ttps?|htttps?)://`)
	diskPath   = lazy.Regexp(`^(?i)(?:file:|[a-z]:[\\/])`)
)

// addressProblem finds an address that leads nowhere whatever is on the disk.
func (c *checker) addressProblem(l deck.Target) (p deck.Problem) {
	switch {
	case l.Dest == "" && l.Image:
		p.Rule, p.Message, p.Hint = "missing-image", "this image names no file", "write its path into the round brackets"
	case l.Image && isColor(l.Dest):
		p.Rule, p.Message, p.Hint = "missing-image", "Marp takes no colour from an image", colorHint
	case l.Dest == "":
		p.Rule, p.Message, p.Hint = "dead-link", "this link leads nowhere", "write an address into the round brackets"
	case nearlyHTTP().MatchString(l.Dest):
		p.Rule, p.Message, p.Hint = "dead-link", "this is no address: "+l.Dest, "write https://…"
	case diskPath().MatchString(l.Dest):
		p.Rule, p.Message, p.Hint = "dead-link", l.Dest+" is a file of one machine, which nobody else has", "use a file of this repository"
		if l.Image {
			p.Rule = "missing-image"
		}
	case strings.HasPrefix(l.Dest, "/") && !strings.HasPrefix(l.Dest, "//"):
		name := strings.TrimPrefix(l.Dest, "/")
		name, _, _ = strings.Cut(name, "#")
		if c.all && name != "" && c.tree.has(name) {
			p.Rule, p.Message, p.Hint = "dead-link", l.Dest+" starts at the root of the disk, not of the repository", "write the path from the folder of the deck: ../"+name
		}
	}
	return p
}

var (
	headingLine = lazy.Regexp(`(?m)^(?: {0,3}#{1,6}[ \t]+(.*)|(\S.*)\r?\n *(?:=+|-+) *)\r?$`)
	namedHere   = lazy.Regexp(`\b(?:id|name)\s*=\s*["']?([^"'\s>]+)`)
)

// missingAnchor finds a link to a heading that the deck does not have. How Marp makes names of headings is not its
// business: letters and digits count.
func missingAnchor(dk *deck.Deck, anchor string) (p deck.Problem) {
	if anchor == "" {
		return p
	}
	want := lettersOf(anchor)
	for _, m := range headingLine().FindAllSubmatch(dk.Src, -1) {
		if h := lettersOf(string(m[1]) + string(m[2])); h == want || strings.HasPrefix(want, h) && strings.Trim(want[len(h):], "0123456789") == "" {
			return p
		}
	}
	for _, m := range namedHere().FindAllSubmatch(dk.Src, -1) {
		if string(m[1]) == anchor {
			return p
		}
	}
	if want != "" {
		p.Rule, p.Message, p.Hint = "dead-link", "there is no heading #"+anchor+" in this deck", "name a slide by its number: #3"
	}
	return p
}

func lettersOf(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		s = plain
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// pageFiles are the endings of files that web sites show as pages.
var pageFiles = []string{".md", ".html", ".ipynb"}

// thereAs reports whether a file is there, or something that a web site would show under its name.
func (c *checker) thereAs(name string) bool {
	name = strings.TrimSuffix(name, "/")
	if c.tree.has(name) || path.Ext(name) == "" && slices.ContainsFunc(pageFiles, func(ext string) bool { return c.tree.has(name + ext) }) {
		return true
	}
	made := path.Ext(name) == ".html" || path.Ext(name) == ".pdf" || path.Ext(name) == ".pptx"
	return made && c.tree.has(strings.TrimSuffix(name, path.Ext(name))+".md")
}

// similar is a hint for a file that is not there.
func (d *driver) similar(file string) string {
	dir := path.Dir(file)
	alike := slices.DeleteFunc(d.tree.list(dir), func(name string) bool { return isText(name) != isText(file) })
	if n := nearest(path.Base(file), alike); n != "" {
		return "did you mean " + path.Join(dir, n) + "?"
	}
	if module := d.submodule(file); module != "" {
		return module + " is a submodule: git submodule update --init " + module
	}
	if !d.tree.has(dir) {
		return "there is no folder " + dir
	}
	return "mend the path, or add the file"
}

var submodulePath = lazy.Regexp(`(?m)^\s*path\s*=\s*(.+?)\s*$`)

// submodule is the Git submodule that a file belongs to, "" for none.
func (d *driver) submodule(file string) string {
	modules, _ := d.tree.read(".gitmodules")
	for _, m := range submodulePath().FindAllStringSubmatch(string(modules), -1) {
		if strings.HasPrefix(file, m[1]+"/") {
			return m[1]
		}
	}
	return ""
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
			name, err := resolve(dk, file)
			if ok && err == nil && !c.tree.has(name) {
				problems = append(problems, deck.Problem{Path: dk.Path, Line: v.Line, Col: v.Col, Slide: v.Slide, Rule: "html-image",
					Message: "there is no file " + name, Hint: c.similar(name)})
			}
		}
	}
	return problems
}
