package deckgen

import (
	"fmt"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// pictureInspection looks at what is written about images.
var pictureInspection = inspection{[]deck.Rule{
	{Name: "missing-alt", Severity: deck.Hint, Summary: "an image has no alternative text, for those who cannot see it"},
	{Name: "alt-filter", Severity: deck.Warning, Summary: "a word of an alternative text changes the look of the picture"},
	{Name: "size-ignored", Severity: deck.Warning, Summary: "Marp takes a size in percent for backgrounds only"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		for _, l := range dk.Links {
			if p := pictureProblem(l); l.Image && p.Rule != "" {
				p.Path, p.Line, p.Col, p.Slide = dk.Path, l.Line, l.Col, l.Slide
				problems = append(problems, p)
			}
		}
	}
	return problems
}}

var (
	filterWord  = lazy.Regexp(`^(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)$`)
	sizeWord    = lazy.Regexp(`^(?:[wh]|width|height):\S+$`)
	percentWord = lazy.Regexp(`^(?:(?:[wh]|width|height):)?(?:\d*\.)?\d+%$`)
	placeWord   = lazy.Regexp(`^(?:center|left|right|bg|cover|contain|fit|auto|vertical)(?::\S+)?$`) // of Marp, or of themes
)

func pictureProblem(l deck.Target) (p deck.Problem) {
	if l.Background {
		return p
	}
	if l.HTML {
		if l.Alt == "" {
			p.Rule, p.Message, p.Hint = "missing-alt", "this image has no alternative text", `write alt="what it shows"`
		}
		return p
	}
	plainWords, filter, percent := 0, "", ""
	for word := range strings.FieldsSeq(l.Alt) {
		switch {
		case percentWord().MatchString(word):
			percent = word
		case filterWord().MatchString(word):
			filter = word
		case sizeWord().MatchString(word), placeWord().MatchString(word), strings.Contains(word, ":") && filterWord().MatchString(word[:strings.Index(word, ":")]):
		default:
			plainWords++
		}
	}
	switch {
	case filter != "" && plainWords > 1:
		p.Rule, p.Message = "alt-filter", fmt.Sprintf("Marp takes the word %q of this alternative text for a filter on the picture", filter)
		p.Hint = "use another word, or write it with a capital"
	case percent != "" && plainWords > 1 && !strings.Contains(percent, ":"):
		p.Rule, p.Message = "alt-filter", fmt.Sprintf("Marp takes %s out of this alternative text, as a size", percent)
		p.Hint = "write it as *" + percent + "*"
	case percent != "":
		p.Rule, p.Message = "size-ignored", fmt.Sprintf("%s changes nothing: Marp takes a size in percent for backgrounds only", percent)
		p.Hint = "write w:640 or h:360"
	case plainWords == 0:
		p.Rule, p.Message, p.Hint = "missing-alt", "this image has no alternative text", "say in a few words what it shows: ![w:640 the loss over time](…)"
	}
	return p
}
