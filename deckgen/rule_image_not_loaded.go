package deckgen

import (
	"path"
	"slices"
	"strings"

	"deckgen/deckgen/deck"
)

// imageInspection finds pictures that a browser cannot show.
var imageInspection = ofLayouts(notLoaded,
	deck.Rule{Name: "image-not-loaded", Severity: deck.Error, Summary: "a picture is missing or cannot be read by a browser"})

// notLoaded leaves out what the static rules say of a reference, and pictures from elsewhere, which nobody looked at.
func notLoaded(l *layout) (problems []deck.Problem) {
	for i, s := range l.slides {
		for _, img := range s.Images {
			if !img.Broken || strings.Contains(img.Src, ":") || img.Src == l.dk.Path || slices.Contains(l.missing, img.Src) {
				continue
			}
			p := l.problem(i, "image-not-loaded", "open it in a browser to see why", "%s shows nothing: a browser cannot read it", img.Src)
			p, _ = l.atImage(p, img.Src)
			problems = append(problems, p)
		}
	}
	for _, file := range l.missing {
		if !l.refersTo(file) {
			problems = append(problems, l.notThere(file))
		}
	}
	return append(problems, l.notAsked()...)
}

// notAsked says once a deck what its slides were measured without. The fonts and emoji of Marp itself do not count.
func (l *layout) notAsked() []deck.Problem {
	for i, s := range l.dk.Slides {
		for _, address := range l.remote {
			if strings.Contains(string(l.dk.Src[s.Start:s.End]), address) {
				p := l.problem(i, "remote", "keep a copy in the repository", "nothing was loaded from other hosts, such as %s: its size on the slide is not known", address)
				return []deck.Problem{l.atText(p, address)}
			}
		}
	}
	return nil
}

func (l *layout) refersTo(file string) bool {
	return slices.ContainsFunc(l.dk.Refs, func(r deck.Reference) bool {
		target, err := resolve(l.dk, r.Target)
		if err != nil { // it leaves the repository; a browser goes no higher than its top
			return strings.HasSuffix(r.Target, "/"+file)
		}
		return target == file
	})
}

// notThere is for pictures that HTML, a style or a directive names.
func (l *layout) notThere(file string) deck.Problem {
	for i, s := range l.dk.Slides {
		if strings.Contains(string(l.dk.Src[s.Start:s.End]), path.Base(file)) {
			p := l.problem(i, "image-not-loaded", l.similar(file), "there is no %s", file)
			return l.atText(p, path.Base(file))
		}
	}
	return deck.Problem{Path: l.dk.Path, Line: 1, Col: 1, Slide: 1, Rule: "image-not-loaded",
		Message: "the slides show " + file + ", which is not there", Hint: "the theme or the front matter names it"}
}
