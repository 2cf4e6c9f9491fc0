package script

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"deckgen/deckgen/internal/terminal"
)

// grace is how long a command may take to clean up after it was told to end.
const grace = 2 * time.Second

// start runs a command in the folder of the experiment, with the file that it reads and the folder that it writes
// into, and waits for it and all its children to be gone. It returns the most memory that one of them held.
func (s *script) start(ctx context.Context, command []string, in, out string) (memory int64, err error) {
	if err := s.permit(s.name); err != nil {
		return 0, err
	}
	s.set.busy.Add(1)
	defer s.set.busy.Done()
	limited, cancel := context.WithTimeout(ctx, s.Timeout.Duration)
	defer cancel()
	cmd := exec.CommandContext(limited, command[0], command[1:]...)
	cmd.Dir = filepath.Join(s.root, filepath.FromSlash(s.dir))
	cmd.Env = append(os.Environ(), "DECKGEN_INPUT="+in, "DECKGEN_OUTPUT="+out,
		"SOURCE_DATE_EPOCH=0", "TZ=UTC", "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1", // the same bytes each time
		"OMP_NUM_THREADS=1") // other runs go on beside this one
	said := &tail{}
	cmd.Stdout, cmd.Stderr = said, said
	cmd.WaitDelay = grace
	group(cmd)
	err = cmd.Run()
	sweep(cmd)
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case limited.Err() != nil:
		return 0, &commandError{command, fmt.Sprintf("took longer than %v and was ended", s.Timeout), said.String(),
			"raise timeout in " + s.file}
	case err != nil:
		return 0, &commandError{command, why(err), said.String(), hint(err, command[0])}
	}
	return peak(cmd.ProcessState), nil
}

// A commandError is a command that failed.
type commandError struct {
	command   []string
	why, said string
	hint      string
}

// Hint says what to do about it; it may be empty.
func (e *commandError) Hint() string { return e.hint }

func (e *commandError) Error() string {
	msg := strings.Join(e.command, " ") + ": " + e.why
	if e.said != "" {
		msg += "; it said:\n" + e.said
	}
	return msg
}

func why(err error) string {
	var exit *exec.ExitError
	var lookup *exec.Error
	switch {
	case errors.As(err, &exit):
		return "it failed with " + exit.String()
	case errors.As(err, &lookup) && errors.Is(err, exec.ErrNotFound):
		return "there is no such program"
	case errors.Is(err, exec.ErrWaitDelay):
		return "something that it started went on and held its output"
	}
	return err.Error()
}

func hint(err error, program string) string {
	if errors.Is(err, exec.ErrNotFound) {
		return "install " + program + ", or name another program"
	}
	return ""
}

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
	cut  bool
}

const (
	tailBytes = 16 << 10
	tailLines = 20
)

// Write never fails.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if over := len(t.kept) - tailBytes; over > tailBytes {
		t.kept, t.cut = append([]byte(nil), t.kept[over:]...), true
	}
	return len(b), nil
}

// String is the last lines, without what would move a terminal's cursor.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.ToValidUTF8(strings.TrimSpace(strings.ReplaceAll(string(t.kept), "\r", "\n")), "�")
	lines := strings.Split(text, "\n")
	if len(lines) > tailLines {
		lines, t.cut = lines[len(lines)-tailLines:], true
	}
	if t.cut {
		lines = append([]string{"…"}, lines...)
	}
	return terminal.Clean(strings.Join(lines, "\n"))
}
