package deckgen

import (
	"strings"

	"deckgen/deckgen/internal/lazy"
	"deckgen/docs"
)

var pageLinkRE = lazy.Regexp(`\[([^]]+)\]\([a-z-]+\.md\)`)

// rulePage is the page of a rule, without its links to other pages, which are not there where it is shown.
func rulePage(name string) string {
	page, _ := docs.Rules.ReadFile("rules/" + name + ".md") // a test looks that each rule has one
	return pageLinkRE().ReplaceAllString(string(page), "$1")
}

// ruleLead is the text of a page between its severity and its first example.
func ruleLead(page string) string {
	var lead []string
	for i, paragraph := range strings.Split(page, "\n\n") {
		if i > 0 && (strings.HasPrefix(paragraph, "#") || strings.HasSuffix(paragraph, ":")) {
			break
		}
		if i > 0 {
			lead = append(lead, strings.TrimSpace(paragraph))
		}
	}
	_, text, _ := strings.Cut(strings.Join(lead, "\n\n"), "*: ")
	return text
}
