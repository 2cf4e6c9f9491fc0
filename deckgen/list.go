package deckgen

import (
	"encoding/json"
	"fmt"
	"path"
	"text/tabwriter"
)

type listFlags struct {
	nameArgs
	dataFlag
	JSON bool `name:"json" help:"Write JSON."`
}

// Help gives examples of list.
func (listFlags) Help() string {
	return `Examples:
  deckgen list                                          every experiment
  deckgen list slides/05_learning_technic.md            those that a deck shows
  deckgen list --json | jq -r '.[] | select(.state != "fresh").name'`
}

// listed is an experiment as list --json writes it.
type listed struct {
	Name    string          `json:"name"`
	Section string          `json:"section"`
	Title   string          `json:"title"`
	Seeds   int             `json:"seeds"`
	State   string          `json:"state"` // fresh, stale, missing, broken or unknown
	Reasons []string        `json:"reasons"`
	Record  string          `json:"record"`
	Figures []string        `json:"figures"`
	Params  json.RawMessage `json:"params"`
}

func (d *driver) listVerb(f listFlags) error {
	es := d.Experiments
	if len(f.Names) > 0 {
		sel, err := d.selected(f.Names)
		if err != nil {
			return err
		}
		es = sel.experiments
	}
	out := []listed{}
	for _, s := range d.states(es, 0, f.Data) {
		e := s.experiment
		l := listed{Name: e.Name, Section: path.Dir(e.Name), Title: e.Title, Seeds: e.Seeds, State: s.word(),
			Reasons: s.allReasons(), Record: recordFile(e), Figures: []string{}, Params: s.params}
		if s.result != nil {
			l.Figures = append(l.Figures, figureNames(s.result.Figures)...)
		}
		out = append(out, l)
	}
	if f.JSON {
		return indented(d.sys.out, out)
	}
	return d.listText(out)
}

func (d *driver) listText(all []listed) error {
	if len(all) == 0 {
		d.talk("there is no experiment yet: deckgen new experiment demo/walk makes one")
	}
	w := tabwriter.NewWriter(d.sys.out, 0, 0, 2, ' ', 0)
	for _, l := range all {
		seeds := ""
		if l.Seeds > 0 {
			seeds = plural(l.Seeds, "seed")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Name, l.State, seeds, l.Title)
		if len(l.Reasons) > 0 {
			fmt.Fprintf(w, "  \t  %s\n", few(l.Reasons))
		}
	}
	return w.Flush()
}
