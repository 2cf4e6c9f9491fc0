package deckgen

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"image"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/image/draw"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// A picturePair is a slide that changed, before and after.
type picturePair struct {
	slideChange
	Deck          string
	Before, After []byte // PNG; nil where there is no such slide
}

// The sides of a pair, in the names of files.
const (
	before = "before"
	after  = "after"
)

// writePictures draws the slides that changed, before and after: for a name that ends in .html in a page, which is one
// file with everything in it, so that a browser shows it as an artifact; otherwise as files in a folder.
func writePictures(was, is *driver, diff difference, name string) error {
	pairs, err := picturePairs(was, is, diff)
	if err != nil {
		return err
	}
	if path.Ext(name) != ".html" {
		return writePictureFiles(pairs, name)
	}
	var b strings.Builder
	if err := picturesPage().Execute(&b, map[string]any{"From": diff.From, "To": diff.To, "Pairs": pairs}); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

func picturePairs(was, is *driver, diff difference) (pairs []picturePair, err error) {
	for _, c := range diff.Decks {
		if len(c.Slides) == 0 {
			continue
		}
		old, err := was.slidePictures(c.Path, c.State != isNew)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", diff.From, err)
		}
		now, err := is.slidePictures(c.Path, c.State != isGone)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", diff.To, err)
		}
		for _, s := range c.Slides {
			p := picturePair{slideChange: s, Deck: c.Path}
			if p.Before, err = pictureOf(old, s.Was); err == nil {
				p.After, err = pictureOf(now, s.Is)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.Path, err)
			}
			pairs = append(pairs, p)
		}
	}
	return pairs, nil
}

// pictureOf picks the picture of a slide, if there is the slide.
func pictureOf(pictures [][]byte, slide int) ([]byte, error) {
	switch {
	case slide == 0:
		return nil, nil
	case slide > len(pictures):
		return nil, fmt.Errorf("Marp drew no picture of slide %d", slide)
	}
	return pictures[slide-1], nil
}

// Title says which slide it is and what changed.
func (p picturePair) Title() string {
	return fmt.Sprintf("%s, slide %s: %s (%s)", p.Deck, p.number(), cmp.Or(p.Heading, "no heading"), p.why())
}

// WasURL is the address that holds the picture of the slide as it was; "" where there is none.
func (p picturePair) WasURL() template.URL { return holding(p.Before) }

// IsURL is WasURL for the slide as it is now.
func (p picturePair) IsURL() template.URL { return holding(p.After) }

func holding(png []byte) template.URL {
	if png == nil {
		return ""
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
}

// writePictureFiles writes small pictures, named as pictureFile says.
func writePictureFiles(pairs []picturePair, folder string) error {
	for _, p := range pairs {
		for _, one := range []struct {
			side  string
			slide int
			png   []byte
		}{{before, p.Was, p.Before}, {after, p.Is, p.After}} {
			if one.png == nil {
				continue
			}
			small, err := shrunk(one.png)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Deck, err)
			}
			file := filepath.Join(folder, filepath.FromSlash(pictureFile(p.Deck, one.side, one.slide)))
			if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, small, 0o644)); err != nil {
				return err
			}
		}
	}
	return nil
}

// pictureFile is the name of the picture of a slide in the folder of pictures.
func pictureFile(deck, side string, slide int) string {
	return fmt.Sprintf("%s/%03d-%s.png", strings.TrimSuffix(deck, path.Ext(deck)), slide, side)
}

// shrunk is a picture that is no wider than half of a page.
func shrunk(b []byte) ([]byte, error) {
	const width = 640
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil || img.Bounds().Dx() <= width {
		return b, err
	}
	small := image.NewRGBA(image.Rect(0, 0, width, max(1, img.Bounds().Dy()*width/img.Bounds().Dx())))
	draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small)
	return out.Bytes(), err
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
<div>{{with .WasURL}}<img alt="before" src="{{.}}">{{else}}<p>not there</p>{{end}}
{{with .IsURL}}<img alt="after" src="{{.}}">{{else}}<p>not there</p>{{end}}</div>
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
	if err := talking.render([]*deck.Deck{dk}, []string{"png"}, true); err != nil && !errors.Is(err, errProblems) {
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

// lendMarp lets an unpacked commit be rendered with the marp-cli that is installed here.
func (d *driver) lendMarp(to *tree) error {
	if !exists(d.tree.dir, "node_modules") || exists(to.dir, "node_modules") {
		return nil
	}
	return os.Symlink(filepath.Join(d.tree.dir, "node_modules"), filepath.Join(to.dir, "node_modules"))
}
