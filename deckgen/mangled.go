package deckgen

import (
	"bytes"
	"errors"
	"fmt"
)

// mangled says what a tool, rather than an author, did to a generated file, nil for nothing known.
func mangled(b []byte) error {
	if bytes.HasPrefix(b, []byte("version https://git-lfs.github.com/")) {
		return errors.New("it is only the pointer of Git LFS: get the file by git lfs pull")
	}
	if i := bytes.Index(b, []byte("\n<<<<<<< ")); i >= 0 {
		return fmt.Errorf("line %d: git left a merge unfinished", 2+bytes.Count(b[:i], []byte("\n")))
	}
	return nil
}

// otherwise says in what way a figure on disk is another one than it should be.
func (t *tree) otherwise(file, sum string) string {
	b, err := t.read(file)
	if err != nil {
		return "the figure cannot be read"
	}
	if err := mangled(b); err != nil {
		return "this is not the figure: " + err.Error()
	}
	if digest(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))) == sum {
		return "the line ends of the figure were changed: tell git to leave them, by a line *.svg -text in .gitattributes"
	}
	return "the figure is not what its record makes"
}
