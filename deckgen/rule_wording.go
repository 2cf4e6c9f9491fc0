package deckgen

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// wordingInspection compares the words of a claim on a slide with those of its statement in the record. What a sentence
// means nobody can check, but that one says "shortest" and the other "longest" shows.
var wordingInspection = inspection{[]deck.Rule{
	{Name: "claim-wording", Severity: deck.Warning, Summary: "a slide says the opposite of the claim that it refers to, or speaks of something else"},
}, func(c *checker) (problems []deck.Problem) {
	for _, dk := range c.decks {
		d := referrer{c.driver, dk}
		for _, r := range dk.Refs {
			claim, ok := d.claimOf(r)
			if !ok || claim.Statement == "" {
				continue
			}
			const hint = "mend the sentence, or point at another claim"
			if strings.TrimSpace(r.Text) == "" {
				problems = append(problems, d.problem(r, "claim-wording", "write what it says between the brackets", "this claim has no words: nothing shows"))
			} else if here, there := opposite(r.Text, claim.Statement); here != "" {
				problems = append(problems, d.problem(r, "claim-wording", hint, "the slide says %q, and the claim says %q: %s", here, there, claim.Statement))
			} else if here, there := d.otherName(r, claim.Statement); here != "" {
				problems = append(problems, d.problem(r, "claim-wording", hint, "the slide speaks of %s, and the claim of %s: %s", here, there, claim.Statement))
			}
		}
	}
	return problems
}}

// poles are pairs of opposite words, in English and in Japanese, each as a regular expression.
var poles = [...][2]string{
	{`\blong(?:er|est)?\b|長[いくけか]|最長`, `\bshort(?:er|est)?\b|短[いくけか]|最短`},
	{`\bhigh(?:er|est)?\b|高[いくけか]|最高|上が[りっる]|上回`, `\blow(?:er|est)?\b|低[いくけか]|最低|下が[りっる]|下回`},
	{`\bmo(?:re|st)\b|多[いくけか]|最多|増[えや]`, `\b(?:less|fewer|fewest|least)\b|少な|最少|減[りっら]`},
	{`\b(?:large|bigg|great)(?:r|er|est|st)?\b|大き|最大|広[いくがい]`, `\bsmall(?:er|est)?\b|小さ|最小|狭`},
	{`\bfast(?:er|est)?\b|\bquick(?:er|est)?\b|速[いくけか]|最速`, `\bslow(?:er|est)?\b|遅[いくけか]`},
	{`\bnear(?:er|est)?\b|\bclosest\b|近[いくけづ]`, `\bfar(?:ther|thest|ther)?\b|\bfurth(?:er|est)\b|遠[いくけか]`},
	{`\b(?:above|over)\b|超え`, `\b(?:below|under)\b|未満|下回`},
	{`\bbe(?:tter|st)\b|良[いくか]|最良`, `\bwors[et]t?\b|悪[いくか]|最悪`},
}

var compiledPoles = sync.OnceValue(func() (out [len(poles)][2]*regexp.Regexp) {
	for i, pair := range poles {
		for k, words := range pair {
			out[i][k] = regexp.MustCompile(`(?i)` + words)
		}
	}
	return out
})

// opposite finds a word whose opposite is in the statement, where neither has the other word, too.
// "Higher than" says the same as "lower than" the other way round: then both have to begin with the same name.
func opposite(text, statement string) (here, there string) {
	statement = atLeast().ReplaceAllString(statement, "")
	if strings.Contains(statement, " than ") {
		if a, b := names(text), names(statement); len(a) == 0 || len(b) == 0 || a[0] != b[0] {
			return "", ""
		}
	}
	for _, pair := range compiledPoles() {
		for k := range pair {
			one, other := pair[k], pair[1-k]
			if one.MatchString(text) && !other.MatchString(text) && other.MatchString(statement) && !one.MatchString(statement) {
				return one.FindString(text), other.FindString(statement)
			}
		}
	}
	return "", ""
}

var (
	atLeast     = lazy.Regexp(`(?i)\bat (?:least|most)\b`)
	capitalised = lazy.Regexp(`\b[A-Z][A-Za-z0-9]+\b`)
	noName      = []string{"The", "With", "Without", "All", "In", "At", "From", "Of", "It", "An", "After", "Before", "For", "Each", "On"}
)

// otherName finds a name that other claims of the record speak of, but not this one, in a text that has none of this one's.
func (d referrer) otherName(r deck.Reference, statement string) (here, there string) {
	own := names(statement)
	text := names(r.Text)
	if len(own) == 0 || len(text) == 0 || slices.ContainsFunc(own, func(n string) bool { return strings.Contains(r.Text, n) }) {
		return "", ""
	}
	all := d.claimNames(r)
	for _, n := range text {
		if slices.Contains(all, n) && !strings.Contains(statement, n) {
			return n, own[0]
		}
	}
	return "", ""
}

func names(s string) (all []string) {
	for _, n := range capitalised().FindAllString(s, -1) {
		if !slices.Contains(noName, n) {
			all = append(all, n)
		}
	}
	return all
}

// claimNames are the names in all statements of a record.
func (d referrer) claimNames(r deck.Reference) (all []string) {
	file, err := join(path.Dir(d.deck.Path), r.Target)
	if err != nil {
		return nil
	}
	n, err := d.docs.lookUp(file, "/claims")
	if err != nil {
		return nil
	}
	claims := map[string]struct {
		Statement string `json:"statement"`
	}{}
	n.decode(&claims)
	for _, c := range claims {
		all = append(all, names(c.Statement)...)
	}
	return all
}
