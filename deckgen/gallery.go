package deckgen

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/lab"
	"deckgen/deckgen/page"
)

const (
	galleryFile  = "build/index.html"
	galleryFiles = "build/index_files" // copies of the records and figures
	galleryProof = "build/.index.receipt.json"
)

var (
	//go:embed gallery.html
	galleryHTML string
	//go:embed gallery.css
	galleryCSS string
	//go:embed gallery_slides.css
	slidesCSS string // for the thumbnails, which have a style of their own

	galleryTemplate = lazy.Template(galleryHTML)
)

// A gallery is the page that shows everything: each deck with its slides, each experiment with what it found, and where
// each number on a slide came from.
type gallery struct {
	*explainer
	CSS, SlidesCSS template.CSS
	Decks          []shownDeck
	Cards          []*card
	Sources        []showing // what comes from files that no experiment makes
}

// A shownDeck is a deck as it was rendered the last time.
type shownDeck struct {
	Path, Title, Lang string
	Files             []link
	Sheets            template.HTML
	Slides            []thumbnail // none if it has not been rendered
}

type link struct{ Name, URL string }

type thumbnail struct {
	Number  int
	Heading string
	URL     string
	HTML    template.HTML
}

// A card says what an experiment is and what it found.
type card struct {
	*origin
	Took     string
	Params   map[string]string
	Claims   map[string]lab.Claim
	Figures  []picture
	Showings []showing
	URL      string // of the record
}

type picture struct{ Name, Alt, File string }

// URL is where the page finds its copy.
func (p picture) URL() string { return galleryURL(p.File) }

// A showing is a place on a slide and what it shows.
type showing struct {
	Kind, Text, From string
	Deck             string
	Slide, Line      int
	URL              string
}

// gallery writes the page, unless it is up to date. The decks are shown as they stand in the build folder.
func (d *driver) gallery(dataDir string) error {
	x, err := d.explainer(dataDir)
	if err != nil {
		return err
	}
	g := &gallery{explainer: x, CSS: template.CSS(galleryCSS), SlidesCSS: template.CSS(slidesCSS)}
	byName := map[string]*card{}
	if d.ours() {
		for _, s := range d.states(d.Experiments, 0, dataDir) {
			g.states[s.experiment] = s
		}
		for _, e := range d.Experiments {
			byName[e.Name] = g.card(e)
			g.Cards = append(g.Cards, byName[e.Name])
		}
	}
	from, files := g.madeFrom()
	if d.madeOf(from, galleryProof) {
		return nil
	}
	for _, dk := range g.decks {
		g.Decks = append(g.Decks, g.deck(dk))
		for _, r := range dk.Refs {
			g.show(dk, r, byName)
		}
	}
	if err := g.copyRecords(); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := galleryTemplate().Execute(&out, g); err != nil {
		return fmt.Errorf("%s: %w", galleryFile, err)
	}
	if _, err := d.tree.write([]output{{galleryFile, out.Bytes()}}); err != nil {
		return err
	}
	d.talk("rendered %s", galleryFile)
	return d.receipt(from, galleryProof, galleryFiles, append(files, galleryFile)...)
}

// madeFrom are the files that the page shows something of, and the digest of all else that is on it, and of this program.
func (g *gallery) madeFrom() (digested string, files []string) {
	all := fmt.Appendf(nil, "%s %s", version(), thisProgram())
	for _, c := range g.Cards {
		all = fmt.Appendf(all, " %s %q %v", c.Took, c.Reasons, c.Params)
		files = append(files, c.files()...)
	}
	for _, dk := range g.decks {
		files = append(files, dk.Path)
		for _, e := range editions {
			files = append(files, path.Join(outputFolder(dk.Path), e.file(dk)))
		}
	}
	files = slices.DeleteFunc(files, func(name string) bool { return !g.tree.has(name) }) // check says what is missing
	return digest(fmt.Appendf(all, " %q", files)), files
}

// files are those of the experiment that the page shows: its record and its figures.
func (c *card) files() []string {
	files := []string{c.Record}
	for _, f := range c.Figures {
		files = append(files, f.File)
	}
	return files
}

func (g *gallery) card(e *lab.Experiment) *card {
	c := &card{origin: g.origin(e), URL: galleryURL(recordFile(e))}
	c.Params = flatten(c.origin.Params)
	if s := g.state(e); s.result != nil {
		c.Took = g.tookLast(e, s.raw)
		c.Claims = s.result.Claims
		for _, name := range figureNames(s.result.Figures) {
			c.Figures = append(c.Figures, picture{name, s.result.Figures[name].Alt, figureFile(e, name)})
		}
	}
	return c
}

// galleryURL is where the page finds its copy of a file of an experiment.
func galleryURL(file string) string {
	return path.Base(galleryFiles) + "/" + strings.TrimPrefix(file, "assets/")
}

// copyRecords puts the records and figures beside the page, so that the build folder can be handed on by itself.
func (g *gallery) copyRecords() error {
	temp := hidden(galleryFiles, ".new")
	defer g.tree.root.RemoveAll(temp)
	if err := g.tree.root.RemoveAll(temp); err != nil {
		return plain(temp, err)
	}
	if err := g.tree.root.MkdirAll(temp, 0o755); err != nil {
		return plain(temp, err)
	}
	for _, c := range g.Cards {
		for _, file := range c.files() {
			if b, err := g.tree.read(file); err == nil { // check says what is missing
				if err := g.tree.scratch(output{path.Join(temp, strings.TrimPrefix(file, "assets/")), b}); err != nil {
					return err
				}
			}
		}
	}
	return g.replaceFolder(temp, galleryFiles)
}

// deck takes the slides out of the page that Marp made.
func (g *gallery) deck(dk *deck.Deck) shownDeck {
	folder := outputFolder(dk.Path)
	at := strings.TrimPrefix(folder, "build/") + "/"
	s := shownDeck{Path: dk.Path, Title: cmp.Or(dk.Slides[0].Heading, dk.Path)}
	for _, v := range dk.Directives {
		if v.Key == "lang" {
			s.Lang = v.Value
		}
	}
	for _, e := range editions {
		if file := e.file(dk); g.tree.has(path.Join(folder, file)) {
			s.Files = append(s.Files, link{e.name, "./" + at + file})
		}
	}
	html, err := g.tree.read(path.Join(folder, editions[0].file(dk)))
	if err != nil {
		return s
	}
	sheets, slides := page.Slides(page.Rewrite(html, func(u page.Use) string { return under(at, u.URL) }))
	for _, sheet := range sheets {
		s.Sheets += template.HTML("<style>" + string(sheet) + "</style>")
	}
	for i, slide := range slides {
		t := thumbnail{Number: i + 1, URL: slideURL(dk, i+1), HTML: template.HTML(slide)}
		if i < len(dk.Slides) {
			t.Heading = dk.Slides[i].Heading
		}
		s.Slides = append(s.Slides, t)
	}
	return s
}

// under is an address as a page in the folder above names it.
func under(folder, address string) string {
	if file, _ := located(address); file == "" || path.IsAbs(file) {
		return address
	}
	return (&url.URL{Path: "./" + folder}).String() + address
}

func slideURL(dk *deck.Deck, slide int) string {
	return fmt.Sprintf("./%s/index.html#%d", strings.TrimPrefix(outputFolder(dk.Path), "build/"), slide)
}

// show notes a place on a slide with the experiment that it comes from.
func (g *gallery) show(dk *deck.Deck, r deck.Reference, byName map[string]*card) {
	file, err := resolve(dk, r.Target)
	if err != nil {
		return
	}
	s := showing{Kind: r.Kind.String(), Text: r.Text, From: subject(file, r.Fragment), Deck: dk.Path, Slide: r.Slide, Line: r.Line,
		URL: slideURL(dk, r.Slide)}
	if r.Kind == deck.Link {
		s.Kind = "value"
		if _, ok := (referrer{g.driver, dk}).claimOf(r); ok {
			s.Kind = "claim"
		}
	}
	if e := g.experimentOf(file); e != nil && byName[e.Name] != nil {
		c := byName[e.Name]
		s.From = strings.TrimPrefix(s.From, folder(e)+"/")
		c.Showings = append(c.Showings, s)
		return
	}
	g.Sources = append(g.Sources, s)
}

// Short is the beginning of a digest.
func (c *card) Short(digest string) string { return digest[:min(len(digest), 12)] }

// Why is the short form of the reasons why a record is not fresh.
func (c *card) Why() string { return few(c.Reasons) }

// Sum counts the claims that hold and those that are fragile.
func (c *card) Sum() string {
	holds, fragile := 0, 0
	for _, claim := range c.Claims {
		if claim.Holds {
			holds++
		}
		if claim.Fragile() {
			fragile++
		}
	}
	text := fmt.Sprintf("%d of %d", holds, len(c.Claims))
	if fragile > 0 {
		text += fmt.Sprintf(", %d not for every seed", fragile)
	}
	return text
}

// tookLast says how long it took to make a record, if that was here.
func (d *driver) tookLast(e *lab.Experiment, record []byte) string {
	t, ok := d.times()[e.Name]
	if !ok || t.Record != digest(record) {
		return ""
	}
	return short(time.Duration(t.Seconds * float64(time.Second)))
}
