// Package deckgen runs experiments, puts what they found into Marp decks, and checks that the slides still say what the
// code does. Each verb has a file of its own, each kind of reference a file ref_*.go, each rule of check a file
// rule_*.go.
package deckgen

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/term"

	"deckgen/deckgen/lab"
)

// A Project is what a main function hands over.
type Project struct {
	// Experiments is the list of experiments, in the order of the decks.
	Experiments []*lab.Experiment
	// Source is the source of the experiments as it was compiled in, with go:embed. It is compared with the source on
	// disk, since a record must name the code that ran. Nil leaves that out.
	Source fs.FS
	// Folder is where in the module Source lies; "experiments" if empty.
	Folder string
}

// ownSource is the part of this module that experiments reach.
//
//go:embed lab/*.go figure/*.go
var ownSource embed.FS

// The exit codes.
const (
	exitClean     = 0
	exitProblems  = 1
	exitUndecided = 2
)

// A system is the operating system, as far as the driver sees it.
type system struct {
	args     []string
	out, err io.Writer
	getenv   func(string) string
	dir      string // the working directory
	terminal bool   // err is one
	cpus     int
	signals  bool // Ctrl-C and the like end the work in good order
}

// Main runs the command line of a project and returns its exit code.
func Main(p Project) int {
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "deckgen:", err)
		return exitUndecided
	}
	return run(context.Background(), p, system{args: os.Args[1:], out: os.Stdout, err: os.Stderr, getenv: os.Getenv, dir: dir,
		terminal: term.IsTerminal(int(os.Stderr.Fd())), cpus: runtime.NumCPU(), signals: true})
}

// interruptible is a context that ends at Ctrl-C. A second one ends the program at once.
func (s system) interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	if !s.signals {
		return ctx, func() {}
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// run is Main without globals.
func run(ctx context.Context, p Project, sys system) int {
	if p.Folder == "" {
		p.Folder = "experiments"
	}
	err := lab.Validate(p.Experiments)
	if err == nil {
		err = parseAndRun(ctx, p, sys)
	}
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errProblems):
		return exitProblems
	}
	say(sys.err, err)
	return exitUndecided
}

// errProblems is returned when problems were found, and shown already.
var errProblems = errors.New("problems found")

// A hinted error says what to do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// Hint says what to do about it; it may be empty.
func (h hinted) Hint() string { return h.hint }

func fail(hint, format string, args ...any) error {
	return hinted{fmt.Errorf(format, args...), hint}
}

// hintOf is what an error says to do about it, whoever made it; it may be empty.
func hintOf(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

// say writes an error, or each of several, with its hint.
func say(w io.Writer, err error) {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			say(w, e)
		}
		return
	}
	fmt.Fprintln(w, "deckgen:", strings.ReplaceAll(err.Error(), "\n", "\n  "))
	if hint := hintOf(err); hint != "" {
		fmt.Fprintln(w, "  hint:", hint)
	}
}
