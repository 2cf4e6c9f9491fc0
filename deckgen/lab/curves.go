package lab

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Curves are the series of a record as they stand in it: nearly all of it. They are read number by number, in a quarter
// of the time and the memory that it takes to read anything.
type curves map[string]Series

// UnmarshalJSON reads objects in objects. One that holds lists of numbers is a series; the way to it is its name.
func (c *curves) UnmarshalJSON(b []byte) error {
	*c = curves{}
	if string(b) == "null" {
		return nil
	}
	return c.read(jsontext.NewDecoder(bytes.NewBuffer(b)), "")
}

// read reads an object and what is below it.
func (c curves) read(dec *jsontext.Decoder, path string) error {
	if t, err := dec.ReadToken(); err != nil || t.Kind() != '{' {
		return noNumbers(path)
	}
	s, below := Series{}, 0
	for dec.PeekKind() != '}' {
		t, err := dec.ReadToken()
		if err != nil {
			return fmt.Errorf("series: %s: %w", path, err) // such as a name that stands there twice
		}
		name := t.String()
		switch dec.PeekKind() {
		case 'n':
			err = dec.SkipValue()
		case '[':
			s[name], err = readNumbers(dec, path)
		default:
			below++
			err = c.read(dec, strings.TrimPrefix(path+"/"+name, "/"))
		}
		if err != nil {
			return err
		}
	}
	if len(s) > 0 && (below > 0 || path == "") {
		return noNumbers(path)
	}
	if below == 0 && path != "" {
		c[path] = s
	}
	_, err := dec.ReadToken()
	return err
}

func noNumbers(path string) error {
	return fmt.Errorf("series: %s: there are no lists of numbers", path)
}

// readNumbers reads a list of float64, which may be infinite or no numbers at all: a training can diverge, and the record
// says so.
func readNumbers(dec *jsontext.Decoder, path string) ([]float64, error) {
	dec.ReadToken()
	list := []float64{}
	for dec.PeekKind() != ']' {
		t, err := dec.ReadToken()
		if err != nil || t.Kind() != '0' && !notFinite[t.String()] {
			return nil, noNumbers(path)
		}
		x, err := strconv.ParseFloat(t.String(), 64)
		if err != nil {
			return nil, fmt.Errorf("series: %s: %w", path, err)
		}
		list = append(list, x)
	}
	_, err := dec.ReadToken()
	return list, err
}

// notFinite are the texts that stand for numbers which JSON has no form for.
var notFinite = map[string]bool{"NaN": true, "+Inf": true, "-Inf": true}
