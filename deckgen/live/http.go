package live

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"path"
	"strings"
	"time"

	"deckgen/deckgen/internal/lazy"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed list.html
	listHTML string
	//go:embed page.css
	pageCSS []byte
	//go:embed page.js
	pageJS []byte

	pageTemplate = lazy.Template(pageHTML)
	listTemplate = lazy.Template(listHTML)
)

// Handler answers the browser. It refuses requests that name another host than this one: a page of somebody else, whose
// name was made to lead here, must not read the decks.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.list)
	mux.HandleFunc("GET /deck/{deck...}", s.page)
	mux.HandleFunc("GET /events/{deck...}", s.events)
	mux.HandleFunc("GET /file/{name...}", s.file)
	mux.HandleFunc("GET /page.css", asset("text/css", pageCSS))
	mux.HandleFunc("GET /page.js", asset("text/javascript", pageJS))
	mux.HandleFunc("GET /marp.js", asset("text/javascript", s.Script))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.ours(r.Host) {
			http.Error(w, "this host goes by another name; open the address that deckgen serve printed", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline' https:; img-src * data:; font-src * data:")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// ours reports whether a request names this host. An address cannot be made to lead elsewhere, so any will do.
func (s *Server) ours(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return true
	}
	return strings.EqualFold(host, "localhost") || s.Host != "" && strings.EqualFold(host, s.Host)
}

func asset(kind string, content []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind+"; charset=utf-8")
		w.Write(content)
	}
}

// list shows the decks; a single one it opens.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	names, titles := s.decks()
	if len(names) == 1 {
		http.Redirect(w, r, "/deck/"+names[0], http.StatusFound)
		return
	}
	listTemplate().Execute(w, titles)
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("deck")
	v, _, ok := s.view(name)
	if !ok {
		http.NotFound(w, r)
		return
	}
	pageTemplate().Execute(w, map[string]string{"Deck": name, "Title": v.Title})
}

// events tells a page what is new, as it happens. What happens while it is being told comes in one piece afterwards.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := s.view(r.PathValue("deck")); !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	wake, stop := s.watch()
	defer stop()
	var was View
	alive := time.NewTicker(20 * time.Second)
	defer alive.Stop()
	for {
		var err error
		select {
		case <-r.Context().Done():
			return
		case <-alive.C:
			_, err = fmt.Fprint(w, ": still here\n\n")
		case <-wake:
			is, status, _ := s.view(r.PathValue("deck"))
			told, _ := json.Marshal(difference(was, is, status))
			_, err = fmt.Fprintf(w, "data: %s\n\n", told)
			was = is
		}
		if err != nil || http.NewResponseController(w).Flush() != nil {
			return
		}
	}
}

// file sends a picture or a font that a slide loads. An address carries the digest of the content, so that a new picture
// has a new address.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	b, err := s.File(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:") // scripts in SVG
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}
