package deckgen

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/strict"
)

const settingsFile = "deckgen.yaml"

// settings are what deckgen.yaml at the top of the repository says. Nothing has to stand there.
type settings struct {
	Rules levels                  `yaml:"rules"` // for every deck
	Decks map[string]deckSettings `yaml:"decks"` // by path or by pattern, as path.Match takes it
}

type deckSettings struct {
	Rules levels `yaml:"rules"`
}

// levels are severities by rule.
type levels map[string]string

// readSettings reads deckgen.yaml and makes sure that it means something.
func (d *driver) readSettings() (*settings, error) {
	s := &settings{}
	src, err := d.tree.read(settingsFile)
	if errors.Is(err, errMissing) {
		return s, nil
	}
	if err == nil {
		err = strict.Decode(settingsFile, src, s)
	}
	if err == nil {
		err = d.validate(s, src)
	}
	return s, err
}

// validate looks for rules, severities and decks that are not there: a setting that does nothing is a mistake.
func (d *driver) validate(s *settings, src []byte) error {
	if err := s.Rules.validate(src, "rules"); err != nil {
		return err
	}
	for _, pattern := range slices.Sorted(maps.Keys(s.Decks)) {
		if found, err := fs.Glob(d.tree.root.FS(), pattern); err != nil || len(found) == 0 {
			files, _ := d.deckFiles()
			return mistake(src, fail(didYouMean(pattern, files), "there is no deck %s", pattern), "decks", pattern)
		}
		if err := s.Decks[pattern].Rules.validate(src, "decks", pattern, "rules"); err != nil {
			return err
		}
	}
	return nil
}

func (l levels) validate(src []byte, at ...string) error {
	for _, name := range slices.Sorted(maps.Keys(l)) {
		_, err := settable(name)
		if err == nil {
			_, err = deck.ParseSeverity(l[name])
		}
		if err != nil {
			return mistake(src, err, append(at, name)...)
		}
	}
	return nil
}

// mistake is an error at a key of deckgen.yaml.
func mistake(src []byte, err error, at ...string) error {
	line, col := strict.Find(src, at...)
	return &strict.Error{File: settingsFile, Line: line, Col: col, Message: err.Error(), Remedy: hintOf(err)}
}

// settable finds a rule whose severity may be set.
func settable(name string) (deck.Rule, error) {
	rule, ok := rules[name]
	if !ok {
		return rule, unknownRule(name)
	}
	if slices.Contains(undecided, name) {
		return rule, fail("mend what it finds", "%s cannot be set: what could not be read is never well", name)
	}
	return rule, nil
}

// forDeck is what holds for a deck: an exact path outweighs a pattern, and a long pattern a short one.
func (s *settings) forDeck(file string) levels {
	merged := levels{}
	weight := func(pattern string) int {
		if pattern == file {
			return 1 << 30
		}
		return len(pattern)
	}
	patterns := slices.SortedFunc(maps.Keys(s.Decks), func(a, b string) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(a, b))
	})
	for _, pattern := range patterns {
		if ok, _ := path.Match(pattern, file); ok || pattern == file {
			maps.Copy(merged, s.Decks[pattern].Rules)
		}
	}
	return merged
}

// onSlides reads the comments <!-- lint ignore deckgen overflow --> and <!-- lint enable deckgen overflow=error -->. Marp
// knows them as meant for a tool: it makes no presenter note of them.
func onSlides(dk *deck.Deck) (bySlide map[int]levels, problems []deck.Problem) {
	bySlide = map[int]levels{}
	for _, c := range dk.Comments {
		words := strings.Fields(c.Text)
		if c.Kind != deck.Magic || len(words) < 3 || words[0] != "lint" || words[2] != "deckgen" {
			continue
		}
		if bySlide[c.Slide] == nil {
			bySlide[c.Slide] = levels{}
		}
		for _, word := range words[3:] {
			name, level, err := slideSetting(words[1], word)
			if err != nil {
				problems = append(problems, deck.Problem{Path: dk.Path, Line: c.Line, Col: c.Col, Slide: c.Slide,
					Rule: "unknown-rule", Message: err.Error(), Hint: hintOf(err)})
				continue
			}
			bySlide[c.Slide][name] = level
		}
	}
	return bySlide, problems
}

// slideSetting reads a word such as overflow or overflow=warning after ignore, disable or enable.
func slideSetting(verb, word string) (name, level string, err error) {
	name, level, given := strings.Cut(word, "=")
	rule, err := settable(name)
	switch {
	case err != nil:
		return name, "", err
	case verb != "enable":
		return name, deck.Off.String(), nil
	case !given:
		return name, rule.Severity.String(), nil
	}
	_, err = deck.ParseSeverity(level)
	return name, level, err
}

// A severer knows how severe a problem is where it stands.
type severer struct {
	project levels
	decks   map[string]levels
	slides  map[string]map[int]levels
}

func (s *settings) severer(decks []*deck.Deck) severer {
	v := severer{s.Rules, map[string]levels{}, map[string]map[int]levels{}}
	for _, dk := range decks {
		v.decks[dk.Path] = s.forDeck(dk.Path)
		v.slides[dk.Path], _ = onSlides(dk)
	}
	return v
}

// of is what the slide says, or else the deck, the project, or the rule.
func (v severer) of(p deck.Problem) deck.Severity {
	for _, l := range []levels{v.slides[p.Path][p.Slide], v.decks[p.Path], v.project} {
		if level, ok := l[p.Rule]; ok {
			s, _ := deck.ParseSeverity(level)
			return s
		}
	}
	return rules[p.Rule].Severity
}
