package deckgen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// globals are the flags of every verb.
type globals struct {
	Dir string `short:"C" placeholder:"DIR" help:"Work as if started in DIR."`
}

// grammar is the command line.
type grammar struct {
	globals

	Run     runFlags     `cmd:"" help:"Run experiments whose code, parameters, data or seeds have changed, and draw their figures."`
	Draw    drawFlags    `cmd:"" help:"Draw figures again from the records, without running anything."`
	Fill    fillFlags    `cmd:"" help:"Put figures, values, claims, listings and tables into decks."`
	Check   checkFlags   `cmd:"" help:"Say what is stale, false, missing or left over. Changes and runs nothing."`
	Render  renderFlags  `cmd:"" help:"Make HTML, PDF and other formats of decks."`
	Build   buildFlags   `cmd:"" help:"All of these: run, draw, fill, check, render."`
	Serve   serveFlags   `cmd:"" help:"Show decks in the browser, and every change at once."`
	Diff    diffFlags    `cmd:"" help:"Say which values moved, which claims flipped and which slides changed between two commits."`
	List    listFlags    `cmd:"" help:"List the experiments and whether they are fresh."`
	Explain explainFlags `cmd:"" help:"Say where a figure, value, claim, listing or slide comes from, and what is stale."`
	Trust   trustFlags   `cmd:"" help:"Let the commands of this repository's experiments run from now on."`
	New     newFlags     `cmd:"" help:"Make a deck, an experiment or a Go module."`
	Version versionFlag  `cmd:"" help:"Say which deckgen this is."`

	Completion completionFlags `cmd:"" help:"Write what completes commands and names in bash, zsh or fish."`
	Complete   completeFlags   `cmd:"" hidden:"" help:"List what may come next on a command line."`
	Man        manFlags        `cmd:"" help:"Write the manual page."`
}

type nameArgs struct {
	Names []string `arg:"" optional:"" help:"Experiments (optimizers/paths), sections (optimizers) or decks (slides/05_learning_technic.md). Default: all."`
}

type dataFlag struct {
	Data string `placeholder:"DIR" env:"DECKGEN_DATA" help:"Read the data set from the IDX files in DIR instead of the default one."`
}

type execFlag struct {
	AllowExec bool `help:"Let the commands of experiments in other languages run, this once."`
}

// A count is a number of things, 0 if none was given.
type count int

// Decode reads it from the command line.
func (n *count) Decode(ctx *kong.DecodeContext) error {
	x, err := strconv.Atoi(ctx.Scan.Pop().String())
	if err != nil || x < 1 {
		return errors.New("write a number, 1 or more")
	}
	*n = count(x)
	return nil
}

type runFlags struct {
	nameArgs
	dataFlag
	execFlag
	Fidelity string `enum:"full,quick" default:"full" help:"With quick, every figure in seconds: one seed, smaller parameters, marked as a draft."`
	Force    bool   `short:"f" help:"Run also what is fresh."`
	Seeds    count  `placeholder:"N" help:"Repeat with N seeds instead of the experiment's own number."`
	Jobs     count  `short:"j" placeholder:"N" help:"Use N cores. Default: all."`
}

type drawFlags struct {
	nameArgs
	execFlag
}

// Help gives examples of draw.
func (drawFlags) Help() string {
	return `Examples:
  deckgen draw                    every figure
  deckgen draw optimizers         those of a section
  deckgen draw optimizers/paths   those of an experiment`
}

type fillFlags struct {
	nameArgs
	JSON bool `name:"json" help:"Write what changed as JSON."`
}

// Help gives examples of fill.
func (fillFlags) Help() string {
	return `Examples:
  deckgen fill                                 every deck
  deckgen fill slides/05_learning_technic.md   one deck
  deckgen fill optimizers/paths                the decks that show an experiment
  deckgen fill --json | jq -r '.[].line'`
}

type buildFlags struct {
	runFlags
	formatFlag
}

type renderFlags struct {
	nameArgs
	formatFlag
}

type checkFlags struct {
	nameArgs
	dataFlag
	execFlag
	Rendered bool   `help:"Look at the slides in a Chromium, too: what is cut off, not loaded, too small or too pale."`
	Rerun    bool   `help:"Run the experiments again as well, and compare records and figures byte for byte. Changes nothing."`
	Sample   count  `placeholder:"N" help:"As --rerun, for N experiments that follow from the last commit."`
	Jobs     count  `short:"j" placeholder:"N" help:"Use N cores to run again. Default: all."`
	Fork     bool   `help:"Check the files of a fork, whose experiments are not those of this program: what only their code could tell is a warning."`
	Fix      bool   `help:"Mend first what leaves no doubt, and say what that was."`
	Rules    bool   `help:"List the rules instead, or show the pages of those that are named."`
	Format   string `enum:"text,json,github,sarif" default:"text" placeholder:"FORMAT" help:"Write text, json, github (annotations of a workflow) or sarif."`
	JSON     bool   `name:"json" help:"As --format json."`
}

type listFlags struct {
	nameArgs
	dataFlag
	JSON bool `name:"json" help:"Write JSON."`
}

type versionFlag struct {
	JSON bool `name:"json" help:"Write JSON."`
}

// Help gives examples of version.
func (versionFlag) Help() string {
	return `Examples:
  deckgen version
  deckgen version --json | jq -r .version`
}

// Help gives examples of list.
func (listFlags) Help() string {
	return `Examples:
  deckgen list                                          every experiment
  deckgen list slides/05_learning_technic.md            those that a deck shows
  deckgen list --json | jq -r '.[] | select(.state != "fresh").name'`
}

// Help gives examples of build.
func (buildFlags) Help() string {
	return `A deck is rendered again if it, a picture or a theme has changed, or if marp-cli, the browser or deckgen
is another one; in any case with --force, and by deckgen render.

Examples:
  deckgen build                                 every deck, running only what is stale
  deckgen build slides/05_learning_technic.md   one deck, with the experiments that it shows
  deckgen build --fidelity quick                with drafts of what is stale, in seconds
  deckgen build --format single,pdf             in one HTML file and as PDF`
}

// Help gives examples of run.
func (runFlags) Help() string {
	return `Examples:
  deckgen run optimizers/paths       one experiment, if it is stale
  deckgen run optimizers --force     a section, in any case
  deckgen run --seeds 10 -j 4        more seeds, on four cores
  deckgen run --data ~/mnist         on MNIST in IDX files
  deckgen run --fidelity quick       drafts of what is stale, in seconds`
}

// Help gives examples of check.
func (checkFlags) Help() string {
	return `Examples:
  deckgen check                                 everything
  deckgen check slides/05_learning_technic.md   one deck, and the experiments that it shows
  deckgen check --rendered                      the slides as they show in a Chromium, too
  deckgen check --fix                           put in the blanks and empty lines that are missing, then check
  deckgen check --rules                         what is looked for
  deckgen check --rules stale-figure            the page of a rule: what it means, an example, what to do
  deckgen check --rerun optimizers              run a section again: are records and figures the same bytes?
  deckgen check --fork                          the files of a fork, by our program; nothing of theirs is run
  deckgen check --sample 1                      run one experiment again; each commit tries another
  deckgen check --json | jq .summary            for programs
  deckgen check --format github                 annotations, in a workflow on GitHub
  deckgen check --format sarif > deckgen.sarif  for code scanning`
}

// parse reads the command line into g. Where it asks for help that is written, and there is nothing to do: cmd is nil.
func parse(g *grammar, sys system) (parser *kong.Kong, cmd *kong.Context, err error) {
	args := sys.args
	if len(args) == 0 {
		args = []string{"--help"}
	}
	helped := false
	options := []kong.Option{kong.Name("deckgen"), kong.Description(description), kong.Writers(sys.out, sys.err),
		kong.Exit(func(int) { helped = true }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100})}
	if verb := g.only(args[0]); verb != nil {
		parser, err = kong.New(&g.globals, append(options, verb)...)
	} else {
		parser, err = kong.New(g, options...)
	}
	if err != nil {
		return nil, nil, err
	}
	cmd, err = parser.Parse(args)
	if helped {
		return parser, nil, nil
	}
	if err != nil {
		return nil, nil, fail(helpFor(err), "%w", err)
	}
	return parser, cmd, nil
}

// only is the grammar of one verb, nil if there is none of the name. Building it takes a fraction of the time of the whole.
// Two verbs need the whole, since they say what there is.
func (g *grammar) only(name string) kong.Option {
	if name == "complete" || name == "man" {
		return nil
	}
	for field, v := range reflect.ValueOf(g).Elem().Fields() {
		if _, verb := field.Tag.Lookup("cmd"); verb && strings.ToLower(field.Name) == name {
			return kong.DynamicCommand(name, field.Tag.Get("help"), "", v.Addr().Interface())
		}
	}
	return nil
}

func parseAndRun(ctx context.Context, p Project, sys system) error {
	var g grammar
	parser, cmd, err := parse(&g, sys)
	if err != nil || cmd == nil {
		return err
	}
	verb, _, _ := strings.Cut(cmd.Command(), " ")
	if verb == "version" { // before all that takes time
		return writeVersion(sys.out, g.Version)
	}
	ctx, stop := sys.interruptible(ctx)
	defer stop()
	start := func(dir string) (*driver, error) {
		reserveHeapOnce()
		if dir != "" {
			sys.dir = absolute(sys.dir, dir)
		}
		return open(ctx, p, sys)
	}
	switch verb {
	case "completion":
		return writeCompletion(sys.out, g.Completion.Shell)
	case "complete":
		return writeCandidates(sys.out, complete(parser.Model, g.Complete.Words, start))
	case "man":
		return writeMan(sys.out, parser.Model)
	}
	d, err := start(g.Dir)
	if err != nil {
		return err
	}
	defer d.close()
	defer d.scripts.Wait()
	defer d.closing.Wait()
	defer d.enough()
	d.allowExec = g.Run.AllowExec || g.Draw.AllowExec || g.Build.AllowExec || g.Serve.AllowExec || g.Check.AllowExec
	if verb == "new" {
		return d.newVerb(g.New, strings.Fields(cmd.Command())[1])
	}
	if err = d.dispatch(verb, &g); err != nil && ctx.Err() != nil && !errors.Is(err, errProblems) {
		return interrupted(verb)
	}
	return err
}

// interrupted says how things stand after Ctrl-C.
func interrupted(verb string) error {
	switch verb {
	case "run", "draw", "fill", "render", "build":
		return errors.New("interrupted; what was finished is kept")
	case "check":
		return errors.New("interrupted before everything was checked")
	}
	return errors.New("interrupted")
}

// helpFor is the command that shows what could have been written instead.
func helpFor(err error) string {
	if bad := (*kong.ParseError)(nil); errors.As(err, &bad) && bad.Context.Selected() != nil {
		return bad.Context.Selected().FullPath() + " --help"
	}
	return "deckgen --help"
}

const description = `Lecture decks for Marp that say what their experiments found.

Examples:
  deckgen build                                 regenerate every deck, running only what is stale
  deckgen run optimizers                        run one section's experiments
  deckgen check slides/05_learning_technic.md   check one deck`

func (d *driver) dispatch(verb string, g *grammar) error {
	switch verb {
	case "run":
		return d.runVerb(g.Run)
	case "draw":
		return d.drawVerb(g.Draw)
	case "fill":
		return d.fillVerb(g.Fill)
	case "check":
		return d.checkVerb(g.Check)
	case "render":
		return d.renderVerb(g.Render)
	case "build":
		return d.buildVerb(g.Build)
	case "diff":
		return d.diffVerb(g.Diff)
	case "serve":
		return d.serveVerb(g.Serve)
	case "explain":
		return d.explainVerb(g.Explain)
	case "trust":
		return d.trustVerb(g.Trust)
	}
	return d.listVerb(g.List)
}

func absolute(dir, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

func version() string {
	return fmt.Sprintf("deckgen %s %s %s/%s", moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func writeVersion(w io.Writer, f versionFlag) error {
	if !f.JSON {
		_, err := fmt.Fprintln(w, version())
		return err
	}
	return indented(w, struct {
		Version string `json:"version"`
		Go      string `json:"go"`
		OS      string `json:"os"`
		Arch    string `json:"arch"`
	}{moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH})
}

// moduleVersion is the version of this program's module.
func moduleVersion() string {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Version != "" {
		return b.Main.Version
	}
	return "unknown"
}
