package deck

// A Severity says whether a problem fails a check.
type Severity int

// The severities.
const (
	Error Severity = iota
	Warning
)

// String returns the severity in lower case.
func (s Severity) String() string { return [...]string{"error", "warning"}[s] }

// A Problem is what is wrong with a deck, where, and what to do.
type Problem struct {
	Path      string
	Line, Col int // 1-based; Col counts characters
	Slide     int // 1-based
	Rule      string
	Severity  Severity
	Message   string
	Hint      string
}
