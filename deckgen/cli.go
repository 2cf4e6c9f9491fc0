package deckgen

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
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
	Version versionFlags `cmd:"" help:"Say which deckgen this is."`

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

type formatFlag struct {
	Format []string `enum:"html,single,pdf,pptx,png" placeholder:"FORMAT" help:"Besides the HTML make single (one HTML file with everything in it), pdf, pptx or png (a picture of each slide); several with commas. Default: html,pdf where there is a Chromium."`
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
