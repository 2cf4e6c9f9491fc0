package deckgen

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// A picturePair is a slide that changed, before and after.
type picturePair struct {
	Title   string
	Was, Is template.URL // data URLs; "" where there is no such slide
}

// writePictures writes a page that shows the slides that changed, before and after. It is one file with everything in
// it, so that a browser shows it as an artifact.
func writePictures(was, is *driver, diff difference, file string) error {
	var pairs []picturePair
	for _, c := range diff.Decks {
		if len(c.Slides) == 0 {
			continue
		}
		before, err := was.slidePictures(c.Path, c.State != isNew)
		if err != nil {
			return fmt.Errorf("%s: %w", diff.From, err)
		}
		after, err := is.slidePictures(c.Path, c.State != isGone)
		if err != nil {
			return fmt.Errorf("%s: %w", diff.To, err)
		}
		for _, s := range c.Slides {
			pairs = append(pairs, picturePair{fmt.Sprintf("%s, slide %s: %s (%s)", c.Path, s.number(),
				cmp.Or(s.Heading, "no heading"), s.why()), pictureAt(before, s.Was), pictureAt(after, s.Is)})
		}
	}
	var b strings.Builder
	if err := picturesPage().Execute(&b, map[string]any{"From": diff.From, "To": diff.To, "Pairs": pairs}); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

var picturesPage = lazy.Template(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Slides that changed</title>
<style>
body{font:16px/1.5 sans-serif;margin:2rem;background:#f6f6f6;color:#222}
h2{font-size:1rem;margin:2rem 0 .5rem}
div{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
img{width:100%;border:1px solid #bbb}
</style>
<h1>{{.From}} and {{.To}}</h1>
{{range .Pairs}}<h2>{{.Title}}</h2>
<div>{{if .Was}}<img alt="before" src="{{.Was}}">{{else}}<p>not there</p>{{end}}
{{if .Is}}<img alt="after" src="{{.Is}}">{{else}}<p>not there</p>{{end}}</div>
{{else}}<p>No slide changed.</p>
{{end}}</html>
`)

// slidePictures renders a deck and returns the pictures of its slides, in order.
func (d *driver) slidePictures(file string, there bool) (pictures [][]byte, err error) {
	if !there {
		return nil, nil
	}
	dk, err := d.parse(file)
	if err != nil {
		return nil, err
	}
	unlock, err := d.tree.lock("diff")
	if err != nil {
		return nil, err
	}
	defer unlock()
	talking := *d // standard output is for the difference
	talking.sys.out = d.sys.err
	if err := talking.render([]*deck.Deck{dk}, []string{"png"}); err != nil && !errors.Is(err, errProblems) {
		return nil, err
	}
	folder := outputFolder(file) + "/png"
	files := d.tree.list(folder)
	slices.SortFunc(files, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for _, f := range files {
		b, err := d.tree.read(path.Join(folder, f))
		if err != nil {
			return nil, err
		}
		pictures = append(pictures, b)
	}
	return pictures, nil
}

func pictureAt(pictures [][]byte, slide int) template.URL {
	if slide < 1 || slide > len(pictures) {
		return ""
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(pictures[slide-1]))
}

// lendMarp lets an unpacked commit be rendered with the marp-cli that is installed here.
func (d *driver) lendMarp(to *tree) error {
	if !exists(d.tree.dir, "node_modules") || exists(to.dir, "node_modules") {
		return nil
	}
	return os.Symlink(filepath.Join(d.tree.dir, "node_modules"), filepath.Join(to.dir, "node_modules"))
}
