package deckgen

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/lab"
)

type explainFlags struct {
	Names []string `arg:"" help:"What to explain: an experiment, a figure, a value or claim in a record, a listing, or a slide."`
	dataFlag
	JSON bool `name:"json" help:"Write JSON."`
}

// Help gives examples of explain.
func (explainFlags) Help() string {
	return `Examples:
  deckgen explain optimizers/training                                       an experiment
  deckgen explain assets/optimizers/paths/sgd.svg                           a figure
  deckgen explain optimizers/training#/values/adam/final_loss               a value or a claim
  deckgen explain experiments/nn/optimizer.go#SGD.Step                      a listing
  deckgen explain slides/05_learning_technic.md#23                          everything on a slide
  deckgen explain slides/05_learning_technic.md:486                         everything on a line`
}

// An explanation says where a thing on a slide comes from.
type explanation struct {
	Kind    string          `json:"kind"` // experiment, figure, value, claim, table, listing or file; what a deck calls it where there is a problem
	Subject string          `json:"subject"`
	Value   json.RawMessage `json:"value,omitempty"`  // as the record has it
	Figure  *lab.FigureID   `json:"figure,omitempty"` // as the record has it
	Claim   *lab.Claim      `json:"claim,omitempty"`
	Origin  *origin         `json:"origin,omitempty"`     // the experiment that made it
	Reached []string        `json:"reached_by,omitempty"` // a listing: the experiments that run this code
	Problem string          `json:"problem,omitempty"`    // why it cannot be found
	Shown   []shown         `json:"shown"`
}

// An origin is an experiment and the state of its record.
type origin struct {
	Experiment string          `json:"experiment"`
	Title      string          `json:"title"`
	Record     string          `json:"record"`
	State      string          `json:"state"` // fresh, stale, missing, broken or unknown
	Reasons    []string        `json:"reasons"`
	Params     json.RawMessage `json:"params"` // those of the record, or of today where there is none
	Seeds      []uint64        `json:"seeds"`
	Data       *lab.DataID     `json:"data"`
	Code       lab.Code        `json:"code"`
	codeParts  string          // what the code has several of: declaration or file
}

// shown is a place in a deck.
type shown struct {
	File  string `json:"file"`
	Line  int    `json:"line"`
	Col   int    `json:"col"`
	Slide int    `json:"slide"`
	Text  string `json:"text"`
}

func (d *driver) explainVerb(f explainFlags) error {
	x, err := d.explainer(f.Data)
	if err != nil {
		return err
	}
	all := []explanation{}
	for _, name := range f.Names {
		es, err := x.explain(name)
		if err != nil {
			return err
		}
		all = append(all, es...)
	}
	write := writeExplanations
	if f.JSON {
		write = func(w io.Writer, all []explanation) error { return indented(w, all) }
	}
	if err := write(d.sys.out, all); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(e explanation) bool { return e.Problem != "" }) {
		return errProblems
	}
	return nil
}

// An explainer holds what explanations are taken from.
type explainer struct {
	*driver
	files  []string // of the decks
	decks  []*deck.Deck
	data   string
	states map[*lab.Experiment]*state
}

func (d *driver) explainer(dataDir string) (*explainer, error) {
	files, err := d.deckFiles()
	if err != nil {
		return nil, err
	}
	decks, err := d.parseAll(files)
	return &explainer{driver: d, data: dataDir, files: files, decks: decks, states: map[*lab.Experiment]*state{}}, err
}

// slideRE is a place in a deck: #SLIDE, or :LINE and perhaps :COLUMN as check prints it.
var slideRE = lazy.Regexp(`^(.*?)(?:#(\d+)|:(\d+)(?::\d+)?)$`)

// explain finds out what a name on the command line stands for.
func (x *explainer) explain(name string) (all []explanation, err error) {
	for _, e := range x.experimentsNamed(name) {
		all = append(all, x.experiment(e))
	}
	if len(all) > 0 {
		return all, nil
	}
	if m := slideRE().FindStringSubmatch(name); m != nil {
		if file, err := x.deckNamed(m[1], x.files); err == nil {
			return x.place(file, m[2], m[3])
		}
	}
	if file, err := x.deckNamed(name, x.files); err == nil {
		return x.place(file, "", "")
	}
	file, fragment := x.file(name)
	if path.Ext(file) == ".json" && fragment != "" && fragment[0] != '/' {
		fragment = "/" + fragment
	}
	if !x.tree.has(file) {
		return nil, fail(didYouMean(name, x.known()), "there is nothing called %q", name)
	}
	e, err := x.thing(file, fragment)
	return []explanation{e}, err
}

// known are the names that a wrong one may have been meant for.
func (x *explainer) known() (names []string) {
	names = experimentNames(x.Experiments)
	for _, dk := range x.decks {
		for _, r := range dk.Refs {
			if file, err := resolve(dk, r.Target); err == nil {
				names = append(names, subject(file, r.Fragment))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// file takes a file the way that people name it: from the top of the repository, as a deck does, from the working directory, or
// by the experiment that it belongs to.
func (x *explainer) file(name string) (file, fragment string) {
	name, fragment, _ = strings.Cut(name, "#")
	for strings.HasPrefix(name, "../") {
		name = name[len("../"):]
	}
	name = path.Clean(name)
	if len(x.experimentsNamed(name)) == 1 {
		return "assets/" + name + "/result.json", fragment
	}
	here, _ := x.tree.local(absolute(x.sys.dir, name))
	for _, file := range []string{name, here, "assets/" + name, "assets/" + name + ".svg", "assets/" + name + ".png"} {
		if x.tree.has(file) {
			return file, fragment
		}
	}
	return name, fragment
}

func subject(file, fragment string) string {
	if fragment == "" {
		return file
	}
	return file + "#" + fragment
}

// place explains what stands on a slide, on a line, or in the whole deck.
func (x *explainer) place(file, slide, line string) (all []explanation, err error) {
	dk, err := x.parse(file) // which may lie anywhere
	if err != nil {
		return nil, err
	}
	if n, _ := strconv.Atoi(slide); slide != "" && (n < 1 || n > len(dk.Slides)) {
		return nil, fail("", "%s has %s", file, plural(len(dk.Slides), "slide"))
	}
	for _, r := range dk.Refs {
		if (slide == "" || strconv.Itoa(r.Slide) == slide) && (line == "" || strconv.Itoa(r.Line) == line) {
			all = append(all, x.reference(dk, r))
		}
	}
	if len(all) == 0 {
		x.talk("nothing there comes from a record or a source file")
	}
	return all, nil
}

// reference explains what a deck shows. Where that cannot be found, the rest of the slide is explained all the same.
func (x *explainer) reference(dk *deck.Deck, r deck.Reference) explanation {
	e := explanation{Kind: r.Kind.String(), Subject: r.Destination()}
	file, err := resolve(dk, r.Target)
	if err == nil {
		e, err = x.thing(file, r.Fragment)
	}
	if err != nil {
		e.Kind, e.Problem = r.Kind.String(), err.Error()
	}
	e.Shown = []shown{place(dk, r)}
	return e
}

// thing explains what a file and a fragment name: a value, a claim, a figure, a listing.
func (x *explainer) thing(file, fragment string) (explanation, error) {
	e := explanation{Kind: "file", Subject: subject(file, fragment), Shown: x.shown(file, fragment)}
	owner := x.experimentOf(file)
	if owner != nil {
		e.Origin = x.origin(owner)
	}
	var err error
	switch {
	case path.Ext(file) == ".json" && fragment == "" && owner != nil:
		e = x.experiment(owner)
	case path.Ext(file) == ".json":
		err = x.pointed(&e, file, fragment)
	case !x.tree.has(file):
		err = fmt.Errorf("%s: %w", file, errMissing)
	case fragment != "":
		e.Kind, e.Reached = "listing", x.reached(e.Subject)
		_, err = x.cut(file, fragment)
	case owner != nil && x.state(owner).result != nil:
		if id, ok := x.state(owner).result.Figures[figureName(file)]; ok {
			e.Kind, e.Figure = "figure", &id
		}
	}
	return e, err
}

// pointed explains what a pointer names in a record.
func (x *explainer) pointed(e *explanation, file, pointer string) error {
	n, err := x.docs.lookUp(file, pointer)
	var unknown *pointerError
	if errors.As(err, &unknown) {
		return fail(didYouMean(unknown.step, unknown.known), "%s: %w", file, err)
	}
	if err != nil {
		return err
	}
	e.Kind, e.Value = "value", n.raw
	if c, ok := claimAt(x.driver, n, file, pointer); ok {
		e.Kind, e.Claim = "claim", &c
	} else if strings.HasPrefix(pointer, "/tables/") {
		e.Kind = "table"
	}
	return nil
}

func (x *explainer) experiment(e *lab.Experiment) explanation {
	return explanation{Kind: "experiment", Subject: e.Name, Origin: x.origin(e), Shown: x.shown(folder(e), "")}
}

func (x *explainer) state(e *lab.Experiment) *state {
	if x.states[e] == nil {
		x.states[e] = x.driver.state(e, 0, x.data)
	}
	return x.states[e]
}

func (x *explainer) origin(e *lab.Experiment) *origin {
	s := x.state(e)
	o := &origin{Experiment: e.Name, Title: e.Title, Record: recordFile(e), State: s.word(),
		Reasons: s.allReasons(), Params: s.params, Seeds: []uint64{}, codeParts: "declaration"}
	if e.Command != nil {
		o.codeParts = "file"
	}
	if s.result != nil {
		o.Params, o.Seeds, o.Data, o.Code = s.result.Params, s.result.Seeds, s.result.Data, s.result.Code
	}
	return o
}

// reached lists the experiments that run a declaration.
func (x *explainer) reached(symbol string) (names []string) {
	for _, e := range x.Experiments {
		if _, ok := x.state(e).code.Parts[symbol]; ok {
			names = append(names, e.Name)
		}
	}
	return names
}

// shown finds the places where decks show a file, or anything in a folder.
func (x *explainer) shown(file, fragment string) []shown {
	places := []shown{}
	for _, dk := range x.decks {
		for _, r := range dk.Refs {
			target, err := resolve(dk, r.Target)
			if err == nil && (target == file && r.Fragment == fragment || path.Dir(target) == file) {
				places = append(places, place(dk, r))
			}
		}
	}
	return places
}

func place(dk *deck.Deck, r deck.Reference) shown {
	return shown{File: dk.Path, Line: r.Line, Col: r.Col, Slide: r.Slide, Text: r.Text}
}

// paramList writes parameters in a line.
func paramList(raw json.RawMessage) string {
	all := flatten(raw)
	var said []string
	for _, k := range slices.Sorted(maps.Keys(all)) {
		said = append(said, k+" "+all[k])
	}
	return strings.Join(said, ", ")
}
