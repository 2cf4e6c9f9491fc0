package deckgen

import (
	"errors"
	"fmt"

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
		return d.refuse(r, "unknown-reference", didYouMean(unknown.Symbol, unknown.Known), "%v", err)
	case err != nil:
		return d.refuse(r, "unreadable", "a file must be readable and without syntax errors to be shown", "%v", err)
	}
	if body := text + "\n"; body != r.Body {
		return answer{edits: d.deck.SetBody(r, body), was: lineCount(r.Body), is: lineCount(body) + " of " + file + "#" + r.Fragment}
	}
	return answer{}
}

func (d *driver) cut(file, symbol string) (string, error) {
	src, err := d.tree.read(file)
	if err != nil {
		return "", err
	}
	return source.Cut(file, src, symbol)
}

func lineCount(s string) string {
	n := 0
	for _, c := range s {
		if c == '\n' {
			n++
		}
	}
	return fmt.Sprintf("%s", plural(n, "line"))
}
