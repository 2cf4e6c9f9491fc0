package deckgen

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far the runs are.
type progress interface {
	begin(s *state, why string)
	tick(s *state, done, total int)
	end(s *state, err error, took time.Duration, outcome string)
	close()
}

func (d *driver) progress(todo []*state) progress {
	if !d.sys.terminal || d.sys.getenv("TERM") == "dumb" {
		return &lines{d: d, running: map[*state]*running{}}
	}
	width := 0
	for _, s := range todo {
		width = max(width, len(s.experiment.Name))
	}
	return &bars{d: d, width: width, shown: map[*state]*mpb.Bar{},
		all: mpb.New(mpb.WithOutput(d.sys.err), mpb.WithWidth(60), mpb.WithRefreshRate(120*time.Millisecond))}
}

// lines tells in plain lines, for logs.
type lines struct {
	d       *driver
	mu      sync.Mutex
	running map[*state]*running
}

type running struct{ began, told time.Time }

// tellEveryVar is how serve asks the program that it starts to tell more often.
const tellEveryVar = "DECKGEN_TELL_EVERY"

func (d *driver) tellEvery() time.Duration {
	if every, err := time.ParseDuration(d.sys.getenv(tellEveryVar)); err == nil {
		return every
	}
	return 10 * time.Second
}

func (l *lines) begin(s *state, why string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running[s] = &running{time.Now(), time.Now()}
	l.d.talk("running %s: %s", s.experiment.Name, why)
}

func (l *lines) tick(s *state, done, total int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.running[s]
	if done == total || time.Since(r.told) < l.d.tellEvery() {
		return
	}
	r.told = time.Now()
	l.d.talk("running %s: %d of %d, %s left", s.experiment.Name, done, total, short(timeLeft(r.began, done, total)))
}

func (l *lines) end(s *state, err error, took time.Duration, outcome string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.d.talk("%s", ended(s, err, took, outcome))
}

func (l *lines) close() {}

func ended(s *state, err error, took time.Duration, outcome string) string {
	switch {
	case errors.Is(err, context.Canceled):
		return s.experiment.Name + " stopped"
	case err != nil:
		return s.experiment.Name + " failed"
	}
	spent := short(took)
	if s.experiment.IsDraft() {
		spent += " as a draft"
	}
	if s.memory > 0 {
		spent += fmt.Sprintf(" with %d MB", (s.memory+1<<19)>>20)
	}
	return fmt.Sprintf("ran %s in %s: %s", s.experiment.Name, spent, outcome)
}

// short writes a time in the way that a waiting person wants to know it.
func short(t time.Duration) string {
	switch s := int(t.Round(time.Second).Seconds()); {
	case t < 10*time.Second:
		return fmt.Sprintf("%.1f s", t.Seconds())
	case s < 60:
		return fmt.Sprintf("%d s", s)
	default:
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	}
}

// bars shows a bar for each experiment, for terminals.
type bars struct {
	d     *driver
	all   *mpb.Progress
	width int
	mu    sync.Mutex
	shown map[*state]*mpb.Bar
}

func (b *bars) begin(s *state, why string) {
	began := time.Now()
	left := func(st decor.Statistics) string {
		if st.Current == 0 {
			return why
		}
		return short(timeLeft(began, int(st.Current), int(st.Total))) + " left"
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown[s] = b.all.AddBar(1,
		mpb.PrependDecorators(decor.Name(s.experiment.Name, decor.WC{W: b.width + 1, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Any(left)), mpb.BarRemoveOnComplete())
}

func timeLeft(began time.Time, done, total int) time.Duration {
	return time.Since(began) / time.Duration(done) * time.Duration(total-done)
}

func (b *bars) tick(s *state, done, total int) {
	bar := b.bar(s)
	bar.SetTotal(int64(total), false) // end takes the bar away
	bar.SetCurrent(int64(done))
}

func (b *bars) bar(s *state) *mpb.Bar {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.shown[s]
}

func (b *bars) end(s *state, err error, took time.Duration, outcome string) {
	fmt.Fprintln(b.all, ended(s, err, took, outcome))
	b.bar(s).Abort(true)
}

func (b *bars) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, bar := range b.shown {
		bar.Abort(true)
	}
	b.all.Wait()
}
