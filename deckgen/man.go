package deckgen

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

type manFlags struct{}

// Help says how to read and keep the page.
func (manFlags) Help() string {
	return `Examples:
  deckgen man | man -l -                                            read it
  deckgen man > ~/.local/share/man/man1/deckgen.1                   keep it`
}

// writeMan writes the manual page that says what --help says, in roff with the macros of man(7).
func writeMan(out io.Writer, app *kong.Application) error {
	m := &manual{}
	m.line(".TH DECKGEN 1 %q %q", "", "deckgen "+moduleVersion())
	m.line(".SH NAME\ndeckgen \\- lecture decks for Marp that say what their experiments found")
	m.line(".SH SYNOPSIS\n.B deckgen\n.RI [ flags ]\n.I command\n.RI [ arguments ]")
	m.line(".SH FLAGS OF EVERY COMMAND")
	m.flags(app.Flags)
	m.line(".SH COMMANDS")
	for _, n := range app.Leaves(true) {
		m.command(n)
	}
	m.line("%s", manualEnd)
	_, err := io.WriteString(out, m.String())
	return err
}

const manualEnd = `.SH EXIT STATUS
.TP
.B 0
All is well.
.TP
.B 1
There are problems.
.TP
.B 2
It could not be decided: a command line that means nothing, a file that cannot be read, a run that failed.
.SH ENVIRONMENT
.TP
.B DECKGEN_DATA
As \-\-data.
.TP
.B CHROME_PATH
The browser that prints and measures slides, if it is not found by itself.
.SH FILES
.TP
.I slides/*.md
The decks; also Markdown files beside the folders that say marp: true.
.TP
.I experiments/*/*/experiment.yaml
Experiments in other languages than Go.
.TP
.I assets/*/*/result.json
The records of the experiments. Their figures lie beside them.
.TP
.I deckgen.yaml
Settings: which rules are errors, warnings, hints or off.`

// A manual is a page while it is written.
type manual struct{ strings.Builder }

func (m *manual) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *manual) command(n *kong.Node) {
	m.line(".SS %s", roff(strings.TrimSpace(n.FullPath()+" "+arguments(n))))
	m.line("%s", roff(n.Help))
	for _, a := range n.Positional {
		m.line(".TP\n.I %s\n%s", roff(a.Name), roff(a.Help))
	}
	m.flags(n.Flags)
	m.detail(n.Detail)
}

// arguments are what stands behind a command.
func arguments(n *kong.Node) string {
	var all []string
	for _, a := range n.Positional {
		all = append(all, a.Summary())
	}
	return strings.Join(all, " ")
}

func (m *manual) flags(flags []*kong.Flag) {
	for _, f := range flags {
		if f.Hidden {
			continue
		}
		m.line(".TP\n.B %s\n%s", roff(flagName(f)), roff(f.Help))
	}
}

func flagName(f *kong.Flag) string {
	name := "--" + f.Name
	if f.Tag.Negatable != "" {
		name = "--[no-]" + f.Name
	}
	if !f.IsBool() {
		name += "=" + f.FormatPlaceHolder()
	}
	if f.Short != 0 {
		name = "-" + string(f.Short) + ", " + name
	}
	return name
}

// detail writes paragraphs; those with examples keep their lines.
func (m *manual) detail(text string) {
	for part := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		examples := strings.Contains(part, "\n  ")
		m.line(".PP")
		if examples {
			m.line(".nf")
		}
		for line := range strings.SplitSeq(part, "\n") {
			m.line("%s", roff(line))
		}
		if examples {
			m.line(".fi")
		}
	}
}

// roff escapes a text.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
	if strings.HasPrefix(text, ".") {
		return `\&` + text
	}
	return text
}
