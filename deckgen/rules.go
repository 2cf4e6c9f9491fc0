package deckgen

import (
	"fmt"
	"maps"
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

// ofDecks makes an inspection of what is found in one deck.
func ofDecks(find func(*checker, *deck.Deck) []deck.Problem, rules ...deck.Rule) inspection {
	return inspection{rules, func(c *checker) (problems []deck.Problem) {
		for _, dk := range c.decks {
			problems = append(problems, find(c, dk)...)
		}
		return problems
	}}
}

// inspections are all of them, each in a file of its own.
var inspections = []inspection{
	deckInspection,
	referenceInspection,
	claimInspection,
	wordingInspection,
	recordInspection,
	figureInspection,
	foreignInspection,
	orphanInspection,
	settingInspection,
	rerunInspection,
	slideCountInspection,
	themeInspection,
	formulaInspection,
	overflowInspection,
	clippedInspection,
	imageInspection,
	glyphInspection,
	smallTextInspection,
	contrastInspection,
	movingInspection,
	directiveInspection,
	themeNameInspection,
	classInspection,
	pictureInspection,
	linkInspection,
	svgInspection,
	slideInspection,
	numberInspection,
	mathInspection,
	subjectInspection,
	sourceInspection,
	repeatedInspection,
	styleInspection,
	misreadInspection,
}

// rules are the catalogue: every rule that a problem can have, by name.
var rules = map[string]deck.Rule{}

func init() {
	for _, in := range append(inspections, inspection{rules: renderRules}) {
		for _, r := range in.rules {
			rules[r.Name] = r
		}
	}
}

// catalogue lists the rules by name.
func catalogue() (all []deck.Rule) {
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		all = append(all, rules[name])
	}
	return all
}

// undecided are the rules whose problems leave open whether the rest is well.
var undecided = []string{"broken-record", "unreadable"}

// listRules writes the catalogue, with the severities that hold in this repository, or the pages of some rules.
func (d *driver) listRules(names []string) error {
	for i, name := range names {
		if _, ok := rules[name]; !ok {
			return unknownRule(name)
		}
		if i > 0 {
			fmt.Fprintln(d.sys.out)
		}
		fmt.Fprint(d.sys.out, rulePage(name))
	}
	if len(names) > 0 {
		return nil
	}
	set, err := d.readSettings()
	if err != nil {
		return err
	}
	v := set.severer(nil)
	w := tabwriter.NewWriter(d.sys.out, 0, 0, 2, ' ', 0)
	for _, r := range catalogue() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, v.of(deck.Problem{Rule: r.Name}), r.Summary)
	}
	return w.Flush()
}

func unknownRule(name string) error {
	return fail(didYouMean(name, slices.Sorted(maps.Keys(rules))), "there is no rule %q", name)
}
