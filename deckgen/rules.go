package deckgen

import (
	"cmp"
	"fmt"
	"slices"
	"text/tabwriter"

	"deckgen/deckgen/deck"
)

// An inspection finds the problems of one rule, or of a few that are found together. What it returns needs no severity:
// that is the rule's, or what deckgen.yaml or the slide says.
type inspection struct {
	rules []deck.Rule // each with a page docs/rules/<name>.md
	find  func(*checker) []deck.Problem
}

// inspections are all of them, each in a file of its own.
var inspections = []inspection{
	deckInspection,
	referenceInspection,
	claimInspection,
	recordInspection,
	figureInspection,
	orphanInspection,
}

// catalogue lists every rule that a problem can have.
func catalogue() []deck.Rule {
	all := slices.Clone(renderRules)
	for _, in := range inspections {
		all = append(all, in.rules...)
	}
	slices.SortFunc(all, func(a, b deck.Rule) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// ruleNamed finds a rule; a problem whose rule is not in the catalogue is an error of ours, and a test finds it.
func ruleNamed(name string) (deck.Rule, bool) {
	all := catalogue()
	i, found := slices.BinarySearchFunc(all, name, func(r deck.Rule, name string) int { return cmp.Compare(r.Name, name) })
	if !found {
		return deck.Rule{Name: name}, false
	}
	return all[i], true
}

// undecided are the rules whose problems leave open whether the rest is well.
var undecided = []string{"broken-record", "unreadable"}

// listRules writes the catalogue.
func (d *driver) listRules() error {
	w := tabwriter.NewWriter(d.sys.out, 0, 0, 2, ' ', 0)
	for _, r := range catalogue() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Severity, r.Summary)
	}
	return w.Flush()
}
