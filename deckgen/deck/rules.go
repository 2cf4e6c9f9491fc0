package deck

import "fmt"

// A Severity says whether a problem fails a check.
type Severity int

// The severities.
const (
	Error   Severity = iota // fails a check
	Warning                 // deserves a look
	Hint                    // may well be meant so
	Off                     // is not shown
)

var severityNames = [...]string{"error", "warning", "hint", "off"}

// String returns the severity in lower case.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity is the inverse of String.
func ParseSeverity(name string) (Severity, error) {
	for s, known := range severityNames {
		if name == known {
			return Severity(s), nil
		}
	}
	return 0, fmt.Errorf("%q is neither error, warning, hint nor off", name)
}

// A Rule is one sort of problem.
type Rule struct {
	Name     string
	Severity Severity // unless somebody asks for another one
	Summary  string   // one line: what is wrong
}

// Rules are what Parse finds.
var Rules = []Rule{
	{"front-matter-unclosed", Error, "the front matter is never closed, so that Marp shows one empty slide"},
	{"front-matter-duplicate-key", Error, "a key stands in the front matter twice, so that Marp drops all of it"},
	{"front-matter-syntax", Error, "the front matter is no YAML, so that Marp drops all of it"},
	{"fence-unclosed", Error, "fenced code is never closed and takes up what comes below it"},
	{"math-unclosed", Error, "a $$ is never closed and takes up what comes below it"},
	{"comment-unclosed", Error, "a comment is never closed and hides everything below it"},
	{"comment-runaway", Warning, "a comment is closed only by the end of the next one, over a break between slides"},
	{"no-marp", Warning, "the front matter lacks marp: true, without which editors show no slides"},
	{"definition-shown", Error, "a definition of a table shows on the slide, because text stands directly above it"},
	{"front-matter-late", Error, "the front matter does not start with the first line, so that Marp shows it as text"},
	{"text-after-comment", Error, "Marp drops what follows the end of a comment on the same line"},
	{"heading-shown", Warning, "a heading is none, because there is no blank after its #"},
	{"table-shown", Error, "a table is none, because the row of dashes has another number of cells"},
	{"text-in-table", Warning, "a line of text is a row of the table above it, because no empty line parts them"},
	{"missing-cell", Hint, "a row of a table has fewer cells than its header"},
	{"extra-cell", Warning, "Marp drops the end of a row with more cells than its table has"},
	{"image-shown", Error, "an image or a link shows as text, mostly because of a blank in its path"},
	{"formula-shown", Warning, "a formula shows as text, because its dollars do not match"},
	{"emphasis-shown", Warning, "** shows, because of the characters beside it"},
	{"no-break", Warning, "a line that looks like a break between slides is none"},
	{"list-shown", Warning, "an item of a list is none, because there is no blank after its - or number"},
	{"code-shown", Warning, "backticks show, because they do not match"},
	{"comment-shown", Error, "a comment shows as text, because it does not start with <!--"},
	{"html-shown", Warning, "a piece of HTML shows as text"},
	{"html-unclosed", Hint, "a tag of HTML has no partner on its slide"},
	{"style-syntax", Error, "a style sheet is never closed, or its braces do not match"},
	{"odd-character", Warning, "there is a character that nobody types and that does something unseen"},
	{"conflict-marker", Error, "git left a merge unfinished"},
	{"no-reference", Error, "something looks like a reference and is none"},
	{"setext-trap", Warning, "a line directly above --- makes a heading of it, not a new slide"},
	{"katex-link", Warning, `a number in a formula is red, because KaTeX shows no \href`},
	{"utf-16", Error, "the deck is UTF-16, in which Marp reads nothing"},
	{"not-utf8", Warning, "a byte is no UTF-8: Marp shows � in its place"},
	{"misread-text", Warning, "text was read in another encoding than it was written in, such as Ã© for é"},
	{"placeholder", Warning, "something was left to be filled in, such as TODO: or lorem ipsum"},
	{"lone-cr", Warning, "a line ends with a lone carriage return, which not every program takes for a line end"},
}

var severities = func() map[string]Severity {
	m := map[string]Severity{}
	for _, r := range Rules {
		m[r.Name] = r.Severity
	}
	return m
}()
