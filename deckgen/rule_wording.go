package deckgen

import (
	"fmt"
	"strings"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/lab"
)

// wordingInspection compares the words of a claim on a slide with those of its statement in the record. What a sentence
// means nobody can check, but that one says "shortest" and the other "longest" shows.
var wordingInspection = inspection{[]deck.Rule{
	{Name: "claim-wording", Severity: deck.Warning, Summary: "a slide says the opposite of the claim that it refers to, or speaks of something else"},
}, func(c *checker) (problems []deck.Problem) {
	statements := map[string]phrase{} // each is read once
	for _, dk := range c.decks {
		d := referrer{c.driver, dk}
		for _, r := range dk.Refs {
			claim, ok := d.claimOf(r)
			if !ok || claim.Statement == "" {
				continue
			}
			if strings.TrimSpace(r.Text) == "" {
				problems = append(problems, d.problem(r, "claim-wording", "write what it says between the brackets", "this claim has no words: nothing shows"))
				continue
			}
			statement, read := statements[claim.Statement]
			if !read {
				statement = readPhrase(atLeast().ReplaceAllString(claim.Statement, ""))
				statements[claim.Statement] = statement
			}
			if why := d.misworded(r, claim, statement); why != "" {
				problems = append(problems, d.problem(r, "claim-wording", "mend the sentence, or point at another claim", "%s: %s", why, claim.Statement))
			}
		}
	}
	return problems
}}

// misworded says in what the words of a slide differ from those of a claim, or "".
func (d referrer) misworded(r deck.Reference, claim lab.Claim, statement phrase) string {
	text := readPhrase(r.Text)
	if here, there := opposite(text, statement); here != "" {
		return fmt.Sprintf("the slide says %q, and the claim says %q", here, there)
	}
	if here := denied(text, statement); here != "" {
		return fmt.Sprintf("one of the slide and the claim denies %q, and the other does not", here)
	}
	if here, there := d.otherName(r, claim.Statement); here != "" {
		return fmt.Sprintf("the slide speaks of %s, and the claim of %s", here, there)
	}
	if here, there := compared(r.Text), compared(claim.Statement); here != "" && there != "" && here != there && turned(text, statement) {
		return fmt.Sprintf("the slide compares with %s, and the claim with %s", here, there)
	}
	if n := foreignNumber(r.Text, claim.Statement+" "+claim.Evidence); n != "" {
		return fmt.Sprintf("the slide says %s, and the claim has no such number", n)
	}
	if name := d.meant(r, text, statement); name != "" {
		return fmt.Sprintf("the words fit the claim %s of this record better", name)
	}
	return ""
}
