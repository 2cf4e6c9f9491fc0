package deckgen

import (
	"bytes"
	"embed"
	gofmt "go/format"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"deckgen/deckgen/internal/lazy"
)

// templates are what new makes. They are the examples of the documentation, too.
//
//go:embed template
var templates embed.FS

type newFlags struct {
	Deck       newDeckFlags       `cmd:"" help:"Make a deck."`
	Experiment newExperimentFlags `cmd:"" help:"Make an experiment, and print the slide that shows it."`
	Module     newModuleFlags     `cmd:"" help:"Make a Go module with experiments, a deck and a program of its own."`
}

type newDeckFlags struct {
	Name string `arg:"" help:"Its name: talk makes slides/talk.md."`
}

// Help gives an example of new deck.
func (newDeckFlags) Help() string {
	return `Examples:
  deckgen new deck talk   makes slides/talk.md`
}

type newExperimentFlags struct {
	Name string `arg:"" help:"Its name: SECTION/NAME."`
	Lang string `enum:"python,shell,go" default:"python" help:"The language: python, shell or go."`
}

// Help gives examples of new experiment.
func (newExperimentFlags) Help() string {
	return `The folder of one that is not in Go holds experiment.yaml:

  title     what is tried, in a line
  command   what to run, in this folder, once for each seed: {output}, {seed}, {input} and parameters are filled in
  params    what it computes with
  seeds     how many runs there are behind each value
  inputs    what the command reads: files, folders, patterns. Default: everything in the folder
  outputs   the figures, each with what it shows. Default: those that are written
  draw      a command, and perhaps inputs, that makes the figures from the record
  timeout   how long a run may take. Default: 10m

The command finds {"experiment", "params", "seed"} in the JSON file that DECKGEN_INPUT names, and writes into the folder
DECKGEN_OUTPUT: result.json with "values", "claims", "tables" and "series"; figures as .svg or .png; tables as .csv.

Examples:
  deckgen new experiment demo/walk                            in Python, in experiments/demo/walk
  deckgen new experiment demo/walk >> slides/talk.md          and show it on a slide
  deckgen new experiment demo/collatz --lang shell`
}

type newModuleFlags struct {
	Folder string `arg:"" help:"The folder to make it in."`
	Source string `required:"" placeholder:"DIR" help:"Where the source of deckgen is."`
}

// Help gives an example of new module.
func (newModuleFlags) Help() string {
	return `Examples:
  deckgen new module talk --source ~/src/deckgen   makes talk/go.mod, main.go, an experiment and a deck
  cd talk && go run . build`
}

func (d *driver) newVerb(f newFlags, what string) error {
	switch what {
	case "deck":
		return d.newDeck(f.Deck.Name)
	case "module":
		return d.newModule(f.Module)
	}
	return d.newExperiment(f.Experiment)
}

// A filling is what stands in the gaps of a template.
type filling struct {
	Section, Name   string
	Title           string // of a deck
	Package, Symbol string // Go names
	Module          string
	Assets          string // the folder of the figures, from a deck
}

func fillingOf(name string) filling {
	section, name, _ := strings.Cut(name, "/")
	return filling{Section: section, Name: name, Package: section, Symbol: symbol(name), Assets: "../assets/" + section + "/" + name}
}

// symbol turns random-walk into RandomWalk.
func symbol(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

func (d *driver) newDeck(name string) error {
	name = strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(name), "slides/"), ".md")
	if !fs.ValidPath(name) || name == "." {
		return fail("deckgen new deck talk", "%q cannot be the name of a deck", name)
	}
	out, err := fillIn("deck/deck.md", "slides/"+name+".md", filling{Title: strings.ReplaceAll(path.Base(name), "_", " ")})
	if err != nil {
		return err
	}
	return d.make(d.tree, out)
}

var (
	newNameRE = lazy.Regexp(`^[a-z0-9_-]+/[a-z0-9_-]+$`)
	goNameRE  = lazy.Regexp(`^[a-z][a-z0-9]*/[a-z][a-z0-9_-]*$`)
)

func (d *driver) newExperiment(f newExperimentFlags) error {
	valid, letters := newNameRE, "lower-case letters, digits, - and _"
	if f.Lang == "go" {
		valid, letters = goNameRE, "lower-case letters and digits, beginning with a letter"
	}
	if !valid().MatchString(f.Name) {
		return fail("deckgen new experiment demo/walk", "the name %q is not SECTION/NAME in %s", f.Name, letters)
	}
	for _, e := range d.Experiments {
		if e.Name == f.Name {
			return fail("take another name", "there is an experiment %s already", f.Name)
		}
	}
	b := fillingOf(f.Name)
	if len(d.decksAtTop()) > 0 && !d.tree.has("slides") {
		b.Assets = strings.TrimPrefix(b.Assets, "../")
	}
	outs, err := experimentFiles(f.Lang, b)
	if err != nil {
		return err
	}
	slide, err := fillIn(f.Lang+"/slide.md", "", b)
	if err != nil {
		return err
	}
	if err := d.make(d.tree, outs...); err != nil {
		return err
	}
	if f.Lang == "go" {
		d.talk("name %s.%s in the list of experiments, then: go run ./cmd/deckgen build", b.Package, b.Symbol)
	} else {
		d.talk("look at it, then: deckgen trust, and: deckgen build")
	}
	_, err = d.sys.out.Write(slide.data)
	return err
}

// experimentFiles are the files of an experiment in a language.
func experimentFiles(lang string, b filling) (outs []output, err error) {
	if lang == "go" {
		out, err := fillIn("go/experiment.go.tmpl", "experiments/"+b.Section+"/"+b.Name+".go", b)
		return []output{out}, err
	}
	entries, err := templates.ReadDir("template/" + lang)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Name() == "slide.md" {
			continue
		}
		out, err := fillIn(lang+"/"+e.Name(), "experiments/"+b.Section+"/"+b.Name+"/"+e.Name(), b)
		if err != nil {
			return nil, err
		}
		outs = append(outs, out)
	}
	return outs, nil
}

// fillIn makes a file from a template.
func fillIn(from, to string, b filling) (output, error) {
	t, err := template.ParseFS(templates, "template/"+from)
	if err != nil {
		return output{}, err
	}
	var text bytes.Buffer
	if err := t.Execute(&text, b); err != nil {
		return output{}, err
	}
	if path.Ext(to) != ".go" {
		return output{to, text.Bytes()}, nil
	}
	src, err := gofmt.Source(text.Bytes())
	return output{to, src}, err
}

// make writes new files, all or none, and never over one that is there.
func (d *driver) make(t *tree, outs ...output) error {
	for _, o := range outs {
		if _, err := t.root.Lstat(o.name); err == nil {
			return fail("take another name, or delete it first", "%s is there already; nothing was changed", o.name)
		}
	}
	changed, err := t.write(outs)
	for _, name := range changed {
		d.talk("made %s", filepath.Join(t.dir, filepath.FromSlash(name)))
	}
	return err
}
