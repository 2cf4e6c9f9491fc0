package deckgen

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"

	"deckgen/deckgen/deck"
)

// A receipt says what a rendering was made from and what it consists of. It is written where nothing was found wrong, beside
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

// upToDate reports whether the deck's folder is what it would be made again.
func (r *rendering) upToDate(from string) bool {
	var was receipt
	b, err := r.tree.read(receiptFile(r.deck))
	if err != nil || json.Unmarshal(b, &was) != nil || was.From != from {
		return false
	}
	for name, sum := range was.Files {
		if b, err := r.tree.read(name); err != nil || digest(b) != sum {
			return false
		}
	}
	return true
}

// receipt writes the receipt of what was made.
func (r *rendering) receipt(from string) error {
	files := map[string]string{}
	note := func(name string) error {
		b, err := r.tree.read(name)
		files[name] = digest(b)
		return err
	}
	for _, name := range r.uses {
		if err := note(name); err != nil {
			return err
		}
	}
	err := fs.WalkDir(r.tree.root.FS(), outputFolder(r.deck.Path), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return note(name)
	})
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(receipt{from, files}, "", "  ")
	if err != nil {
		return err
	}
	return r.tree.scratch(output{receiptFile(r.deck), append(b, '\n')})
}
