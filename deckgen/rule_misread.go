package deckgen

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// misreadInspection finds numbers that are right, and read as other ones for what stands beside them or how they are rounded.
var misreadInspection = ofDecks(misreadNumbers,
	deck.Rule{Name: "misread-value", Severity: deck.Warning, Summary: "a number reads as another one: a sign stands beside it twice, or nothing is left of it"})

func misreadNumbers(c *checker, dk *deck.Deck) []deck.Problem {
	d := referrer{c.driver, dk}
	problems := d.alonePercent()
	for _, r := range dk.Refs {
		file, err := resolve(dk, r.Target)
		if err != nil || r.Kind != deck.Link && r.Kind != deck.Table {
			continue
		}
		n, err := d.docs.lookUp(file, r.Fragment)
		if err != nil {
			continue // said already
		}
		message, hint := misreadCell(r, n)
		if r.Kind == deck.Link {
			message, hint = d.misread(r, n)
		}
		if message != "" {
			problems = append(problems, d.problem(r, "misread-value", hint, "%s", message))
		}
	}
	return problems
}

var (
	percentSign = lazy.Regexp(`^\s?(?:%|％|\\%|パーセント|percent\b)`)
	minusBefore = lazy.Regexp(`(?:^|[^\w)\]}.%\s])\s*[-−–]\{?$`)
	minusFirst  = lazy.Regexp(`^[-−–]\d`)
)

// misread looks at what stands directly beside a number.
func (d referrer) misread(r deck.Reference, n *node) (message, hint string) {
	v, _, ok := numberAt(n)
	if !ok {
		return "", ""
	}
	before, after := d.deck.Beside(r)
	percent := strings.HasSuffix(r.Text, "%")
	switch {
	case percentSign().MatchString(after) && percent:
		return "the percent sign is in the link and behind it", "remove the one behind it"
	case percentSign().MatchString(after) && math.Abs(v) <= 1 && v != 0:
		return fmt.Sprintf("this reads as %s%%, and the record has %.4g%%", r.Text, 100*v), fmt.Sprintf("put the percent sign into the link: [%.4g%%](…)", 100*v)
	case minusFirst().MatchString(r.Text) && minusBefore().MatchString(before):
		return "the minus is in the link and before it", "remove the one before it"
	case !percent && nothingLeft(r.Text, v):
		return fmt.Sprintf("nothing is left of %.4g: it shows as %s", v, r.Text), fmt.Sprintf("write more digits, or an exponent: [%.1e](…)", v)
	}
	return "", ""
}

// alonePercent finds the one place that shows a value in percent where others do not, or the other way round.
func (d referrer) alonePercent() (problems []deck.Problem) {
	const enough = 2
	places := map[string][2][]deck.Reference{} // without and with
	for _, r := range d.deck.Refs {
		if r.Kind != deck.Link || !strings.ContainsAny(r.Text, "0123456789") || strings.HasPrefix(r.Fragment, "/claims/") {
			continue
		}
		with := 0
		if _, after := d.deck.Beside(r); strings.HasSuffix(r.Text, "%") || percentSign().MatchString(after) {
			with = 1
		}
		p := places[r.Target+"#"+r.Fragment]
		p[with] = append(p[with], r)
		places[r.Target+"#"+r.Fragment] = p
	}
	for _, p := range places {
		for with, how := range []string{"without", "in"} {
			if one, others := p[with], p[1-with]; len(one) == 1 && len(others) >= enough {
				problems = append(problems, d.problem(one[0], "misread-value", "write it as there, such as "+others[0].Text,
					"this value is shown %s percent here, and otherwise in %d other places", how, len(others)))
			}
		}
	}
	slices.SortFunc(problems, func(a, b deck.Problem) int { return a.Line - b.Line })
	return problems
}

// misreadCell finds a cell of a table of which nothing is left.
func misreadCell(r deck.Reference, n *node) (message, hint string) {
	var t recordedTable
	if !n.decode(&t) {
		return "", ""
	}
	for i, row := range r.Grid.Rows {
		for j, text := range row {
			if i >= len(t.Rows) || j >= len(t.Rows[i]) || strings.HasSuffix(text, "%") {
				continue
			}
			if v := (float64)(0); json.Unmarshal(t.Rows[i][j], &v) == nil && nothingLeft(text, v) {
				return fmt.Sprintf("nothing is left of %.4g in row %d: it shows as %s", v, i+1, text), "write more digits in the first row of the table"
			}
		}
	}
	return "", ""
}

// nothingLeft reports whether rounding made a zero of a number.
func nothingLeft(text string, v float64) bool {
	return v != 0 && strings.ContainsRune(text, '0') && !strings.ContainsAny(text, "123456789±")
}
