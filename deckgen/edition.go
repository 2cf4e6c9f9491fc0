package deckgen

import (
	"path"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
)

// An edition is a form in which a deck leaves the repository.
type edition struct {
	name  string
	made  string   // the file in the deck's folder, the first of several; * stands for the deck's name
	told  string   // what marp-cli is told to write, where that is another name
	flags []string // of marp-cli; nil for what comes from the HTML
}

// editions are all of them. The HTML is always made: the others come from it, or are looked over in it.
var editions = []edition{
	{name: "html", made: "index.html"},
	{name: "single", made: "*.single.html"},
	{name: "pdf", made: "*.pdf", flags: []string{"--pdf", "--pdf-outlines", "--pdf-outlines.pages=false"}},
	{name: "pptx", made: "*.pptx", flags: []string{"--pptx"}},
	{name: "png", made: "png/slide.001.png", told: "png/slide.png", flags: []string{"--images", "png"}},
}

const getBrowser = "install one (Debian: apt install chromium fonts-noto-cjk) or set CHROME_PATH"

// editions are those that are asked for; by default the HTML, and the PDF where there is a browser to print it.
func (m *marp) editions(asked []string) (all []edition, err error) {
	if len(asked) == 0 && m.browser != "" {
		asked = []string{"pdf"}
	}
	for _, e := range editions {
		switch {
		case e.name != "html" && !slices.Contains(asked, e.name):
		case e.flags != nil && m.browser == "":
			return nil, fail(getBrowser, "the format %s needs a Chromium, and there is none", e.name)
		default:
			all = append(all, e)
		}
	}
	return all, nil
}

// file is the file in a deck's folder that holds it.
func (e edition) file(dk *deck.Deck) string { return named(e.made, dk) }

// to is the file that marp-cli is told to write.
func (e edition) to(dk *deck.Deck) string {
	if e.told != "" {
		return named(e.told, dk)
	}
	return e.file(dk)
}

func named(pattern string, dk *deck.Deck) string {
	return strings.Replace(pattern, "*", path.Base(outputFolder(dk.Path)), 1)
}
