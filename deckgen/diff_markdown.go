package deckgen

import (
	"fmt"
	"io"
	"net/url"
	"strings"
)

// writeDiffMarkdown writes a difference for a pull request. What stands in records and decks is somebody's text: it must
// not become markup.
func writeDiffMarkdown(w io.Writer, diff difference, picturesAt string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### What the slides say now\n\n%s.\n", inline(diff.summary()))
	writeMoved(&b, diff.Records)
	writeOutcomes(&b, diff.Records)
	writeMadeFrom(&b, diff.Records)
	writeSlides(&b, diff.Decks)
	writeFiles(&b, diff.Files)
	if picturesAt != "" {
		writePicturesAt(&b, diff.Decks, picturesAt)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var inlineEscapes = strings.NewReplacer("\\", "\\\\", "|", "\\|", "*", "\\*", "_", "\\_", "`", "\\`", "[", "\\[", "]", "\\]",
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "#", "\\#", "$", "\\$", "~", "\\~", "@", "@\u200b", "\r", " ", "\n", " ")

// inline escapes a text for a line or a cell of Markdown.
func inline(text string) string { return inlineEscapes.Replace(text) }

// A markdownTable writes its head with the first row.
type markdownTable struct {
	b     *strings.Builder
	title string
	head  []string
	begun bool
}

func (t *markdownTable) row(cells ...string) {
	if !t.begun {
		t.begun = true
		fmt.Fprintf(t.b, "\n#### %s\n\n| %s |\n|%s\n", t.title, strings.Join(t.head, " | "), strings.Repeat(" --- |", len(t.head)))
	}
	for i, c := range cells {
		cells[i] = inline(c)
	}
	fmt.Fprintf(t.b, "| %s |\n", strings.Join(cells, " | "))
}

func writeMoved(b *strings.Builder, records []recordChange) {
	t := markdownTable{b: b, title: "Numbers", head: []string{"Experiment", "Value", "Was", "Is", "By", ""}}
	for _, r := range records {
		for _, v := range r.Values {
			t.row(r.Experiment, v.name(), v.Was.String(), v.Is.String(), v.by(), v.sizeInWords())
		}
		cells, more := r.cells()
		for _, c := range cells {
			t.row(r.Experiment, c.Pointer[1:], orNothing(c.Was), orNothing(c.Is), "", "")
		}
		for _, m := range more {
			t.row(r.Experiment, m, "", "", "", "")
		}
	}
}

func writeOutcomes(b *strings.Builder, records []recordChange) {
	t := markdownTable{b: b, title: "Claims", head: []string{"Experiment", "Claim", "Outcome", ""}}
	for _, r := range records {
		for _, c := range r.Claims {
			t.row(r.Experiment, c.name(), outcomes(c), strings.TrimSpace(c.flippedInWords()))
		}
	}
}

func writeMadeFrom(b *strings.Builder, records []recordChange) {
	t := markdownTable{b: b, title: "Experiments", head: []string{"Experiment", "What went into it"}}
	for _, r := range records {
		for _, made := range r.Made {
			t.row(r.Experiment, made)
		}
		if r.State != isChanged {
			t.row(r.Experiment, r.State)
		}
	}
}

func writeSlides(b *strings.Builder, decks []deckChange) {
	t := markdownTable{b: b, title: "Slides", head: []string{"Deck", "Slide", "Heading", "What changed"}}
	for _, c := range decks {
		for _, whole := range c.Whole {
			t.row(c.Path, "every", "", whole)
		}
		for _, s := range c.Slides {
			t.row(c.Path, s.number(), s.Heading, s.why())
		}
	}
}

func writeFiles(b *strings.Builder, files []fileChange) {
	t := markdownTable{b: b, title: "Files", head: []string{"File", ""}}
	for _, f := range files {
		t.row(f.Path, f.State)
	}
}

// writePicturesAt shows the pictures of slides that writePictures made, and somebody put on a server.
func writePicturesAt(b *strings.Builder, decks []deckChange, at string) {
	for _, c := range decks {
		if len(c.Slides) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n#### %s, before and after\n\n| Slide | Before | After |\n| --- | --- | --- |\n", inline(c.Path))
		for _, s := range c.Slides {
			fmt.Fprintf(b, "| %s | %s | %s |\n", inline(s.number()), pictureAt(at, c.Path, before, s.Was), pictureAt(at, c.Path, after, s.Is))
		}
	}
}

func pictureAt(at, deck, side string, slide int) string {
	if slide == 0 {
		return ""
	}
	file := url.URL{Path: pictureFile(deck, side, slide)}
	return fmt.Sprintf("![slide %d %s](<%s/%s>)", slide, side, at, file.EscapedPath())
}
