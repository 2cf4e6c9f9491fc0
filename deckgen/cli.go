package deckgen

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"
)

// grammar is the command line.
type grammar struct {
	Dir       string `short:"C" placeholder:"DIR" help:"Work as if started in DIR."`
	AllowExec bool   `help:"Let the commands of experiments in other languages run, this once."`

	Run     runFlags     `cmd:"" help:"Run experiments whose code, parameters, data or seeds have changed, and draw their figures."`
	Draw    nameArgs     `cmd:"" help:"Draw figures again from the records, without running anything."`
	Fill    nameArgs     `cmd:"" help:"Put figures, values, claims, listings and tables into decks."`
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
}

type nameArgs struct {
	Names []string `arg:"" optional:"" help:"Experiments (optimizers/paths), sections (optimizers) or decks (slides/05_learning_technic.md). Default: all."`
}

type dataFlag struct {
	Data string `placeholder:"DIR" env:"DECKGEN_DATA" help:"Read the data set from the IDX files in DIR instead of the default one."`
}

type runFlags struct {
	nameArgs
	dataFlag
	Fidelity string `enum:"full,quick" default:"full" help:"With quick, every figure in seconds: one seed, smaller parameters, marked as a draft."`
	Force    bool   `short:"f" help:"Run also what is fresh."`
	Seeds    int    `placeholder:"N" help:"Repeat with N seeds instead of the experiment's own number."`
	Jobs     int    `short:"j" placeholder:"N" help:"Use N cores. Default: all."`
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
	Rendered bool   `help:"Look at the slides in a Chromium, too: what is cut off, not loaded, too small or too pale."`
	Rerun    bool   `help:"Run the experiments again as well, and compare records and figures byte for byte. Changes nothing."`
	Sample   int    `placeholder:"N" help:"As --rerun, for N experiments that follow from the last commit."`
	Jobs     int    `short:"j" placeholder:"N" help:"Use N cores to run again. Default: all."`
	Fix      bool   `help:"Mend first what leaves no doubt, and say what that was."`
	Rules    bool   `help:"List the rules instead."`
	Format   string `enum:"text,json,github,sarif" default:"text" placeholder:"FORMAT" help:"Write text, json, github (annotations of a workflow) or sarif."`
}

type listFlags struct {
	nameArgs
	dataFlag
	JSON bool `name:"json" help:"Write JSON."`
}

type versionFlag struct{}

// Help returns the examples that stand below the flags of each verb.
func (nameArgs) Help() string {
	return "For example: with no name for everything, with optimizers for a section, with optimizers/paths for one " +
		"experiment, with slides/05_learning_technic.md for one deck."
}

// Help gives examples of run and build.
func (runFlags) Help() string {
	return `Examples:
  deckgen run optimizers/paths       one experiment, if it is stale
  deckgen run optimizers --force     a section, in any case
  deckgen run --seeds 10 -j 4        more seeds, on four cores
  deckgen run --data ~/mnist         on MNIST in IDX files
  deckgen run --fidelity quick       drafts of what is stale, in seconds
  deckgen build                      the decks, with everything that is stale`
}

// Help gives examples of check.
func (checkFlags) Help() string {
	return `Examples:
  deckgen check                                 everything
  deckgen check slides/05_learning_technic.md   one deck, and the experiments that it shows
  deckgen check --rendered                      the slides as they show in a Chromium, too
  deckgen check --fix                           put in the blanks and empty lines that are missing, then check
  deckgen check --rules                         what is looked for; each rule has a page docs/rules/<rule>.md
  deckgen check --rerun optimizers              run a section again: are records and figures the same bytes?
  deckgen check --sample 1                      run one experiment again; each commit tries another
  deckgen check --format github                 annotations, in a workflow on GitHub
  deckgen check --format sarif > deckgen.sarif  for code scanning`
}

func parseAndRun(ctx context.Context, p Project, sys system) error {
	var g grammar
	exited := false
	parser, err := kong.New(&g, kong.Name("deckgen"), kong.Description(description), kong.Writers(sys.out, sys.err),
		kong.Exit(func(int) { exited = true }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		return err
	}
	args := sys.args
	if len(args) == 0 {
		args = []string{"--help"}
	}
	cmd, err := parser.Parse(args)
	if exited {
		return nil
	}
	if err != nil {
		return fail("deckgen --help", "%w", err)
	}
	verb, _, _ := strings.Cut(cmd.Command(), " ")
	if verb == "version" {
		fmt.Fprintln(sys.out, version())
		return nil
	}
	if g.Dir != "" {
		sys.dir = absolute(sys.dir, g.Dir)
	}
	d, err := open(ctx, p, sys)
	if err != nil {
		return err
	}
	defer d.close()
	defer d.scripts.Wait()
	d.allowExec = g.AllowExec
	if verb == "new" {
		return d.newVerb(g.New, strings.Fields(cmd.Command())[1])
	}
	return d.dispatch(verb, &g)
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

// moduleVersion is the version of this program's module.
func moduleVersion() string {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Version != "" {
		return b.Main.Version
	}
	return "unknown"
}
