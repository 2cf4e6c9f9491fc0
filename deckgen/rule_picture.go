package deckgen

import (
	"fmt"
	"path"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// pictureInspection looks at what is written about images.
var pictureInspection = ofDecks(pictures,
	deck.Rule{Name: "missing-alt", Severity: deck.Hint, Summary: "an image has no alternative text, for those who cannot see it"},
	deck.Rule{Name: "alt-filter", Severity: deck.Warning, Summary: "a word of an alternative text changes the look of the picture"},
	deck.Rule{Name: "size-ignored", Severity: deck.Warning, Summary: "Marp takes a size or a place in an alternative text for text, or passes over it"})

func pictures(_ *checker, dk *deck.Deck) (problems []deck.Problem) {
	for _, l := range dk.Links {
		if p := pictureProblem(l); l.Image && p.Rule != "" {
			p.Path, p.Line, p.Col, p.Slide = dk.Path, l.Line, l.Col, l.Slide
			problems = append(problems, p)
		}
	}
	return problems
}

var (
	filterWord  = lazy.Regexp(`^(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)$`)
	sizeWord    = lazy.Regexp(`^(?:[wh]|width|height):\S+$`)
	percentWord = lazy.Regexp(`^(?:(?:[wh]|width|height):)?(?:\d*\.)?\d+%$`)
	// what Marp takes, and what was meant to be that
	takenSize  = lazy.Regexp(`^(?:[wh]|width|height):(?:(?:\d*\.)?\d+(?:%|ch|cm|em|ex|in|mm|pc|pt|px)?|auto)$`)
	wrongSize  = lazy.Regexp(`^(?i)(?:[wh]|width|height|wd|ht|size|widht|heigth|hight|wdith)[:=：].*$|^(?i)(?:[wh]|width|height|size)[:=：]?\d+(?:px|%)?;?$`)
	sizeAlone  = lazy.Regexp(`^(?:[wh]|width|height)[:=]?$`)
	placeSlip  = lazy.Regexp(`^(?:rigth|rihgt|lfet|centre|cetner|conatin|contian|cvoer|bg:\S+|bg(?:right|left|fit|cover|contain))$`)
	placeAlone = lazy.Regexp(`^(?:left|right):\d+%$`)
	digitsOnly = lazy.Regexp(`^[\d０-９]+(?:px)?$`)
	placeWord  = lazy.Regexp(`^(?:center|left|right|bg|cover|contain|fit|auto|vertical)(?::\S+)?$`) // of Marp, or of themes
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
	if p := wordProblem(l.Alt); p.Rule != "" {
		return p
	}
	switch plainWords, filter, percent := altWords(l.Alt); {
	case filter != "" && plainWords > 1:
		p.Rule, p.Message = "alt-filter", fmt.Sprintf("Marp takes the word %q of this alternative text for a filter on the picture", filter)
		p.Hint = "use another word, or write it with a capital"
	case percent != "" && plainWords > 1 && !strings.Contains(percent, ":"):
		p.Rule, p.Message = "alt-filter", fmt.Sprintf("Marp takes %s out of this alternative text, as a size", percent)
		p.Hint = "write it as *" + percent + "*"
	case percent != "":
		p.Rule, p.Message = "size-ignored", fmt.Sprintf("%s changes nothing: Marp takes a size in percent for backgrounds only", percent)
		p.Hint = "write w:640 or h:360"
	case plainWords == 1 && strings.HasSuffix(l.Alt, path.Base(l.Dest)):
		p.Rule, p.Message, p.Hint = "missing-alt", "the alternative text is but the name of the file", "say in a few words what it shows"
	case plainWords == 0:
		p.Rule, p.Message, p.Hint = "missing-alt", "this image has no alternative text", "say in a few words what it shows: ![w:640 the loss over time](…)"
	}
	return p
}

// altWords counts the words of an alternative text that are text to Marp, and finds a filter and a size in percent.
func altWords(alt string) (plain int, filter, percent string) {
	for word := range strings.FieldsSeq(alt) {
		key, _, setting := strings.Cut(word, ":")
		switch {
		case percentWord().MatchString(word):
			percent = word
		case filterWord().MatchString(word):
			filter = word
		case sizeWord().MatchString(word), placeWord().MatchString(word), setting && filterWord().MatchString(key):
		case len([]rune(word)) > 8 && strings.ContainsFunc(word, unspaced):
			plain += 2 // a sentence
		default:
			plain++
		}
	}
	return plain, filter, percent
}

// unspaced reports whether a letter belongs to a writing without blanks between its words.
func unspaced(r rune) bool { return r >= 0x3040 && r < 0xe000 }

// wordProblem finds a word at the start of an alternative text that was meant for Marp and is text to it.
func wordProblem(alt string) (p deck.Problem) {
	words := strings.Fields(alt)
	for i, word := range words {
		switch {
		case placeAlone().MatchString(word):
			p.Message, p.Hint = word+" changes nothing: it is for pictures behind the slide", "write bg "+word
		case sizeAlone().MatchString(word) && i+1 < len(words) && digitsOnly().MatchString(words[i+1]):
			p.Message, p.Hint = "Marp takes "+word+" "+words[i+1]+" for text, and no size", "write it without a blank: "+word[:1]+":640"
		case wrongSize().MatchString(word) && !takenSize().MatchString(word):
			p.Message, p.Hint = "Marp takes "+word+" for text, and no size", "write w:640 or h:360, with px or without"
		case placeSlip().MatchString(word):
			p.Message, p.Hint = "Marp takes "+word+" for text", "write left, right, center, cover or contain; bg is a word of its own"
		case takenSize().MatchString(word), placeWord().MatchString(word), filterWord().MatchString(word):
			continue
		default:
			return p // from here on it is text
		}
		p.Rule = "size-ignored"
		return p
	}
	return p
}
