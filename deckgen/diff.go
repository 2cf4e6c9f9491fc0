package deckgen

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

type diffFlags struct {
	From     string `arg:"" optional:"" default:"HEAD" help:"A commit, a branch or a tag. Default: HEAD."`
	To       string `arg:"" optional:"" help:"Another one. Default: the files as they are."`
	JSON     bool   `name:"json" xor:"form" help:"Write JSON."`
	Markdown bool   `xor:"form" help:"Write Markdown, for a pull request."`
	Pictures string `placeholder:"PATH" help:"Draw the slides that changed, before and after: in a page PATH.html, or as PNG files in a folder PATH."`
	At       string `name:"pictures-at" placeholder:"URL" help:"With --markdown, show the files of --pictures, which are at URL by now."`
}

// Help gives examples of diff.
func (diffFlags) Help() string {
	return `Examples:
  deckgen diff                      what has changed since the last commit
  deckgen diff main                 since the branch main
  deckgen diff v1 v2                between two tags
  deckgen diff --markdown main      for a pull request
  deckgen diff --pictures d.html    the slides that changed, before and after
  deckgen diff --pictures changed   the same as PNG files, 640 pixels wide

A value has moved within its spread if it moved by no more than one standard deviation over the seeds, beyond
it if by more, and apart if not even its highest and lowest seeds overlap.`
}

// A difference is what changed in records, decks and figures.
type difference struct {
	From    string         `json:"from"`
	To      string         `json:"to"`
	Records []recordChange `json:"records"`
	Decks   []deckChange   `json:"decks"`
	Files   []fileChange   `json:"files"` // what else lies in assets: figures, pictures, themes
}

// A fileChange is a file that is new, gone or changed.
type fileChange struct {
	Path  string `json:"path"`
	State string `json:"state"`
}

// The states of what is not as it was.
const (
	isNew     = "new"
	isGone    = "gone"
	isChanged = "changed"
)

func (d *driver) diffVerb(f diffFlags) error {
	diff, unread, err := d.diff(f.From, f.To, f.Pictures)
	if err != nil {
		return err
	}
	switch {
	case f.JSON:
		err = indented(d.sys.out, diff)
	case f.Markdown:
		err = writeDiffMarkdown(d.sys.out, diff, f.At)
	default:
		err = writeDiffText(d.sys.out, diff)
	}
	d.talk("%s", diff.summary())
	return errors.Join(err, unread)
}

const workingTree = "the working tree"

// diff compares two commits, or a commit with the files as they are if to is "". What cannot be read or drawn is an
// error by itself, and the rest is compared all the same.
func (d *driver) diff(from, to, pictures string) (diff difference, unread, err error) {
	was, closeWas, err := d.side(from)
	if err != nil {
		return diff, nil, err
	}
	defer closeWas()
	is, closeIs, err := d.side(to)
	if err != nil {
		return diff, nil, err
	}
	defer closeIs()
	diff, unread = compare(was, is, from, cmp.Or(to, workingTree))
	if pictures != "" {
		unread = errors.Join(unread, d.lendMarp(was.tree), d.lendMarp(is.tree), writePictures(was, is, diff, absolute(d.sys.dir, pictures)))
	}
	return diff, unread, nil
}

// side is the repository as it was in a commit, or as it is for "".
func (d *driver) side(name string) (*driver, func(), error) {
	if name == "" {
		return d, func() {}, nil
	}
	sha, err := d.commit(name)
	if err != nil {
		return nil, nil, err
	}
	return d.at(sha)
}

// compare compares two states of a repository.
func compare(was, is *driver, from, to string) (diff difference, unread error) {
	diff = difference{From: from, To: to, Records: []recordChange{}, Decks: []deckChange{}, Files: []fileChange{}}
	assets, errA := diff.eitherHas(was.assets, is.assets)
	decks, errD := diff.eitherHas(was.deckFiles, is.deckFiles)
	errs := []error{errA, errD}
	for _, file := range assets {
		a, errA := was.tree.read(file)
		b, errB := is.tree.read(file)
		if err := diff.unread(errA, errB); err != nil {
			errs = append(errs, err)
			continue
		}
		state := stateOf(errA, errB)
		if state == isChanged && bytes.Equal(a, b) {
			continue
		}
		if path.Base(file) != "result.json" {
			diff.Files = append(diff.Files, fileChange{file, state})
			continue
		}
		c, err := compareRecords(file, a, b)
		errs = append(errs, err)
		c.State = state
		diff.Records = append(diff.Records, c)
	}
	for _, file := range decks {
		c, err := compareDecks(was, is, file, &diff)
		errs = append(errs, err)
		if c.State != "" {
			diff.Decks = append(diff.Decks, c)
		}
	}
	return diff, errors.Join(errs...)
}

// unread says on which side a file is there and cannot be read.
func (diff difference) unread(was, is error) (err error) {
	for _, side := range []struct {
		name string
		err  error
	}{{diff.From, was}, {diff.To, is}} {
		if side.err != nil && !errors.Is(side.err, errMissing) {
			err = errors.Join(err, fmt.Errorf("not compared: in %s %w", side.name, side.err))
		}
	}
	return err
}

// stateOf says what became of a file, by the errors of reading it before and after.
func stateOf(was, is error) string {
	switch {
	case was != nil:
		return isNew
	case is != nil:
		return isGone
	}
	return isChanged
}

// assets lists the files below assets.
func (d *driver) assets() (files []string, err error) {
	err = d.tree.walk("assets", func(name string, e fs.DirEntry) {
		if e.Type().IsRegular() {
			files = append(files, name)
		}
	})
	return files, err
}

// eitherHas lists what is in one list or the other, sorted.
func (diff difference) eitherHas(was, is func() ([]string, error)) ([]string, error) {
	a, errA := was()
	b, errB := is()
	return union(a, b), diff.unread(errA, errB)
}

func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// summary says in one line how much has changed.
func (diff difference) summary() string {
	moved, beyond, flipped, slides := 0, 0, 0, 0
	for _, r := range diff.Records {
		moved += len(r.Values)
		for _, v := range r.Values {
			if v.Size == beyondSpread || v.Size == apartFrom {
				beyond++
			}
		}
		for _, c := range r.Claims {
			if c.Flipped {
				flipped++
			}
		}
	}
	for _, c := range diff.Decks {
		slides += len(c.Slides)
	}
	return fmt.Sprintf("compared %s with %s: %s moved, %d beyond the spread; %s flipped; %s changed; %s changed",
		diff.From, diff.To, plural(moved, "value"), beyond, plural(flipped, "claim"), plural(slides, "slide"),
		plural(len(diff.Files), "file")+" in assets")
}

func (diff difference) empty() bool {
	return len(diff.Records)+len(diff.Decks)+len(diff.Files) == 0
}

// compareWithCommit says, after everything was built, what is not as it was committed. Git may know that all of it is.
func (d *driver) compareWithCommit(same bool) {
	if same {
		d.talk(asCommitted)
		return
	}
	diff, unread, err := d.diff("HEAD", "", "")
	err = cmp.Or(err, unread)
	var text strings.Builder
	switch {
	case d.ctx.Err() != nil:
		return
	case err != nil:
		d.talk("compared with nothing: %v", err)
		return
	case diff.empty():
		d.talk(asCommitted)
		return
	}
	if err := writeDiffText(&text, diff); err == nil {
		d.talk("%s%s", text.String(), diff.summary())
	}
}

const asCommitted = "the same as the last commit, byte for byte: records, figures and decks"

// compared are git's patterns of what a diff looks at: what lies in its folders, decks beside them, and other files that
// decks point into.
func (d *driver) compared() []string {
	patterns := []string{"assets", "slides"}
	for _, name := range d.tree.list(".") {
		if isMarkdown(name) {
			patterns = append(patterns, ":(literal)"+name)
		}
	}
	for file := range d.docs.read {
		patterns = append(patterns, ":(literal)"+file)
	}
	return patterns
}

// sortedKeys lists the keys of two maps.
func sortedKeys[V any](a, b map[string]V) []string {
	return union(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
}
