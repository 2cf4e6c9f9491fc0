package deckgen

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"deckgen/deckgen/lab"
)

// writeDiffText writes a difference for people.
func writeDiffText(out io.Writer, diff difference) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range diff.Records {
		fmt.Fprintf(w, "%s%s\n", r.Experiment, unlessChanged(r.State))
		for _, made := range r.Made {
			fmt.Fprintf(w, "  %s\n", made)
		}
		for _, v := range r.Values {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", v.name(), v.move(), v.by(), v.sizeInWords())
		}
		w.Flush() // values and claims are columns of their own
		for _, c := range r.Claims {
			fmt.Fprintf(w, "  %s\t%s%s\n", c.name(), outcomes(c), c.flippedInWords())
		}
		w.Flush()
		cells, more := r.cells()
		for _, c := range cells {
			fmt.Fprintf(w, "  %s\t%s → %s\n", c.Pointer[1:], orNothing(c.Was), orNothing(c.Is))
		}
		for _, m := range more {
			fmt.Fprintf(w, "  %s\n", m)
		}
		w.Flush()
	}
	for _, c := range diff.Decks {
		fmt.Fprintf(w, "%s%s\n", c.Path, unlessChanged(c.State))
		for _, whole := range c.Whole {
			fmt.Fprintf(w, "  every slide: %s\n", whole)
		}
		for _, s := range c.Slides {
			fmt.Fprintf(w, "  slide %s: %s: %s\n", s.number(), cmp.Or(s.Heading, "no heading"), s.why())
		}
	}
	for _, f := range diff.Files {
		fmt.Fprintf(w, "%s: %s\n", f.Path, f.State)
	}
	return w.Flush()
}

func unlessChanged(state string) string {
	if state == isChanged {
		return ""
	}
	return ": " + state
}

// mostCells is how many cells of a table are shown to people. JSON has all of them.
const mostCells = 6

// cells are the first of each table, and what says how many there are more.
func (r recordChange) cells() (shown []cellChange, more []string) {
	count := map[string]int{}
	for _, c := range r.Tables {
		table, _, _ := strings.Cut(c.Pointer[1:], "/rows/")
		if count[table]++; count[table] <= mostCells {
			shown = append(shown, c)
		}
	}
	for _, table := range slices.Sorted(maps.Keys(count)) {
		if n := count[table] - mostCells; n > 0 {
			more = append(more, fmt.Sprintf("%s: %s more", table, plural(n, "cell")))
		}
	}
	return shown, more
}

func (v valueChange) name() string { return strings.TrimPrefix(v.Pointer, "/values/") }
func (c claimChange) name() string { return strings.TrimPrefix(c.Pointer, "/claims/") }

// String writes a mean with as many digits as the record has, and the spread over the seeds with two.
func (q *quantity) String() string {
	if q == nil {
		return "nothing"
	}
	text := strconv.FormatFloat(float64(q.Mean), 'g', 6, 64)
	if q.N > 1 {
		text += " ± " + strconv.FormatFloat(float64(q.SD), 'g', 2, 64)
	}
	return text
}

func (v valueChange) move() string {
	switch {
	case v.Was == nil:
		return v.Is.String()
	case v.Is == nil:
		return v.Was.String()
	}
	return v.Was.String() + " → " + v.Is.String()
}

// by is how far a value moved, by itself and in percent.
func (v valueChange) by() string {
	if v.Was == nil || v.Is == nil {
		return ""
	}
	was, by := float64(v.Was.Mean), float64(v.Is.Mean-v.Was.Mean)
	switch {
	case math.IsNaN(by) || math.IsInf(by, 0):
		return "no number"
	case by == 0:
		return "only the spread"
	case was == 0:
		return fmt.Sprintf("%+.3g", by)
	}
	percent := 100 * by / math.Abs(was)
	if math.Abs(percent) >= 99.5 { // %g would write 8e+02
		return fmt.Sprintf("%+.3g (%+.0f%%)", by, percent)
	}
	return fmt.Sprintf("%+.3g (%+.2g%%)", by, percent)
}

func (v valueChange) sizeInWords() string {
	switch v.Size {
	case withinSpread:
		return "within the spread"
	case beyondSpread:
		return "beyond the spread"
	case apartFrom:
		return "apart: no seed in common"
	case exactly:
		return ""
	}
	return v.Size
}

// outcomes says how a claim came out before and after.
func outcomes(c claimChange) string {
	switch {
	case c.Was == nil:
		return outcome(c.Is) + " (new)"
	case c.Is == nil:
		return outcome(c.Was) + " (gone)"
	case outcome(c.Was) == outcome(c.Is):
		return outcome(c.Is) + ", with other evidence"
	}
	return outcome(c.Was) + " → " + outcome(c.Is)
}

func outcome(c *lab.Claim) string {
	word := "does not hold"
	if c.Holds {
		word = "holds"
	}
	if c.Of > 1 {
		word += fmt.Sprintf(" (%d of %d seeds)", c.Held, c.Of)
	}
	return word
}

func (c claimChange) flippedInWords() string {
	if c.Flipped {
		return "  FLIPPED"
	}
	return ""
}

// number is the number of a slide, with the one it had.
func (c slideChange) number() string {
	switch {
	case c.Is == 0:
		return fmt.Sprintf("(was %d)", c.Was)
	case c.Was == 0 || c.Was == c.Is:
		return strconv.Itoa(c.Is)
	}
	return fmt.Sprintf("%d (was %d)", c.Is, c.Was)
}

// why says what about a slide is another.
func (c slideChange) why() string {
	if c.State != isChanged {
		return c.State
	}
	var why []string
	if c.Text {
		why = append(why, "the text")
	}
	return strings.Join(append(why, c.Shows...), ", ")
}
