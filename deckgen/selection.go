package deckgen

import (
	"bytes"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/lab"
)

// A selection is what the arguments name.
type selection struct {
	experiments []*lab.Experiment
	decks       []*deck.Deck
	all         bool
}

// selected finds what the names on the command line stand for. A deck brings the experiments that it shows; an
// experiment brings the decks that show it.
func (d *driver) selected(names []string) (*selection, error) {
	files, err := d.deckFiles()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return d.everything(files)
	}
	d.enough()
	s := &selection{}
	var named []string
	for _, name := range names {
		if es := d.experimentsNamed(name); len(es) > 0 {
			s.addExperiments(es...)
			continue
		}
		file, err := d.deckNamed(name, files)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(named, file) {
			named = append(named, file)
		}
	}
	others, err := d.showing(s.experiments, files, named)
	if err != nil {
		return nil, err
	}
	if s.decks, err = d.parseAll(named); err != nil {
		return nil, err
	}
	for _, dk := range s.decks {
		s.addExperiments(d.shownBy(dk)...)
	}
	s.decks = append(s.decks, others...)
	return s, nil
}

// showing finds the decks that show any of the experiments, leaving out some.
func (d *driver) showing(es []*lab.Experiment, files, without []string) (decks []*deck.Deck, err error) {
	for _, file := range files {
		if len(es) == 0 || slices.Contains(without, file) {
			continue
		}
		dk, err := d.parse(file)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(d.shownBy(dk), func(e *lab.Experiment) bool { return slices.Contains(es, e) }) {
			decks = append(decks, dk)
		}
	}
	return decks, nil
}

func (d *driver) everything(files []string) (*selection, error) {
	decks, err := d.parseAll(files)
	if err != nil {
		return nil, err
	}
	s := &selection{all: true, experiments: d.Experiments, decks: decks}
	if len(s.decks) == 0 && len(s.experiments) == 0 {
		return nil, fail(d.noDeckHint(), "there is no deck and no experiment in %s", d.tree.dir)
	}
	return s, nil
}

// noDeckHint says how to come to a deck, perhaps with a file that is there already.
func (d *driver) noDeckHint() string {
	for _, name := range d.tree.list(".") {
		if path.Ext(name) == ".md" && name != "README.md" {
			return name + " is a deck if its front matter says marp: true, or if it is named: deckgen check " + name
		}
	}
	return "deckgen new deck talk makes a deck here, -C DIR works on another folder"
}

func (s *selection) addExperiments(es ...*lab.Experiment) {
	for _, e := range es {
		if !slices.Contains(s.experiments, e) {
			s.experiments = append(s.experiments, e)
		}
	}
}

func (d *driver) experimentsNamed(name string) (found []*lab.Experiment) {
	name = strings.TrimSuffix(name, "/")
	for _, e := range d.Experiments {
		if e.Name == name || path.Dir(e.Name) == name {
			found = append(found, e)
		}
	}
	return found
}

// deckNamed finds a deck by its path from the working directory, or by its name alone.
func (d *driver) deckNamed(name string, files []string) (string, error) {
	if isMarkdown(name) {
		file, err := d.tree.local(absolute(d.sys.dir, filepath.FromSlash(name)))
		if err != nil {
			return "", fail("deckgen -C DIR works on another folder", "%s: %w", name, err)
		}
		if d.tree.has(file) {
			return file, nil
		}
	}
	known := slices.Clone(files)
	for _, file := range files {
		base := path.Base(file)
		if name == file || name == base || name == strings.TrimSuffix(base, path.Ext(base)) {
			return file, nil
		}
	}
	for _, e := range d.Experiments {
		if section := path.Dir(e.Name); !slices.Contains(known, section) {
			known = append(known, section)
		}
		known = append(known, e.Name)
	}
	return "", fail(didYouMean(name, known), "there is no experiment, section or deck %q", name)
}

// deckFiles lists the decks of the repository. A folder that cannot be read is an error: it may hold some.
func (d *driver) deckFiles() (files []string, err error) {
	files = d.decksAtTop()
	err = d.tree.walk("slides", func(name string, _ fs.DirEntry) {
		if isMarkdown(name) {
			files = append(files, name)
		}
	})
	return files, err
}

// decksAtTop lists the decks beside the folders: there a Markdown file is one if its front matter says marp: true, or
// something else that only Marp reads.
func (d *driver) decksAtTop() (files []string) {
	for _, name := range d.tree.list(".") {
		if !isMarkdown(name) {
			continue
		}
		if src, err := d.tree.read(name); err != nil || !bytes.HasPrefix(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), []byte("---")) {
			continue // most have no front matter
		}
		if dk, err := d.parse(name); err == nil && slices.ContainsFunc(dk.Directives, forMarp) {
			files = append(files, name)
		}
	}
	return files
}

// isMarkdown reports whether a file may be a deck by its name.
func isMarkdown(name string) bool { return path.Ext(name) == ".md" || path.Ext(name) == ".markdown" }

var marpAlone = lazy.Regexp(`^(?:_\w+|headingDivider|paginate|background[A-Z]\w+)$`)

func forMarp(v deck.Directive) bool {
	return v.FrontMatter && (v.Key == "marp" && v.Value == "true" || marpAlone().MatchString(v.Key) && deck.KnownDirective(v.Key))
}

// shownBy lists the experiments that a deck shows something of, in the order of the list.
func (d *driver) shownBy(dk *deck.Deck) (shown []*lab.Experiment) {
	seen := map[*lab.Experiment]bool{}
	for _, r := range dk.Refs {
		if file, err := resolve(dk, r.Target); err == nil {
			seen[d.experimentOf(file)] = true
		}
	}
	for _, e := range d.Experiments {
		if seen[e] {
			shown = append(shown, e)
		}
	}
	return shown
}
