package deckgen

import (
	"embed"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/alecthomas/kong"
)

// The shells ask the program itself what may come next, so that they know the experiments and decks of the folder.
//
//go:embed completion
var completions embed.FS

type completionFlags struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"The shell: bash, zsh or fish."`
}

// Help says where the completion goes.
func (completionFlags) Help() string {
	return `It completes commands, flags, and the names of experiments, sections and decks.

Examples:
  eval "$(deckgen completion bash)"     in ~/.bashrc
  eval "$(deckgen completion zsh)"      in ~/.zshrc, after compinit
  deckgen completion fish | source      in ~/.config/fish/config.fish`
}

type completeFlags struct {
	Words []string `arg:"" optional:"" help:"The words of a command line up to the one to complete."`
}

func writeCompletion(w io.Writer, shell string) error {
	script, err := completions.ReadFile("completion/" + shell + ".sh")
	if err != nil {
		return err
	}
	_, err = w.Write(script)
	return err
}

// A candidate is a word that may come next.
type candidate struct{ word, about string }

// A completer has read the words before the one to complete.
type completer struct {
	node   *kong.Node // the verb that they lead to
	flag   *kong.Flag // the flag whose value comes next, or nil
	nth    int        // how many arguments the verb has already
	dir    string     // of -C
	rules  bool       // the arguments are rules
	driver func(dir string) (*driver, error)
}

// complete lists what may stand at the last of the words.
func complete(app *kong.Application, words []string, driver func(dir string) (*driver, error)) (found []candidate) {
	if len(words) == 0 {
		words = []string{""}
	}
	c := &completer{node: app.Node, driver: driver}
	last := len(words) - 1
	for _, w := range words[:last] {
		c.read(w)
	}
	for _, one := range c.next(words[last]) {
		if strings.HasPrefix(one.word, strings.TrimPrefix(words[last], "=")) {
			found = append(found, one)
		}
	}
	return found
}

func (c *completer) read(word string) {
	switch {
	case word == "=": // bash makes three words of --flag=value
	case c.flag != nil:
		if c.flag.Name == "dir" {
			c.dir = word
		}
		c.flag = nil
	case strings.HasPrefix(word, "-"):
		f := c.flagNamed(word)
		if f != nil && !f.IsBool() {
			c.flag = f
		}
		c.rules = c.rules || f != nil && f.Name == "rules"
	default:
		for _, kid := range c.node.Children {
			if kid.Name == word {
				c.node, c.nth = kid, 0
				return
			}
		}
		c.nth++
	}
}

func (c *completer) flagNamed(word string) *kong.Flag {
	for _, group := range c.node.AllFlags(true) {
		for _, f := range group {
			if word == "--"+f.Name || f.Short != 0 && word == "-"+string(f.Short) {
				return f
			}
		}
	}
	return nil
}

// next lists what may stand here, whatever its beginning.
func (c *completer) next(word string) []candidate {
	if name, value, ok := strings.Cut(word, "="); ok && name != "" {
		f := c.flagNamed(name)
		if f == nil {
			return nil
		}
		return prefixed(name+"=", choices(f.Value, value))
	}
	switch {
	case c.flag != nil:
		return choices(c.flag.Value, strings.TrimPrefix(word, "="))
	case strings.HasPrefix(word, "-"):
		return c.flags()
	case len(c.node.Children) > 0:
		return commands(c.node)
	}
	return c.argument(word)
}

// choices are the values of a flag or argument; of several with commas, those of the last.
func choices(v *kong.Value, word string) (found []candidate) {
	before := ""
	if v.IsSlice() {
		before = word[:strings.LastIndex(word, ",")+1]
	}
	if v.Enum == "" {
		return nil
	}
	for _, e := range v.EnumSlice() {
		found = append(found, candidate{word: before + e})
	}
	return found
}

func prefixed(prefix string, cs []candidate) []candidate {
	for i := range cs {
		cs[i].word = prefix + cs[i].word
	}
	return cs
}

func (c *completer) flags() (found []candidate) {
	for _, group := range c.node.AllFlags(true) {
		for _, f := range group {
			found = append(found, candidate{"--" + f.Name, f.Help})
			if f.Tag.Negatable != "" {
				found = append(found, candidate{"--no-" + f.Name, f.Help})
			}
		}
	}
	return found
}

func commands(n *kong.Node) (found []candidate) {
	for _, kid := range n.Children {
		if !kid.Hidden {
			found = append(found, candidate{kid.Name, kid.Help})
		}
	}
	return found
}

func (c *completer) argument(word string) []candidate {
	args := c.node.Positional
	if len(args) == 0 || c.nth >= len(args) && !args[len(args)-1].IsSlice() {
		return nil
	}
	arg := args[min(c.nth, len(args)-1)]
	if arg.Name != "names" {
		return choices(arg, word)
	}
	if c.rules {
		return ruleNames()
	}
	d, err := c.driver(c.dir)
	if err != nil {
		return nil // a shell that completes does not complain
	}
	defer d.close()
	return d.names()
}

// names are the experiments, sections and decks.
func (d *driver) names() (found []candidate) {
	section := ""
	for _, e := range d.Experiments {
		if s := path.Dir(e.Name); s != section {
			section = s
			found = append(found, candidate{s, "section"})
		}
		found = append(found, candidate{e.Name, e.Title})
	}
	files, _ := d.deckFiles() // what cannot be read is not completed
	for _, file := range files {
		found = append(found, candidate{file, "deck"})
	}
	return found
}

func ruleNames() (found []candidate) {
	for _, r := range catalogue() {
		found = append(found, candidate{r.Name, r.Summary})
	}
	return found
}

func writeCandidates(w io.Writer, cs []candidate) error {
	for _, c := range cs {
		if _, err := fmt.Fprintf(w, "%s\t%s\n", c.word, c.about); err != nil {
			return err
		}
	}
	return nil
}
