package deckgen

import (
	"iter"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"deckgen/deckgen/deck"
	"deckgen/deckgen/internal/lazy"
)

// poles are pairs of opposite words, in English and in Japanese, each as a regular expression.
var poles = [...][2]string{
	{`\blong(?:er|est)?\b|長[いくけか]|最長`, `\bshort(?:er|est)?\b|短[いくけか]|最短`},
	{`\bhigh(?:er|est)?\b|高[いくけか]|最高|上が[りっる]|上回`, `\blow(?:er|est)?\b|低[いくけか]|最低|下が[りっる]|下回`},
	{`\bmo(?:re|st)\b|多[いくけか]|最多|増[えや]`, `\b(?:less|fewer|fewest|least)\b|少な|最少|減[りっら]`},
	{`\b(?:large|bigg|great)(?:r|er|est|st)?\b|大き|最大|広[いくがい]`, `\bsmall(?:er|est)?\b|小さ|最小|狭|縮[みまむん]`},
	{`\bfast(?:er|est)?\b|\bquick(?:er|est)?\b|速[いくけか]|最速`, `\bslow(?:er|est)?\b|遅[いくけか]`},
	{`\bnear(?:er|est)?\b|\bclosest\b|近[いくけづ]`, `\bfar(?:ther|thest|ther)?\b|\bfurth(?:er|est)\b|遠[いくけか]`},
	{`\b(?:above|over)\b|超え`, `\b(?:below|under)\b|未満|下回`},
	{`\bbe(?:tter|st)\b|良[いくか]|最良`, `\bwors[et]t?\b|悪[いくか]|最悪`},
	{`\ball\b|\balways\b|\bevery\b|すべて|全て|必ず|常に|いつも`, `\bmost(?:ly)?\b|three quarters|more than half|ほとんど|大半|半分以上`},
	{`\bwith\b|使う|使った|入れる|入れた|あり[でのは]`, `\bwithout\b|使わな|入れな|なし[でのは]`},
	{`\btraining\b|訓練`, `\btest\b|テスト`},
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
	for i, pair := range compiledPoles() {
		if k := side(i, text); k >= 0 && side(i, statement) == 1-k && !negated(i, k, text) {
			return pair[k].FindString(text), pair[1-k].FindString(statement)
		}
	}
	return "", ""
}

// side is the side of a pair of poles that a text is on, -1 for none or both.
func side(pair int, text string) int {
	words := compiledPoles()[pair]
	first, second := words[0].MatchString(text), words[1].MatchString(text)
	switch {
	case first == second:
		return -1
	case first:
		return 0
	}
	return 1
}

// denied finds a word that both have, one of them with a "not".
func denied(text, statement string) string {
	for i, pair := range compiledPoles() {
		k := side(i, text)
		if k >= 0 && side(i, statement) == k && negated(i, k, text) != negated(i, k, statement) {
			return pair[k].FindString(text)
		}
	}
	return ""
}

var (
	notBefore = lazy.Regexp(`(?i)\b(?:not|never|no|cannot)\b|n't\b`)
	notBehind = lazy.Regexp(`^[^、。，．]{0,4}?(?:ません|ない|なかった|なく)`)
)

// negated reports whether a word of a pole has a "not".
func negated(pair, k int, text string) bool {
	at := compiledPoles()[pair][k].FindStringIndex(text)
	return notBefore().MatchString(text) || notBehind().MatchString(text[at[1]:])
}

var comparison = lazy.Regexp(`([A-Z][A-Za-z0-9]+)(?:の場合|のとき)?より|\bthan (?:with |of |that of |for )?([A-Z][A-Za-z0-9]+)`)

// compared is the name that something is compared with, "" for none.
func compared(s string) string {
	m := comparison().FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

// turned reports whether a text compares the two names of a statement the other way round, without turning its words.
func turned(text, statement string) bool {
	if all := names(statement); len(all) == 0 || all[0] != compared(text) {
		return false
	}
	for i := range poles {
		if k := side(i, text); k >= 0 && side(i, statement) == 1-k {
			return false
		}
	}
	return true
}

var (
	claimNumber = lazy.Regexp(`(?:^|[^\w.])(\d[\d,]*(?:\.\d+)?)([%％年]?)`)
	fractions   = strings.NewReplacer("hundredth", "100", "tenth", "10", "half", "0.5", "quarter", "0.25", "twice", "2", "hundred", "100")
)

// foreignNumber finds a number that a claim does not have. Small ones count things, and years are years.
func foreignNumber(text, claim string) string {
	known := map[float64]bool{}
	for _, m := range claimNumber().FindAllStringSubmatch(fractions.Replace(claim), -1) {
		v, _ := reading(m[1])
		known[v], known[v/100], known[v*100] = true, true, true
	}
	for _, m := range claimNumber().FindAllStringSubmatch(text, -1) {
		v, _ := reading(m[1])
		if whole := !strings.Contains(m[1], ".") && m[2] == ""; whole && v < 10 || m[2] == "年" || known[v] {
			continue
		}
		return m[1] + m[2]
	}
	return ""
}

var superlative = lazy.Regexp(`(?i)\b(?:\w+est|most|least|best|worst)\b|最`)

// meant is another claim of the record, about the same names, that has the superlative of a text which this one lacks.
func (d referrer) meant(r deck.Reference, statement string) string {
	if !superlative().MatchString(r.Text) || !superlative().MatchString(statement) {
		return ""
	}
	for i := range poles {
		k := side(i, r.Text)
		if k < 0 {
			continue
		}
		if side(i, statement) == k {
			return "" // they have a word in common
		}
		for name, other := range d.claimsBeside(r) {
			if side(i, other) == k && superlative().MatchString(other) && slices.Equal(names(other), names(statement)) {
				return name
			}
		}
	}
	return ""
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
	for _, statement := range d.claimsBeside(r) {
		all = append(all, names(statement)...)
	}
	return all
}

// claimsBeside are the statements of all claims of a record, by their names in order.
func (d referrer) claimsBeside(r deck.Reference) iter.Seq2[string, string] {
	claims := map[string]struct {
		Statement string `json:"statement"`
	}{}
	if file, err := join(path.Dir(d.deck.Path), r.Target); err == nil {
		if n, err := d.docs.lookUp(file, "/claims"); err == nil {
			n.decode(&claims)
		}
	}
	return func(yield func(string, string) bool) {
		for _, name := range slices.Sorted(maps.Keys(claims)) {
			if !yield(name, claims[name].Statement) {
				return
			}
		}
	}
}
