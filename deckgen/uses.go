package deckgen

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"path"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/page"
)

// located splits the address of a file beside the deck into its path and its fragment. Other addresses have no path:
// those of other hosts, data and places in the page itself.
func located(address string) (file, fragment string) {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" && u.Scheme != "file" {
		return "", ""
	}
	return u.Path, u.Fragment
}

// relative is the address of a file in the deck's folder; an address that names none stays.
func relative(file, address string) string {
	if file == "" {
		return address
	}
	_, fragment := located(address)
	return (&url.URL{Path: file, Fragment: fragment}).String()
}

// findUses finds the files that the pages load, also those that only a directive, HTML or the theme names. It returns
// the problems of those that are not there.
func (r *rendering) findUses() (problems []deck.Problem) {
	r.uses = map[string]string{}
	seen := map[page.Use]bool{}
	page.Rewrite(r.html, func(u page.Use) string {
		if at, _ := located(u.URL); at != "" && !seen[u] {
			seen[u] = true
			file, problem := r.used(u, at)
			if problem != nil {
				problems = append(problems, *problem)
			} else {
				r.uses[u.URL] = file
			}
		}
		return u.URL
	})
	return problems
}

// used finds the file that a page loads. Addresses in a theme count from the deck, as Marp leaves them, or else from the
// theme.
func (r *rendering) used(u page.Use, at string) (string, *deck.Problem) {
	file, err := resolve(r.deck, at)
	if err != nil {
		p := r.at(u, "outside", "use a file of this repository", "%s: %v", u.URL, err)
		return "", &p
	}
	if beside := path.Join("assets/themes", at); u.Slide == 0 && !r.tree.has(file) && r.tree.has(beside) {
		file = beside
	}
	if info, err := r.tree.root.Stat(file); err != nil || !info.Mode().IsRegular() {
		p := r.at(u, "missing-image", "mend the path, or add the file", "there is no file %s, which is loaded as %s", file, u.URL)
		return "", &p
	}
	return file, nil
}

// at is a problem of something that a page loads. What a theme loads is said at the first slide.
func (r *rendering) at(u page.Use, rule, hint, format string, args ...any) deck.Problem {
	slide := min(max(u.Slide, 1), len(r.deck.Slides))
	return deck.Problem{Path: r.deck.Path, Line: firstLine(r.deck, slide-1), Col: 1, Slide: slide, Rule: rule,
		Message: fmt.Sprintf(format, args...), Hint: hint}
}

// single writes one HTML file that holds everything that it loads. What comes from other hosts stays there.
func (r *rendering) single(file string) (problems []deck.Problem, err error) {
	told := map[string]bool{}
	html := page.Rewrite(r.html, func(u page.Use) string {
		if file := r.uses[u.URL]; file != "" {
			url, failed := r.dataURL(file, u.URL)
			err = cmp.Or(err, failed)
			return url
		}
		if isRemote(u.URL) && !told[u.URL] {
			told[u.URL] = true
			problems = append(problems, r.remote(u))
		}
		return u.URL
	})
	if err != nil {
		return nil, err
	}
	return problems, r.tree.scratch(output{path.Join(r.out, file), html})
}

// renderRules are those that no static rule is.
var renderRules = []deck.Rule{
	{Name: "remote", Severity: deck.Warning, Summary: "something comes from another host, where a single file or the measuring of slides cannot have it"},
}

func isRemote(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != ""
}

func (r *rendering) remote(u page.Use) deck.Problem {
	p := r.at(u, "remote", "keep a copy in the repository", "the single file still loads %s", u.URL)
	p.Severity = deck.Warning
	return p
}

// mediaTypes are those that cannot be told from the content.
var mediaTypes = map[string]string{".svg": "image/svg+xml", ".css": "text/css", ".js": "text/javascript", ".avif": "image/avif",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf"}

// dataURL is the address that holds a file itself.
func (r *rendering) dataURL(file, address string) (string, error) {
	data, err := r.tree.read(file)
	if err != nil {
		return "", err
	}
	kind := mediaTypes[path.Ext(file)]
	if kind == "" {
		kind = http.DetectContentType(data)
	}
	_, fragment := located(address)
	return (&url.URL{Scheme: "data", Opaque: kind + ";base64," + base64.StdEncoding.EncodeToString(data), Fragment: fragment}).String(), nil
}
