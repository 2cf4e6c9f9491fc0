package deckgen

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/source"
)

// listing replaces the body of a code block by the declarations that it names.
func (d referrer) listing(r deck.Reference, file string) answer {
	text, err := d.cut(file, r.Fragment)
	var unknown *source.UnknownError
	switch {
	case errors.Is(err, errMissing):
		return d.noFile(r, file)
	case errors.As(err, &unknown):
		hint := cmp.Or(didYouMean(unknown.Symbol, unknown.Known), "two comments in the file mark what a listing may name: region NAME and endregion")
		return d.refuse(r, "unknown-reference", hint, "%v", err)
	case err != nil:
		return d.refuse(r, "unreadable", "a file must be readable and without syntax errors to be shown", "%v", err)
	}
	if body := text + "\n"; body != r.Body {
		a := answer{edits: d.deck.SetBody(r, body), was: lineCount(r.Body), is: lineCount(body) + " of " + subject(file, r.Fragment)}
		a.row, a.why = lineDifference(r.Body, body)
		return a
	}
	return answer{}
}

func (d *driver) cut(file, symbol string) (string, error) {
	src, err := d.tree.read(file)
	if err != nil {
		return "", err
	}
	parts, err := d.sources.of(file, src, func() (*source.Parts, error) { return source.PartsOf(file, src) })
	if err != nil {
		return "", err
	}
	return parts.Cut(symbol)
}

// lineDifference is the first line, counted from 1, in which a listing is not its source, and what stands there. Where
// nothing is alike the row is 0.
func lineDifference(shown, source string) (row int, why string) {
	a, b := strings.Split(strings.TrimSuffix(shown, "\n"), "\n"), strings.Split(strings.TrimSuffix(source, "\n"), "\n")
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if shown == "" {
		return 0, "it is empty"
	}
	line := func(lines []string) string {
		if i >= len(lines) {
			return "nothing"
		}
		return strconv.Quote(strings.TrimSpace(lines[i]))
	}
	if i < len(a) && i < len(b) && strings.TrimSpace(a[i]) == strings.TrimSpace(b[i]) {
		return i + 1, line(a) + " is indented in another way"
	}
	if i == 0 {
		return 0, "it starts with " + line(a) + ", and the source with " + line(b)
	}
	return i + 1, "here it has " + line(a) + ", and the source " + line(b)
}

func lineCount(s string) string { return plural(strings.Count(s, "\n"), "line") }
