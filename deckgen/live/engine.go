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
	"time"
)

//go:embed engine.cjs
var engineScript string

// An Engine is Marp Core in a process of Node.js that stays.
type Engine struct {
	mu   sync.Mutex
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *json.Decoder
	said *bytes.Buffer // on standard error
}

// Converted is what Marp makes of a deck.
type Converted struct {
	Slides []string `json:"slides"`
	CSS    string   `json:"css"`
	Error  string   `json:"error"`
}

// StartEngine starts the process, in the folder whose node_modules hold marp-cli. It ends with the context.
func StartEngine(ctx context.Context, node, dir string) (*Engine, error) {
	e := &Engine{cmd: exec.CommandContext(ctx, node, "-e", engineScript), said: &bytes.Buffer{}}
	e.cmd.Dir, e.cmd.Stderr, e.cmd.WaitDelay = dir, e.said, time.Second
	var err error
	if e.in, err = e.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := e.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	e.out = json.NewDecoder(out)
	return e, e.cmd.Start()
}

// Convert converts a deck with the style sheets of the themes that it may use.
func (e *Engine) Convert(markdown string, themes []string) (c Converted, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	ask := json.NewEncoder(e.in)
	if themes == nil {
		themes = []string{}
	}
	if err = ask.Encode(map[string]any{"markdown": markdown, "themes": themes}); err == nil {
		err = e.out.Decode(&c)
	}
	if err != nil {
		e.end() // until then it may still be saying why
		return c, fmt.Errorf("Marp ended: %w\n%s", err, bytes.TrimSpace(e.said.Bytes()))
	}
	if c.Error != "" {
		return c, errors.New("Marp: " + c.Error)
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
	e.in.Close()
	e.cmd.Wait()
}
