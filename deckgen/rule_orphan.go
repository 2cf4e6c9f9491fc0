package deckgen

import (
	"io/fs"
	"path"
	"strings"

	"deckgen/deckgen/deck"
)

// orphanInspection finds files in assets that no experiment makes and no deck shows. Themes and what they use are the
// author's.
var orphanInspection = inspection{[]deck.Rule{
	{Name: "orphan", Severity: deck.Error, Summary: "no experiment makes this file any more"},
	{Name: "unused-file", Severity: deck.Warning, Summary: "no deck shows this file"},
}, orphanProblems}

func orphanProblems(c *checker) (problems []deck.Problem) {
	if !c.all {
		return nil
	}
	known, sections := c.known()
	err := c.tree.walk("assets", func(name string, _ fs.DirEntry) {
		if known[name] || strings.HasPrefix(name, "assets/themes/") {
			return
		}
		p := deck.Problem{Path: name, Rule: "unused-file", Message: "no deck shows this file",
			Hint: "delete it, or show it"}
		if parts := strings.Split(name, "/"); sections[parts[1]] || path.Base(name) == "result.json" {
			p.Rule, p.Message, p.Hint = "orphan", "no experiment makes this file any more", "delete it"
		}
		problems = append(problems, p)
	})
	if err != nil {
		problems = append(problems, deck.Problem{Path: "assets", Rule: "unreadable", Message: strings.ReplaceAll(err.Error(), "\n", "; ")})
	}
	return problems
}

// known are the files that experiments make or decks show, and the folders of the sections.
func (c *checker) known() (files, sections map[string]bool) {
	files, sections = map[string]bool{}, map[string]bool{}
	for i, s := range c.states {
		sections[path.Dir(s.experiment.Name)] = true
		files[recordFile(s.experiment)] = true
		if s.result != nil {
			for name := range s.result.Figures {
				files[figureFile(s.experiment, name)] = true
			}
		}
		if sk := c.sketches[i]; sk != nil {
			for name := range sk.ids {
				files[figureFile(s.experiment, name)] = true
			}
		}
	}
	for _, dk := range c.decks {
		for _, r := range dk.Refs {
			if file, err := resolve(dk, r.Target); err == nil {
				files[file] = true
			}
		}
	}
	return files, sections
}
