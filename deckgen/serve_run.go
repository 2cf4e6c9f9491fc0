package deckgen

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/live"
)

// A rerunner has what is stale run by a program of its own: built anew, for this one holds the source as it was, or this one
// where no experiment is in Go. A new change ends the run that is under way.
type rerunner struct {
	*server
	names []string

	mu   sync.Mutex
	end  context.CancelFunc
	done chan struct{}
}

func (r *rerunner) start() {
	r.stop()
	ctx, end := context.WithCancel(r.ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	done := make(chan struct{})
	r.end, r.done = end, done
	go func() {
		defer close(done)
		if r.ours() {
			r.buildAndRun(ctx)
		} else if program, err := startedFrom(); err == nil {
			r.runStale(ctx, program)
		}
	}()
}

// stop ends what is under way and waits for it.
func (r *rerunner) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.end != nil {
		r.end()
		<-r.done
	}
}

func (r *rerunner) buildAndRun(ctx context.Context) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return
	}
	program := filepath.Join(r.tree.dir, "build", ".deckgen")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	defer os.Remove(program) // also what an interrupt left of it
	if r.step(ctx, "building", "go", "build", "-o", program, info.Path) {
		r.runStale(ctx, program)
	}
}

// startedFrom is where it was started from: also where a newer one has taken its place since.
func startedFrom() (string, error) {
	file, err := exec.LookPath(os.Args[0])
	if err != nil {
		return "", err
	}
	return filepath.Abs(file)
}

func (r *rerunner) runStale(ctx context.Context, program string) {
	args := append([]string{"run"}, r.names...)
	if r.allowExec {
		args = append(args, "--allow-exec")
	}
	if r.step(ctx, "looking what is stale", program, args...) {
		r.live.Say("")
	}
}

// step runs a command, shows in the pages what it says, and reports whether it went well.
func (r *rerunner) step(ctx context.Context, what, name string, args ...string) bool {
	r.live.Say(what)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = r.tree.dir
	cmd.Env = append(os.Environ(), tellEveryVar+"=500ms")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 3 * time.Second
	var said bytes.Buffer
	pipe, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			said.WriteString(lines.Text() + "\n")
			r.live.Say(lines.Text())
			r.talk("%s", lines.Text())
		}
		io.Copy(io.Discard, pipe) // after a line that is too long: nobody must wait to be read
		err = cmd.Wait()
	}
	if err == nil || ctx.Err() != nil {
		return err == nil
	}
	message := strings.TrimSpace(said.String())
	if message == "" {
		message = err.Error()
	}
	r.live.Say("", live.Problem{Place: what + " failed", Severity: deck.Error.String(), Message: message, Hint: "mend the source and save it"})
	return false
}
