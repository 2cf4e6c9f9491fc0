package deckgen

import (
	"io"
	"net/url"
	"slices"

	"deckgen/deckgen/deck"
)

// The parts of SARIF 2.1.0 that check writes. Columns count Unicode code points, and paths start at the top of the git
// repository, which is what code scanning asks for.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool `json:"executionSuccessful"` // false if not everything could be read
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string             `json:"id"`
		Summary sarifText          `json:"shortDescription"`
		Lead    sarifText          `json:"fullDescription"`
		Help    sarifHelp          `json:"help"`
		Default sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"` // what code scanning shows
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

func writeSARIF(w io.Writer, r report) error {
	rules := sarifRules()
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{"deckgen", moduleVersion(), rules}},
		Invocations: []sarifInvocation{{exitError(r.problems) != errUnread}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
	}
	for _, p := range r.problems {
		run.Results = append(run.Results, sarifOf(p, r.below, rules))
	}
	return indented(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// sarifRules are all rules there are, so that code scanning knows what else was looked for.
func sarifRules() (rules []sarifRule) {
	for _, r := range catalogue() {
		page := rulePage(r.Name)
		rules = append(rules, sarifRule{r.Name, sarifText{r.Summary}, sarifText{ruleLead(page)}, sarifHelp{page, page},
			sarifConfiguration{sarifLevel(r.Severity)}})
	}
	return rules
}

func sarifOf(p deck.Problem, below string, rules []sarifRule) sarifResult {
	text := onSlide(p)
	if p.Hint != "" {
		text += "\nHint: " + p.Hint
	}
	at := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: below + p.Path}).EscapedPath(), "%SRCROOT%"}}
	if p.Line > 0 {
		at.Region = &sarifRegion{p.Line, max(p.Col, 1)}
	}
	return sarifResult{
		RuleID:    p.Rule,
		RuleIndex: slices.IndexFunc(rules, func(r sarifRule) bool { return r.ID == p.Rule }),
		Level:     sarifLevel(p.Severity),
		Message:   sarifText{text},
		Locations: []sarifLocation{{at}},
	}
}

func sarifLevel(s deck.Severity) string {
	switch s {
	case deck.Hint:
		return "note"
	case deck.Off:
		return "none"
	}
	return s.String()
}
