package deckgen

import (
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"deckgen/deckgen/deck"
)

// numberInspection finds numbers that were copied by hand out of a record that their slide refers to: they do not move
// when it does.
var numberInspection = inspection{[]deck.Rule{
	{Name: "hand-typed-number", Severity: deck.Hint, Summary: "a number is typed by hand, and a record has it, or nearly"},
}, func(c *checker) (problems []deck.Problem) {
	cache := map[string][]recordedNumber{}
	for _, dk := range c.decks {
		var files map[int][]string // the records of each slide
		for _, n := range dk.Numbers {
			if !telling(n.Text) {
				continue
			}
			if files == nil {
				files = recordsOfSlides(dk)
			}
			if p, ok := c.handTyped(dk, n, files[n.Slide], cache); ok {
				problems = append(problems, p)
			}
		}
	}
	return problems
}}

// telling reports whether a number has enough digits not to meet a value by chance: three that count, and a decimal
// point or a separator, since a plain 2026 may be a year.
func telling(text string) bool {
	digits := strings.TrimLeft(strings.NewReplacer(".", "", ",", "", "%", "", "％", "").Replace(text), "0")
	if !strings.ContainsAny(text, ".,") {
		digits = strings.TrimRight(digits, "0")
	}
	return len(digits) >= 3 && strings.ContainsAny(text, ".,")
}

func recordsOfSlides(dk *deck.Deck) map[int][]string {
	files := map[int][]string{}
	for _, r := range dk.Refs {
		if file, err := resolve(dk, r.Target); err == nil && path.Base(file) == "result.json" {
			files[r.Slide] = append(files[r.Slide], file)
		}
	}
	return files
}

func (c *checker) handTyped(dk *deck.Deck, n deck.Number, files []string, cache map[string][]recordedNumber) (deck.Problem, bool) {
	typed, unit := reading(n.Text)
	p := deck.Problem{Path: dk.Path, Line: n.Line, Col: n.Col, Slide: n.Slide, Rule: "hand-typed-number"}
	for _, file := range files {
		if _, ok := cache[file]; !ok {
			cache[file] = c.recordedNumbers(file)
		}
		for _, v := range cache[file] {
			if math.Abs(v.value-typed) <= unit*1.001 {
				p.Message = fmt.Sprintf("%s is typed by hand, and the record has %.6g", n.Text, v.value)
				p.Hint = fmt.Sprintf("if that is meant, write [%s](%s#%s)", n.Text, fromDeck(dk, file), v.pointer)
				return p, true
			}
		}
	}
	for _, r := range dk.Refs { // does it contradict what its slide shows?
		if r.Slide != n.Slide || r.Kind != deck.Link {
			continue
		}
		const near = 0.03
		shown, _ := reading(r.Text)
		if shown != 0 && typed != shown && math.Abs(shown-typed) <= near*math.Abs(shown) {
			p.Message = fmt.Sprintf("%s is typed by hand, and the record has %s", n.Text, r.Text)
			p.Hint = fmt.Sprintf("if that is meant, write [%s](%s#%s)", r.Text, r.Target, r.Fragment)
			return p, true
		}
	}
	return p, false
}

// fromDeck is the path of a file as a deck writes it.
func fromDeck(dk *deck.Deck, file string) string {
	if beside, ok := strings.CutPrefix(file, path.Dir(dk.Path)+"/"); ok {
		return beside
	}
	return strings.Repeat("../", strings.Count(dk.Path, "/")) + file
}

// reading is the value of a number as it is written, and that of its last digit.
func reading(text string) (value, unit float64) {
	text = strings.ReplaceAll(text, "％", "%")
	digits := strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), "%")
	value, _ = strconv.ParseFloat(digits, 64)
	unit = 1
	if _, decimals, ok := strings.Cut(digits, "."); ok {
		unit = math.Pow10(-len(decimals))
	}
	if strings.HasSuffix(text, "%") {
		return value / 100, unit / 100
	}
	return value, unit
}

type recordedNumber struct {
	pointer string
	value   float64
}

// recordedNumbers lists the values and the parameters of a record; of several seeds the mean.
func (d *driver) recordedNumbers(file string) (all []recordedNumber) {
	for _, part := range []string{"/values", "/params"} {
		n, err := d.docs.lookUp(file, part)
		if err != nil {
			continue
		}
		var numbers any
		n.decode(&numbers)
		all = numbersIn(all, part, numbers)
	}
	return all
}

func numbersIn(all []recordedNumber, at string, v any) []recordedNumber {
	switch v := v.(type) {
	case float64:
		return append(all, recordedNumber{at, v})
	case map[string]any:
		if mean, ok := v["mean"].(float64); ok {
			return append(all, recordedNumber{at, mean})
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			all = numbersIn(all, at+"/"+pointerStep.Replace(k), v[k])
		}
	}
	return all
}
