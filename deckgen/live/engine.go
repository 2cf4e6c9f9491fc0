package live

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

//go:embed engine.cjs
var engineScript string

// An Engine is Marp Core in a process of Node.js that stays, and is started again should it end.
type Engine struct {
	start    func() *exec.Cmd
	patience time.Duration // how long one deck may take

	mu   sync.Mutex
	cmd  *exec.Cmd // nil: it does not run
	in   io.WriteCloser
	out  *json.Decoder
	said *bytes.Buffer // on standard error
}

// errSlow is what became of a deck that Marp did not come to the end of.
var errSlow = errors.New("Marp did not come to an end")

// Converted is what Marp makes of a deck.
type Converted struct {
	Slides []string `json:"slides"`
	CSS    string   `json:"css"`
	Error  string   `json:"error"`
	Anew   bool     `json:"-"` // the process had ended and was started again
}

// StartEngine starts the process, in the folder whose node_modules hold marp-cli. It ends with the context.
func StartEngine(ctx context.Context, node, dir string) (*Engine, error) {
	e := &Engine{patience: 30 * time.Second, start: func() *exec.Cmd {
		cmd := exec.CommandContext(ctx, node, "-e", engineScript)
		cmd.Dir, cmd.WaitDelay = dir, time.Second
		return cmd
	}}
	return e, e.begin()
}

// begin starts the process if it does not run.
func (e *Engine) begin() error {
	if e.cmd != nil {
		return nil
	}
	cmd, said := e.start(), &bytes.Buffer{}
	cmd.Stderr = said
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	e.cmd, e.in, e.out, e.said = cmd, in, json.NewDecoder(out), said
	return nil
}

// Convert converts a deck with the style sheets of the themes that it may use. If the process is found to have ended it
// is started again, once; if it takes too long it is ended, and starts again with the next deck.
func (e *Engine) Convert(markdown string, themes []string) (c Converted, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	anew := e.cmd == nil
	c, err = e.ask(markdown, themes)
	if err != nil && !anew && !errors.Is(err, errSlow) {
		anew = true
		c, err = e.ask(markdown, themes)
	}
	if c.Anew = anew && err == nil; c.Error != "" {
		err = errors.New("Marp: " + c.Error)
	}
	return c, err
}

func (e *Engine) ask(markdown string, themes []string) (c Converted, err error) {
	if err := e.begin(); err != nil {
		return c, fmt.Errorf("Marp cannot be started: %w", err)
	}
	var slow atomic.Bool
	process := e.cmd.Process
	limit := time.AfterFunc(e.patience, func() { slow.Store(true); process.Kill() })
	defer limit.Stop()
	question := json.NewEncoder(e.in)
	if err = question.Encode(map[string]any{"markdown": markdown, "themes": append([]string{}, themes...)}); err == nil {
		err = e.out.Decode(&c)
	}
	if err != nil {
		e.end() // until then it may still be saying why
		if slow.Load() {
			return c, fmt.Errorf("%w in %v and was ended; it starts again when something is saved", errSlow, e.patience)
		}
		return c, fmt.Errorf("Marp ended: %w; it starts again when something is saved\n%s", err, bytes.TrimSpace(e.said.Bytes()))
	}
	return c, nil
}

// Close ends the process and waits for it.
func (e *Engine) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.end()
}

func (e *Engine) end() {
	if e.cmd != nil {
		e.in.Close()
		e.cmd.Wait()
		e.cmd = nil
	}
}
