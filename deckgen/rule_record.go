package deckgen

import (
	"errors"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/strict"
)

// recordInspection finds experiments whose record is missing, broken, or made from other code, parameters or data than there
// are now.
var recordInspection = inspection{[]deck.Rule{
	{Name: "missing-record", Severity: deck.Error, Summary: "an experiment was never run"},
	{Name: "stale-record", Severity: deck.Error, Summary: "an experiment has changed since it was run"},
}, recordProblems}

func recordProblems(c *checker) (problems []deck.Problem) {
	for _, s := range c.states {
		name := s.experiment.Name
		p := deck.Problem{Path: recordFile(s.experiment), Hint: "deckgen run " + name}
		switch {
		case s.err != nil:
			p.Rule, p.Message, p.Hint = "unreadable", s.err.Error(), hintOf(s.err)
			if bad := (*strict.Error)(nil); errors.As(s.err, &bad) {
				p.Path, p.Line, p.Col, p.Message = bad.File, bad.Line, bad.Col, bad.Message
			}
		case s.broken != nil:
			p.Rule, p.Message, p.Hint = "broken-record", s.broken.Error(), brokenHint(s.broken, p.Hint)
		case s.missing():
			p.Rule, p.Message = "missing-record", name+noRecord
		case len(s.reasons) > 0:
			p.Rule, p.Message = "stale-record", name+" has changed since it was run: "+few(s.reasons)
			if len(s.older) > 0 {
				p.Hint = "build this program again, which is older than its source; then " + p.Hint
			}
		default:
			continue
		}
		problems = append(problems, p)
	}
	return problems
}
