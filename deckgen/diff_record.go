package deckgen

import (
	"encoding/json"
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"

	"deckgen/deckgen/lab"
)

// A recordChange is what a record says now that it did not say, or the other way round.
type recordChange struct {
	Path       string        `json:"path"`
	Experiment string        `json:"experiment"`
	State      string        `json:"state"`
	Made       []string      `json:"made"` // what it was made from: parameters, seeds, data, code
	Values     []valueChange `json:"values"`
	Claims     []claimChange `json:"claims"`
	Tables     []cellChange  `json:"tables"`
}

// A valueChange is a value that moved.
type valueChange struct {
	Pointer string    `json:"pointer"`
	Was     *quantity `json:"was"` // null if it is new
	Is      *quantity `json:"is"`  // null if it is gone
	Size    string    `json:"size"`
}

// How far a value moved, measured by what chance does to it.
const (
	withinSpread = "within" // by no more than a standard deviation over the seeds, the larger one
	beyondSpread = "beyond" // by more
	apartFrom    = "apart"  // so far that the lowest and the highest seeds do not overlap
	exactly      = "exact"  // chance plays no part in it
)

// A quantity is a value as JSON has it.
type quantity struct {
	Mean finite `json:"mean"`
	SD   finite `json:"sd"`
	Lo   finite `json:"lo"`
	Hi   finite `json:"hi"`
	N    int    `json:"n"` // seeds; 0 if it does not depend on them
}

// finite is a number that is written as a text where JSON has no number for it.
type finite float64

func (x finite) MarshalJSON() ([]byte, error) {
	if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
		return json.Marshal(strconv.FormatFloat(f, 'g', -1, 64))
	}
	return json.Marshal(float64(x))
}

// A claimChange is a claim with another outcome or other evidence.
type claimChange struct {
	Pointer string     `json:"pointer"`
	Was     *lab.Claim `json:"was"`
	Is      *lab.Claim `json:"is"`
	Flipped bool       `json:"flipped"` // it holds now and did not, or the other way round
}

// A cellChange is another cell of a table.
type cellChange struct {
	Pointer string `json:"pointer"`
	Was     string `json:"was"` // as JSON; "" if it is new
	Is      string `json:"is"`
}

// compareRecords compares two records; one of them may be nil.
func compareRecords(file string, was, is []byte) (recordChange, error) {
	c := recordChange{Path: file, Experiment: strings.TrimPrefix(path.Dir(file), "assets/"), Made: []string{},
		Values: []valueChange{}, Claims: []claimChange{}, Tables: []cellChange{}}
	a, err := decoded(file, was)
	if err != nil {
		return c, err
	}
	b, err := decoded(file, is)
	if err != nil {
		return c, err
	}
	if was != nil && is != nil {
		c.Made = append(c.Made, madeFrom(a, b)...)
	}
	for _, k := range sortedKeys(a.Values, b.Values) {
		if v, moved := moveOf(a.Values, b.Values, k); moved {
			c.Values = append(c.Values, v)
		}
	}
	for _, k := range sortedKeys(a.Claims, b.Claims) {
		if v, moved := outcomeOf(a.Claims, b.Claims, k); moved {
			c.Claims = append(c.Claims, v)
		}
	}
	c.Tables = append(c.Tables, cellsOf(was, is)...)
	return c, nil
}

func decoded(file string, raw []byte) (*lab.Result, error) {
	if raw == nil {
		return &lab.Result{}, nil
	}
	r, err := lab.Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// madeFrom says what else went into the new record.
func madeFrom(a, b *lab.Result) (changes []string) {
	changes = paramChanges(a.Params, b.Params)
	if len(a.Seeds) != len(b.Seeds) {
		changes = append(changes, fmt.Sprintf("%s instead of %d", plural(len(b.Seeds), "seed"), len(a.Seeds)))
	}
	if dataName(a.Data) != dataName(b.Data) {
		changes = append(changes, fmt.Sprintf("data %s instead of %s", dataName(b.Data), dataName(a.Data)))
	}
	if a.Code.SHA256 != b.Code.SHA256 {
		changes = append(changes, few(codeChanges(a.Code.Parts, b.Code.Parts)))
	}
	return changes
}

func moveOf(was, is map[string]lab.Value, key string) (c valueChange, moved bool) {
	c.Pointer = "/values/" + key
	a, inA := was[key]
	b, inB := is[key]
	if inA {
		c.Was = quantityOf(a)
	}
	if inB {
		c.Is = quantityOf(b)
	}
	switch {
	case !inA:
		c.Size = isNew
	case !inB:
		c.Size = isGone
	default:
		c.Size = size(a, b)
	}
	return c, !inA || !inB || !sameValue(a, b)
}

func quantityOf(v lab.Value) *quantity {
	return &quantity{finite(v.Mean), finite(v.SD), finite(v.Lo), finite(v.Hi), v.N}
}

// sameValue is ==, but what is no number is the same as itself.
func sameValue(a, b lab.Value) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// size says how far a value moved, measured by its spread.
func size(a, b lab.Value) string {
	switch by := math.Abs(b.Mean - a.Mean); {
	case a.N < 2 || b.N < 2:
		return exactly
	case a.Hi < b.Lo || b.Hi < a.Lo:
		return apartFrom
	case by <= math.Max(a.SD, b.SD):
		return withinSpread
	}
	return beyondSpread
}

func outcomeOf(was, is map[string]lab.Claim, key string) (c claimChange, moved bool) {
	c.Pointer = "/claims/" + pointerStep.Replace(key)
	a, inA := was[key]
	b, inB := is[key]
	if inA {
		c.Was = &a
	}
	if inB {
		c.Is = &b
	}
	c.Flipped = inA && inB && a.Holds != b.Holds
	return c, a != b || inA != inB
}

// cellsOf lists the cells of all tables that are not as they were.
func cellsOf(was, is []byte) (changes []cellChange) {
	cells := func(raw []byte) map[string]string {
		var r struct {
			Tables json.RawMessage `json:"tables"`
		}
		if json.Unmarshal(raw, &r) != nil {
			return nil
		}
		return flatten(r.Tables)
	}
	a, b := cells(was), cells(is)
	for _, k := range sortedKeys(a, b) {
		if k != "" && a[k] != b[k] { // "" stands for no table at all
			changes = append(changes, cellChange{"/tables/" + k, a[k], b[k]})
		}
	}
	return changes
}
