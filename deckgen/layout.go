package deckgen

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"

	"deckgen/deckgen/browser"
	"deckgen/deckgen/deck"
)

// A layout is a deck as the audience sees it.
type layout struct {
	*driver
	dk      *deck.Deck
	html    []string        // of each slide, as Marp makes it
	slides  []browser.Slide // as a Chromium shows them; nil if none looked
	missing []string        // files that the page asked for in vain
	remote  []string        // what it asked other hosts for; nothing was loaded
}

// layOut has Marp and a Chromium make what the audience will see of decks. It writes no file.
func (d *driver) layOut(decks []*deck.Deck) ([]*layout, error) {
	m, err := d.findMarp()
	if err != nil {
		return nil, err
	}
	if m.browser == "" {
		return nil, fail(getBrowser, "the rendered rules need a Chromium, and there is none")
	}
	g, ctx := errgroup.WithContext(d.ctx)
	pages := make([]chan []byte, len(decks))
	for i := range pages {
		pages[i] = make(chan []byte, 1)
	}
	g.Go(func() error { return m.pages(ctx, d, decks, pages) })
	layouts := make([]*layout, len(decks))
	g.Go(func() error {
		b, err := browser.Open(ctx, m.browser)
		if err != nil {
			return fail("as a user without the right to a sandbox: CHROME_NO_SANDBOX=1", "%w", err)
		}
		defer d.closing.Go(b.Close) // takes a while, in which the rules may look at what was found
		for i, dk := range decks {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case html := <-pages[i]:
				if layouts[i], err = d.measure(b, dk, html); err != nil {
					return fmt.Errorf("%s: %w", dk.Path, err)
				}
			}
		}
		return nil
	})
	return layouts, g.Wait()
}

func (d *driver) measure(b *browser.Browser, dk *deck.Deck, html []byte) (*layout, error) {
	found, err := b.Measure(browser.Page{Path: dk.Path, HTML: html, Files: shownFiles{d.tree, path.Dir(dk.Path)}})
	if err != nil {
		return nil, err
	}
	l := d.newLayout(dk, string(html))
	l.slides, l.missing, l.remote = found.Slides[:min(len(found.Slides), len(dk.Slides))], found.Missing, found.Remote
	return l, nil
}

// shownFiles are the files of the repository as a page of a deck in a folder sees them: what a theme names and does not
// lie beside the deck lies beside the theme.
type shownFiles struct {
	tree   *tree
	folder string
}

func (f shownFiles) Open(name string) (fs.File, error) {
	if beside := path.Join("assets/themes", strings.TrimPrefix(name, f.folder+"/")); !f.tree.has(name) && f.tree.has(beside) {
		name = beside
	}
	return f.tree.root.FS().Open(name)
}

const slideMark = "<svg data-marpit-svg"

func (d *driver) newLayout(dk *deck.Deck, html string) *layout {
	return &layout{driver: d, dk: dk, html: strings.Split(html, slideMark)[1:]}
}

// pages makes a page of each deck and sends it on.
func (m *marp) pages(ctx context.Context, d *driver, decks []*deck.Deck, to []chan []byte) error {
	for i, dk := range decks {
		src, err := d.unlinked(dk)
		if err != nil {
			return err
		}
		html, err := m.page(ctx, src)
		if err != nil {
			return fmt.Errorf("%s: %w", dk.Path, err)
		}
		to[i] <- html
	}
	return nil
}

// unlinked is a deck with the values and claims as the audience sees them, and the pictures where they are.
func (d *driver) unlinked(dk *deck.Deck) ([]byte, error) {
	var edits []deck.Edit
	for _, r := range dk.Refs {
		if r.Kind != deck.Image {
			edits = append(edits, dk.Unlink(r)...)
		}
	}
	return dk.Apply(edits)
}

// problem is one at the first line of a slide, given by its index.
func (l *layout) problem(slide int, rule, hint, format string, args ...any) deck.Problem {
	return deck.Problem{Path: l.dk.Path, Line: firstLine(l.dk, slide), Col: 1, Slide: slide + 1, Rule: rule, Hint: hint,
		Message: fmt.Sprintf(format, args...)}
}

// firstLine is the first line of a slide that has something on it.
func firstLine(dk *deck.Deck, slide int) int {
	s := dk.Slides[slide]
	text := dk.Src[s.Start:s.End]
	blank := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	return s.Line + bytes.Count(text[:blank], []byte("\n"))
}

// at moves a problem to the element that it is about, as far as that stands in the deck.
func (l *layout) at(p deck.Problem, place browser.Place, text string) deck.Problem {
	kinds := map[string]deck.BlockKind{"table": deck.TableBlock, "pre": deck.CodeBlock, "formula": deck.Formula}
	if kind, ok := kinds[place.Tag]; ok {
		if blocks := l.dk.BlocksOn(p.Slide, kind); len(blocks) == place.Of { // else HTML in the deck adds to them
			p.Line, p.Col = blocks[place.Index].Line, blocks[place.Index].Col
			return p
		}
	}
	return l.atText(p, text)
}

// atText moves a problem to a text on its slide, if that can be found.
func (l *layout) atText(p deck.Problem, text string) deck.Problem {
	text, _, _ = strings.Cut(text, "\n")
	s := l.dk.Slides[p.Slide-1]
	for _, part := range []string{text, firstWord(text)} {
		if i := bytes.Index(l.dk.Src[s.Start:s.End], []byte(part)); i >= 0 && part != "" {
			p.Line, p.Col = l.dk.Position(s.Start + i)
			break
		}
	}
	return p
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

// atImage moves a problem to the picture with the given file on its slide.
func (l *layout) atImage(p deck.Problem, src string) (deck.Problem, *deck.Reference) {
	for i, r := range l.dk.Refs {
		if file, err := resolve(l.dk, r.Target); err == nil && r.Kind == deck.Image && r.Slide == p.Slide && file == src {
			p.Line, p.Col = r.Line, r.Col
			return p, &l.dk.Refs[i]
		}
	}
	return l.atText(p, path.Base(src)), nil
}

// quote shortens a text for a message.
func quote(text string) string {
	const most = 24
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return `"` + text + `"`
}
