package deckgen

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"

	"deckgen/deckgen/deck"
)

// A receipt says what a rendering or the gallery was made from and what it consists of. It is written where nothing was
// found wrong, beside the folder, which others may publish.
type receipt struct {
	From  string               `json:"from"`  // digest of the deck and of what makes pages of it
	Files map[string]receipted `json:"files"` // what the pages are made of or load, and what was made
}

// A receipted file is known by its size and the time of its last change, as make and git know it, or else by its digest:
// a checkout changes the times.
type receipted struct {
	Size   int64  `json:"size"`
	Time   int64  `json:"time"`
	Digest string `json:"digest"`
}

func receiptFile(dk *deck.Deck) string {
	return hidden(outputFolder(dk.Path), ".receipt.json")
}

// madeFrom is the digest of a deck and of what makes pages of it: the themes, marp-cli, the browser and this program.
// The fonts of the system and a browser that was updated in its place are not among them.
func (r *rendering) madeFrom(es []edition) string {
	all := fmt.Appendf(nil, "%s %s %q %q %t", version(), thisProgram(), r.marp.node, r.marp.browser, r.marp.html)
	for _, e := range es {
		all = fmt.Appendf(all, " %s %q", e.made, e.flags)
	}
	for _, name := range []string{"node_modules/.package-lock.json", path.Join(path.Dir(marpScript), "package.json")} {
		installed, _ := os.ReadFile(r.marp.path(name)) // not every package manager leaves the first
		all = append(all, " "+digest(installed)...)
	}
	for _, file := range r.marp.themes {
		css, _ := os.ReadFile(file)
		all = fmt.Appendf(all, " %q %s", path.Base(file), digest(css))
	}
	return digest(fmt.Appendf(all, " %s", r.deck.Src))
}

// thisProgram tells builds of one version apart.
func thisProgram() string {
	file, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(file)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size(), info.ModTime().UnixNano())
}

// madeOf reports whether what a receipt is for was made of the same, and is still as it was made.
func (d *driver) madeOf(from, receiptFile string) bool {
	var was receipt
	b, err := d.tree.read(receiptFile)
	if err != nil || json.Unmarshal(b, &was) != nil || was.From != from {
		return false
	}
	for name, file := range was.Files {
		if !d.stillAs(file, name) {
			return false
		}
	}
	return true
}

func (d *driver) stillAs(was receipted, name string) bool {
	info, err := d.tree.root.Stat(name)
	if err != nil || info.Size() != was.Size {
		return false
	}
	if info.ModTime().UnixNano() == was.Time {
		return true
	}
	b, err := d.tree.read(name)
	return err == nil && digest(b) == was.Digest
}

// receipt writes the receipt of some files, and of all in a folder.
func (d *driver) receipt(from, receiptFile, folder string, files ...string) error {
	err := fs.WalkDir(d.tree.root.FS(), folder, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	r := receipt{from, map[string]receipted{}}
	for _, name := range files {
		info, err := d.tree.root.Stat(name) // before it is read: what changes meanwhile is seen the next time
		if err != nil {
			return plain(name, err)
		}
		b, err := d.tree.read(name)
		if err != nil {
			return err
		}
		r.Files[name] = receipted{info.Size(), info.ModTime().UnixNano(), digest(b)}
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return d.tree.scratch(output{receiptFile, append(b, '\n')})
}
