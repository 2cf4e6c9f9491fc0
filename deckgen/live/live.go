// Package live shows decks in the browser while they are written: a page for each deck, which is told what has changed.
package live

import (
	"maps"
	"slices"
	"sync"
)

// A View is a deck as the browser shows it.
type View struct {
	Title    string
	CSS      string
	Slides   []string
	Problems []Problem
}

// A Problem is shown over its slide; over all of them if Slide is 0.
type Problem struct {
	Slide    int    `json:"slide"`
	Place    string `json:"place"` // file:line:col
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

// A Server holds what the pages show and tells them of changes.
type Server struct {
	// File returns the bytes of a file that slides load, by the path that follows /file/ in its address.
	File func(name string) ([]byte, error)
	// Script is what Marp runs in the page.
	Script []byte
	// Host is a name by which this machine may be asked, besides localhost and its addresses.
	Host string

	mu       sync.Mutex
	views    map[string]View
	status   string    // what is under way
	failure  []Problem // of what was under way
	watching map[chan struct{}]bool
}

// Set shows a deck.
func (s *Server) Set(deck string, v View) {
	s.change(func() {
		if s.views == nil {
			s.views = map[string]View{}
		}
		s.views[deck] = v
	})
}

// Say shows in all pages what is under way, and what went wrong with it.
func (s *Server) Say(status string, failure ...Problem) {
	s.change(func() { s.status, s.failure = status, failure })
}

// change changes what is shown and wakes the pages.
func (s *Server) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	for wake := range s.watching {
		select {
		case wake <- struct{}{}:
		default: // it is going to look anyway
		}
	}
}

// watch returns a channel that says when something has changed; at first it has.
func (s *Server) watch() (wake chan struct{}, stop func()) {
	wake = make(chan struct{}, 1)
	wake <- struct{}{}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watching == nil {
		s.watching = map[chan struct{}]bool{}
	}
	s.watching[wake] = true
	return wake, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watching, wake)
	}
}

func (s *Server) view(deck string) (v View, status string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok = s.views[deck]
	v.Problems = append(slices.Clone(s.failure), v.Problems...)
	return v, s.status, ok
}

func (s *Server) decks() (names []string, titles map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	titles = map[string]string{}
	for name, v := range s.views {
		titles[name] = v.Title
	}
	return slices.Sorted(maps.Keys(s.views)), titles
}

// A message tells a page what is new to it.
type message struct {
	CSS      *string        `json:"css,omitempty"`
	Total    int            `json:"total"`
	Slides   map[int]string `json:"slides"` // by number, from 0
	Problems []Problem      `json:"problems"`
	Status   string         `json:"status"`
}

// difference is what a page that shows one view has to be told to show another.
func difference(was, is View, status string) message {
	m := message{Total: len(is.Slides), Slides: map[int]string{}, Problems: append([]Problem{}, is.Problems...), Status: status}
	if is.CSS != was.CSS {
		m.CSS = &is.CSS
	}
	for i, slide := range is.Slides {
		if i >= len(was.Slides) || was.Slides[i] != slide {
			m.Slides[i] = slide
		}
	}
	return m
}
