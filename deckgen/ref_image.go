package deckgen

import (
	"errors"
	"path"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// image looks whether a picture is there, and whether one in an experiment's folder is a figure of it. Whether the
// figure is up to date is for the figure rule to say.
func (d referrer) image(r deck.Reference, file string) answer {
	e := d.experimentOf(file)
	if ext := path.Ext(file); e == nil || ext != ".svg" && (ext != ".png" || e.Command == nil) {
		return d.picture(r, file)
	}
	figures, refused := d.figuresOf(r, e)
	if figures == nil {
		return refused
	}
	name := figureName(file)
	if figures.byName[name] == nil {
		return d.refuse(r, "unknown-reference", didYouMean(name, figures.names()), "%s has no figure %q", e.Name, name)
	}
	return answer{}
}

// picture is an image that no experiment makes.
func (d referrer) picture(r deck.Reference, file string) answer {
	info, err := d.tree.root.Stat(file)
	if err != nil {
		file, _, _ = strings.Cut(file, "?") // a query that only defeats caches
		info, err = d.tree.root.Stat(file)
	}
	switch {
	case err != nil && errors.Is(plain(file, err), errOutside):
		return d.refuse(r, "outside", "use a file of this repository", "%s: %v", r.Target, errOutside)
	case err != nil:
		return d.noFile(r, file)
	case info.IsDir():
		return d.refuse(r, "missing-image", "name a file in it", "%s is a folder", file)
	case isText(file):
		return d.refuse(r, "missing-image", "name a picture, or leave out the !", "%s is no picture", file)
	}
	return answer{}
}

// figuresOf are the figures that the record of an experiment declares.
func (d referrer) figuresOf(r deck.Reference, e *lab.Experiment) (*node, answer) {
	r.Fragment = "/figures"
	n, refused := d.target(r, recordFile(e))
	if n != nil {
		n.open()
	}
	return n, refused
}

// isText reports whether the name of a file is that of something that nothing shows as an image.
func isText(file string) bool { return textFiles[strings.ToLower(path.Ext(file))] }

var textFiles = map[string]bool{".json": true, ".md": true, ".go": true, ".py": true, ".txt": true, ".csv": true, ".yaml": true, ".yml": true, ".html": true, ".css": true, ".js": true}
