package deckgen

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"

	"deckgen/deckgen/deck"
)

// A receipt says what a rendering or the gallery was made from and what it consists of. It is written where nothing was found wrong, beside
// the folder, which others may publish.
type receipt struct {
	From  string            `json:"from"`  // digest of the deck and of what makes pages of it
	Files map[string]string `json:"files"` // digests of the files that the pages load, and of those that were made
}

func receiptFile(dk *deck.Deck) string {
	folder := outputFolder(dk.Path)
	return path.Join(path.Dir(folder), "."+path.Base(folder)+".receipt.json")
}

// madeFrom is the digest of a deck and of what makes pages of it: the themes, marp-cli, the browser and this program.
// The fonts of the system and a browser that was updated in its place are not among them.
func (r *rendering) madeFrom(src []byte, es []edition) string {
	all := fmt.Appendf(nil, "%s %s %q %q", version(), thisProgram(), r.marp.node, r.marp.browser)
	for _, e := range es {
		all = fmt.Appendf(all, " %s %q", e.made, e.flags)
	}
	for _, name := range []string{"node_modules/.package-lock.json", path.Join(path.Dir(marpScript), "package.json")} {
		installed, _ := os.ReadFile(r.marp.path(name)) // not every package manager leaves the first
		all = append(all, " "+digest(installed)...)
	}
	for _, name := range r.tree.list("assets/themes") {
		css, _ := r.tree.read(path.Join("assets/themes", name))
		all = fmt.Appendf(all, " %q %s", name, digest(css))
	}
	return digest(fmt.Appendf(all, " %s", src))
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
	for name, sum := range was.Files {
		if b, err := d.tree.read(name); err != nil || digest(b) != sum {
			return false
		}
	}
	return true
}

// receipt writes the receipt of what was made: some files, and all in a folder.
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
	r := receipt{from, map[string]string{}}
	for _, name := range files {
		b, err := d.tree.read(name)
		if err != nil {
			return err
		}
		r.Files[name] = digest(b)
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return d.tree.scratch(output{receiptFile, append(b, '\n')})
}
