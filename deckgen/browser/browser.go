// Package browser lays decks out in a real Chromium and measures what is on each slide.
//
// A page sees the files that it is given and nothing else: every request is answered here, none reaches the network
// or the disk.
package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"deckgen/deckgen/internal/lazy"
)

// A Browser is a Chromium with one page.
type Browser struct {
	caller context.Context // who opened it may stop it
	ctx    context.Context // of the page
	stop   func()
}

// Open starts the Chromium with the given path. It ends with ctx at the latest; Close cleans up.
func Open(ctx context.Context, file string) (*Browser, error) {
	profile, err := os.MkdirTemp("", "deckgen-chromium-")
	if err != nil {
		return nil, err
	}
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], lean, []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(file), chromedp.UserDataDir(profile), chromedp.ModifyCmdFunc(together),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), // should anything slip past the interception
	})
	if os.Getenv("CHROME_NO_SANDBOX") != "" { // as marp-cli has it; root gets none anyway
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	page, closePage := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {})) // events newer than the library
	b := &Browser{ctx, page, func() { closePage(); stop(); remove(profile) }}
	if err := chromedp.Do(page); err != nil {
		b.Close()
		return nil, fmt.Errorf("%s does not start: %w", file, err)
	}
	return b, nil
}

// lean spares what one page, looked at once, does not need: tabs and buttons, and processes of their own for graphics,
// network, storage, fonts and the next page.
var lean = []chromedp.ExecAllocatorOption{
	chromedp.DisableGPU,
	chromedp.Flag("kiosk", true),
	chromedp.Flag("in-process-gpu", true),
	chromedp.Flag("enable-features", "NetworkServiceInProcess2"),
	chromedp.Flag("disable-features", "StorageServiceOutOfProcess,FontDataServiceLinux,SpareRendererForSitePerProcess,site-per-process,Translate"),
}

// remove deletes the profile of a Chromium, which processes may make anew while they die, and the socket that a Chromium
// which was killed leaves beside it.
func remove(folder string) {
	socket, err := os.Readlink(filepath.Join(folder, "SingletonSocket"))
	if own := filepath.Dir(socket); err == nil && filepath.Dir(own) == filepath.Clean(os.TempDir()) {
		os.RemoveAll(own)
	}
	for gone, tries := 0, 0; gone < 4 && tries < 60; tries++ {
		if _, err := os.Stat(folder); err != nil {
			gone++
		} else {
			gone = 0
			os.RemoveAll(folder)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Close ends the Chromium and waits until it is gone.
func (b *Browser) Close() { b.stop() }

// A Page is an HTML file that marp-cli made with the template "bare", and what it may show.
type Page struct {
	Path  string // where the deck lies in Files, which relative addresses start from
	HTML  []byte
	Files fs.FS
}

// host is where pages think that they are; the name is reserved for names that do not exist.
const host = "deckgen.invalid"

// timeLimit is for one page.
const timeLimit = 2 * time.Minute

//go:embed measure.js
var measureJS string

// Measure lays a page out and measures its slides.
func (b *Browser) Measure(p Page) (*Layout, error) {
	ctx, stop := context.WithTimeout(b.ctx, timeLimit)
	defer stop()
	s := &server{page: p, ctx: ctx, drawings: map[string]*drawing{}}
	s.scan(p.HTML)
	listening, deaf := context.WithCancel(ctx)
	defer deaf()
	l := &Layout{}
	err := chromedp.Listen(listening, s.listen)
	if err == nil {
		address := url.URL{Scheme: "http", Host: host, Path: "/" + p.Path}
		err = chromedp.Do(ctx, intercept, window(1280, 720, 1), chromedp.Navigate(address.String()), s.measure(l), l.sample)
	}
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		err = fmt.Errorf("Chromium did not lay it out within %s; does a script in it run for ever?", timeLimit)
	case err != nil && b.ctx.Err() != nil && b.caller.Err() == nil:
		err = errors.New("Chromium ended before it had laid out the slides; is there enough memory?")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l.Missing, l.Remote = distinct(s.missing), distinct(s.remote)
	return l, err
}

// none is the result of an action that has no other.
var none chromedp.Void

// intercept has every request of the page wait for an answer.
func intercept(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, fetch.Enable, fetch.EnableParams{})
	return none, err
}

// window sets the size of the page in CSS pixels, and how many pixels of a picture one of them is.
func window(width, height int64, scale float64) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride,
			emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale})
		return none, err
	}
}

// measure has the page measure itself.
func (s *server) measure(l *Layout) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		s.mu.Lock()
		drawings, err := json.Marshal(s.drawings)
		s.mu.Unlock()
		if err != nil {
			return none, err
		}
		// A string, as Chromium takes longer to hand over anything else.
		script := fmt.Sprintf("(%s)(%s).then(JSON.stringify)", measureJS, drawings)
		found, err := chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise)(ctx, t)
		if err != nil {
			return none, err
		}
		return none, json.Unmarshal([]byte(found), &l.Slides)
	}
}

// A server answers the requests of a page.
type server struct {
	page Page
	ctx  context.Context

	mu              sync.Mutex
	missing, remote []string
	painted         strings.Builder     // the addresses in style sheets
	drawings        map[string]*drawing // the SVG pictures that the page shows, by path
}

func (s *server) listen(event any) {
	if e, ok := event.(*fetch.EventRequestPaused); ok {
		go s.respond(e) // the page goes on meanwhile
	}
}

// respond answers one request.
func (s *server) respond(e *fetch.EventRequestPaused) {
	if u, err := url.Parse(e.Request.URL); err != nil || u.Host != host {
		s.note(&s.remote, e.Request.URL)
		chromedp.Call(s.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
	} else {
		answer := s.answer(u, e.ResourceType)
		answer.RequestID = e.RequestID
		chromedp.Call(s.ctx, fetch.FulfillRequest, answer)
	}
}

func (s *server) answer(u *url.URL, sort network.ResourceType) fetch.FulfillRequestParams {
	name := strings.TrimPrefix(path.Clean(u.Path), "/")
	body, kind := s.page.HTML, "text/html; charset=utf-8"
	if sort != network.ResourceTypeDocument {
		var err error
		if body, err = fs.ReadFile(s.page.Files, name); err != nil {
			if name != "favicon.ico" && sort != network.ResourceTypeStylesheet { // Chromium asks by itself; themes import each other
				s.note(&s.missing, name)
			}
			return fetch.FulfillRequestParams{ResponseCode: http.StatusNotFound}
		}
		if kind = contentType(name, body); sort == network.ResourceTypeStylesheet {
			s.scan(body)
		}
		if sort == network.ResourceTypeImage && kind == "image/svg+xml" {
			body, kind = s.picture(u, name, body)
		}
	}
	return fetch.FulfillRequestParams{ResponseCode: http.StatusOK, Body: body,
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: kind}}}
}

// picture is what a page gets for an SVG picture: a stand-in, unless a style sheet may put it behind a text.
func (s *server) picture(u *url.URL, name string, svg []byte) (body []byte, kind string) {
	dr := read(svg)
	s.mu.Lock()
	defer s.mu.Unlock()
	addresses, blank := s.painted.String(), dr.standIn()
	painted := strings.Contains(addresses, path.Base(u.Path)) || strings.Contains(addresses, path.Base(u.EscapedPath()))
	dr.Blank = blank != nil && !painted
	s.drawings[name] = dr
	if dr.Blank {
		return blank, "image/gif"
	}
	return svg, "image/svg+xml"
}

var addressInCSS = lazy.Regexp(`url\((?:&quot;.*?&quot;|".*?"|'.*?'|[^)]*)\)`)

// scan notes the addresses in style sheets.
func (s *server) scan(source []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, address := range addressInCSS().FindAll(source, -1) {
		fmt.Fprintln(&s.painted, html.UnescapeString(string(address)))
	}
}

func (s *server) note(list *[]string, address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*list = append(*list, address)
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

func contentType(name string, body []byte) string {
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return http.DetectContentType(body)
}
