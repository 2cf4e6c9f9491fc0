package deckgen

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"deckgen/deckgen/lab"
)

// writeExplanations writes explanations for people: a heading for each, and below it what is known by name.
func writeExplanations(w io.Writer, all []explanation) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-9s "+format+"\n", append([]any{name}, args...)...)
	}
	told := map[string]bool{} // one slide shows many values of the same experiment
	for i, e := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s %s\n", e.Kind, e.Subject)
		switch {
		case e.Problem != "":
			line("but", "%s", e.Problem)
		case e.Claim != nil:
			line(holds(*e.Claim), "%s", statement(*e.Claim))
		case e.Figure != nil:
			line("shows", "%s", e.Figure.Alt)
		case e.Value != nil:
			line("is", "%s", inWords(e.Value))
		case e.Kind == "listing":
			line("run by", "%s", orNone(strings.Join(e.Reached, ", ")))
		}
		for i, p := range places(e) {
			line(onceOf(i, "shown"), "%s", p)
		}
		if o := e.Origin; o != nil {
			line("from", "%s: %s", o.Experiment, o.Title)
			if !told[o.Experiment] {
				told[o.Experiment] = true
				o.write(line)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// places says where a thing is shown: an experiment by slides, everything else to the column.
func places(e explanation) (said []string) {
	switch {
	case len(e.Shown) == 0:
		return []string{"nowhere"}
	case e.Kind == "experiment":
		return slideList(e.Shown)
	}
	for _, s := range e.Shown {
		as := ""
		if e.Kind == "value" {
			as = fmt.Sprintf(" as %q", s.Text)
		}
		said = append(said, fmt.Sprintf("slide %d, %s:%d:%d%s", s.Slide, s.File, s.Line, s.Col, as))
	}
	return said
}

// slideList writes a line for each deck, with the numbers of the slides.
func slideList(all []shown) (said []string) {
	var files []string
	slides := map[string][]string{}
	for _, s := range all {
		if n := strconv.Itoa(s.Slide); !slices.Contains(slides[s.File], n) {
			slides[s.File] = append(slides[s.File], n)
		}
		if !slices.Contains(files, s.File) {
			files = append(files, s.File)
		}
	}
	for _, file := range files {
		word := "slides"
		if len(slides[file]) == 1 {
			word = "slide"
		}
		said = append(said, fmt.Sprintf("%s, %s %s", file, word, strings.Join(slides[file], ", ")))
	}
	return said
}

func (o *origin) write(line func(name, format string, args ...any)) {
	line("record", "%s, %s", o.Record, o.State)
	for i, r := range o.Reasons {
		line(onceOf(i, "because"), "%s", r)
	}
	line("params", "%s", orNone(paramList(o.Params)))
	line("seeds", "%s", orNone(strings.Trim(fmt.Sprint(o.Seeds), "[]")))
	line("data", "%s", dataName(o.Data))
	line("code", "%s, SHA-256 %.12s", plural(len(o.Code.Parts), o.codeParts), o.Code.SHA256)
}

// onceOf is a name on the first of several lines.
func onceOf(i int, name string) string {
	if i > 0 {
		return ""
	}
	return name
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func holds(c lab.Claim) string {
	switch {
	case !c.Holds:
		return "false"
	case c.Fragile():
		return "fragile"
	}
	return "holds"
}

// inWords writes a value with the spread that it has over the seeds.
func inWords(raw json.RawMessage) string {
	var v struct {
		Mean, Lo, Hi json.Number
		SD           float64
		N            int
	}
	if json.Unmarshal(raw, &v) == nil && v.N > 0 {
		return fmt.Sprintf("%s ± %.2g (%s to %s, %s)", v.Mean, v.SD, v.Lo, v.Hi, plural(v.N, "seed"))
	}
	const most = 200
	s := strings.Join(strings.Fields(string(raw)), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}
