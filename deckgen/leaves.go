package deckgen

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// A leaf is what stands at an end of a JSON tree: a number, a text, a boolean, null, or an object or a list with
// nothing in it.
type leaf struct {
	pointer string // RFC 6901
	value   string // as JSON
	at      int    // where it starts in the file
}

// leaves lists the ends of a JSON tree in the order of the file.
func leaves(raw []byte) ([]leaf, error) {
	w := leafWalk{raw: raw, dec: json.NewDecoder(bytes.NewReader(raw))}
	w.dec.UseNumber()
	err := w.walk("")
	return w.found, err
}

type leafWalk struct {
	raw   []byte
	dec   *json.Decoder
	found []leaf
}

var pointerStep = strings.NewReplacer("~", "~0", "/", "~1")

func (w *leafWalk) walk(pointer string) error {
	from := int(w.dec.InputOffset())
	tok, err := w.dec.Token()
	if err != nil {
		return err
	}
	open, nested := tok.(json.Delim)
	if !nested || !w.dec.More() {
		if nested {
			_, err = w.dec.Token()
		}
		w.add(pointer, from)
		return err
	}
	for i := 0; w.dec.More(); i++ {
		step := strconv.Itoa(i)
		if open == '{' {
			key, err := w.dec.Token()
			if err != nil {
				return err
			}
			step = pointerStep.Replace(key.(string))
		}
		if err := w.walk(pointer + "/" + step); err != nil {
			return err
		}
	}
	_, err = w.dec.Token()
	return err
}

// add adds what stands between an offset and where the decoder is now.
func (w *leafWalk) add(pointer string, from int) {
	end := int(w.dec.InputOffset())
	value := bytes.TrimLeft(w.raw[from:end], " \t\r\n:,")
	w.found = append(w.found, leaf{pointer, string(value), end - len(value)})
}

// position is the line and the column of an offset, both counted from 1.
func position(raw []byte, at int) (line, col int) {
	before := raw[:at]
	return 1 + bytes.Count(before, []byte("\n")), 1 + len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:])))
}
