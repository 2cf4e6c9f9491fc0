package deckgen

import (
	"fmt"
	"io"
	"strings"

	"deckgen/deckgen/deck"
)

// writeGitHub writes the commands that a workflow on GitHub turns into annotations. GitHub shows ten errors and ten
// warnings of a step beside the source; the log has all of them.
func writeGitHub(w io.Writer, r report) error {
	var b strings.Builder
	for _, p := range r.problems {
		b.WriteString(annotation(p, r.below))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// What stands in a command must not end it, nor start another one.
var (
	commandText  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandValue = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func annotation(p deck.Problem, below string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "::%s file=%s", gitHubLevel(p.Severity), commandValue.Replace(below+p.Path))
	if p.Line > 0 {
		fmt.Fprintf(&b, ",line=%d,col=%d", p.Line, p.Col)
	}
	fmt.Fprintf(&b, ",title=%s::", commandValue.Replace(p.Rule))
	text := onSlide(p)
	if p.Hint != "" {
		text += "\nhint: " + p.Hint
	}
	return b.String() + commandText.Replace(text) + "\n"
}

func gitHubLevel(s deck.Severity) string {
	if s == deck.Hint {
		return "notice"
	}
	return s.String()
}

// onSlide is a message with the slide that it is about.
func onSlide(p deck.Problem) string {
	if p.Slide > 0 {
		return fmt.Sprintf("slide %d: %s", p.Slide, p.Message)
	}
	return p.Message
}
