package deckgen

import (
	"iter"
	"maps"
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
	{`\b(?:large|bigg|great)(?:r|er|est|st)?\b|大き|最大|広[いくが]`, `\bsmall(?:er|est)?\b|小さ|最小|狭|縮[みまむん]`},
	{`\bfast(?:er|est)?\b|\bquick(?:er|est)?\b|速[いくけか]|最速`, `\bslow(?:er|est)?\b|遅[いくけか]`},
	{`\bnear(?:er|est)?\b|\bclosest\b|近[いくけづ]`, `\bfar(?:ther|thest)?\b|\bfurth(?:er|est)\b|遠[いくけか]`},
	{`\b(?:above|over)\b|超え`, `\b(?:below|under)\b|未満|下回`},
	{`\bbe(?:tter|st)\b|良[いくか]|最良`, `\bwors[et]\b|悪[いくか]|最悪`},
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

// A phrase is a text and, for each pair of poles, the side that it is on: -1 for none or both.
type phrase struct {
	text  string
	sides [len(poles)]int
}

func readPhrase(text string) (w phrase) {
	w.text = text
	for i, pair := range compiledPoles() {
		first, second := pair[0].MatchString(text), pair[1].MatchString(text)
		switch {
		case first == second:
			w.sides[i] = -1
		case second:
			w.sides[i] = 1
		}
	}
	return w
}

// find is the word of a text that puts it on its side of a pair.
func (w phrase) find(pair int) (from, to int) {
	at := compiledPoles()[pair][w.sides[pair]].FindStringIndex(w.text)
	return at[0], at[1]
}

// opposite finds a word whose opposite is in the statement, where neither has the other word, too.
// "Higher than" says the same as "lower than" the other way round: then both have to begin with the same name.
func opposite(text, statement phrase) (here, there string) {
	if strings.Contains(statement.text, " than ") {
		if a, b := names(text.text), names(statement.text); len(a) == 0 || len(b) == 0 || a[0] != b[0] {
			return "", ""
		}
	}
	for i, side := range text.sides {
		if side >= 0 && statement.sides[i] == 1-side && !text.negated(i) {
			a, b := text.find(i)
			c, d := statement.find(i)
			return text.text[a:b], statement.text[c:d]
		}
	}
	return "", ""
}

var fewer = lazy.Regexp(`(?i)\b(?:less|fewer)\b`)

// denied finds a word that both have, one of them with a "not". "Less than three times as far" says "not three times as far".
func denied(text, statement phrase) string {
	if fewer().MatchString(text.text) != fewer().MatchString(statement.text) {
		return ""
	}
	for i, side := range text.sides {
		if side >= 0 && statement.sides[i] == side && text.negated(i) != statement.negated(i) {
			from, to := text.find(i)
			return text.text[from:to]
		}
	}
	return ""
}

var (
	notBefore = lazy.Regexp(`(?i)\b(?:not|never|no|cannot|(?:less|fewer) than)\b|n't\b`) // less than thrice: not thrice
	notBehind = lazy.Regexp(`^[^、。，．]{0,4}?(?:ません|ない|なかった|なく)`)
)

// negated reports whether the word of a pair has a "not".
func (w phrase) negated(pair int) bool {
	_, to := w.find(pair)
	return notBefore().MatchString(w.text) || notBehind().MatchString(w.text[to:])
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
func turned(text, statement phrase) bool {
	if all := names(statement.text); len(all) == 0 || all[0] != compared(text.text) {
		return false
	}
	for i, side := range text.sides {
		if side >= 0 && statement.sides[i] == 1-side {
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
func (d referrer) meant(r deck.Reference, text, statement phrase) string {
	if !superlative().MatchString(text.text) || !superlative().MatchString(statement.text) {
		return ""
	}
	for i, side := range text.sides {
		if side < 0 {
			continue
		}
		if statement.sides[i] == side {
			return "" // they have a word in common
		}
		for name, other := range d.claimsBeside(r) {
			if readPhrase(other).sides[i] == side && superlative().MatchString(other) && slices.Equal(names(other), names(statement.text)) {
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
	if file, err := resolve(d.deck, r.Target); err == nil {
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
