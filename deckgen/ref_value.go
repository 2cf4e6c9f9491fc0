package deckgen

import (
	"strconv"
	"strings"

	"deckgen/deckgen/deck"
)

// value replaces the text of a link by the number or the text that it points at. The text is the format.
func (d referrer) value(r deck.Reference, n *node) answer {
	text, ok, err := show(n, r.Text)
	if !ok {
		return d.refuse(r, "no-value", "point at a number in it", "%s is %s, which is no value", r.Fragment, n.kind())
	}
	if err != nil {
		return d.refuse(r, "format", "write a number as it should look, such as 0.00 or 98.1%, or ? for the default",
			"%q is no format for a number: %v", r.Text, err)
	}
	if text == r.Text {
		return answer{}
	}
	return answer{edits: d.deck.SetText(r, text), was: r.Text, is: text}
}

// show writes what stands at a node in the way that a text is written.
func show(n *node, like string) (text string, ok bool, err error) {
	if n.raw[0] == '"' && !diverged[string(n.raw)] && n.decode(&text) {
		return text, true, nil
	}
	mean, sd, ok := numberAt(n)
	if !ok {
		return "", false, nil
	}
	if like == "" {
		like = "?"
	}
	text, err = deck.Format(like, mean, sd)
	return text, true, err
}

// diverged are the numbers that JSON has no other form for; a training can end there.
var diverged = map[string]bool{`"NaN"`: true, `"+Inf"`: true, `"-Inf"`: true}

// numberAt is the number at a node, or the mean and the standard deviation of what several seeds gave.
func numberAt(n *node) (mean, sd float64, ok bool) {
	if raw := string(n.raw); raw != "" && raw[0] != '{' {
		if raw[0] == '"' && !diverged[raw] {
			return 0, 0, false
		}
		mean, err := strconv.ParseFloat(strings.Trim(raw, `"`), 64)
		return mean, 0, err == nil
	}
	n.open()
	if m := n.byName["mean"]; m == nil || m.raw[0] == '{' {
		return 0, 0, false
	}
	mean, _, ok = numberAt(n.byName["mean"])
	if n.byName["sd"] != nil {
		sd, _, _ = numberAt(n.byName["sd"])
	}
	return mean, sd, ok
}
