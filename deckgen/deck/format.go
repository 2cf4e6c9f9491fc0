package deck

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"deckgen/deckgen/internal/lazy"
)

// Format writes mean, and sd where the format has a spread, in the way that
// like is written: the text is the format.
//
//	0.000          three decimals
//	98.1%          a percentage with one
//	1,234          thousands separators
//	1.5e-3         an exponent, two digits
//	0.31 ± 0.02    a mean and its spread, each with its own decimals
//	98.1 ± 0.3%    the same as percentages
//	+0.5           always a sign
//	?              up to four significant digits
//
// What stands around the number, as in "30 steps" or "約30", is kept. A minus
// is written as like writes it, - or −. What is no number is written NaN or ∞.
// It is an error if like does not hold exactly one number, or one with a
// spread. The text that comes out is a format that gives the same text.
func Format(like string, mean, sd float64) (string, error) {
	f, err := parseFormat(like)
	if err != nil {
		return "", err
	}
	text := f.text(mean, sd)
	again, err := parseFormat(text)
	if err != nil || again.text(mean, sd) != text {
		return "", fmt.Errorf("%q: the number would run into the text around it; put a space between them", like)
	}
	return text, nil
}

// A format is a text with one number, or two around a ±.
type format struct {
	before, between, after string // before the number, between mean and spread, after it
	numbers                []number
	percent                bool
}

// A number is how one number is written.
type number struct {
	decimals int // after the point; -1 for as many as it takes
	plus     bool
	minus    string // how a minus is written
	groups   bool   // thousands separators
	exponent string // "e" or "E", "" for none
	expPlus  bool   // the exponent shows its sign
	expWidth int    // its least number of digits
}

var (
	numberPattern  = lazy.Regexp(`(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(?:([eE])([+\-−]?)(\d+))?|\?|NaN|∞`)
	tokenPattern   = lazy.Regexp(`(?:\d{1,3}(?:,\d{3})+\b|\d+)(?:\.\d+)?(?:[eE][+\-−]?\d+)?|\.\d+(?:[eE][+\-−]?\d+)?|\?|NaN|∞`)
	spreadPattern  = lazy.Regexp(`^[\s%％(]*(?:±|\+/-)[\s(]*$`)
	percentPattern = lazy.Regexp(`^[\s\x{a0}\x{2009}\x{202f}]?[%％]`)
)

// parseFormat finds the numbers in a text.
func parseFormat(like string) (*format, error) {
	tokens := tokensOf(like)
	switch {
	case len(tokens) == 1:
	case len(tokens) == 2 && spreadPattern().MatchString(like[tokens[0].end:tokens[1].start]):
	case len(tokens) == 0:
		return nil, fmt.Errorf("%q holds no number to replace; write ? for one", like)
	default:
		return nil, fmt.Errorf("%q holds %d numbers: keep only the one to replace in the link", like, len(tokens))
	}
	f := &format{before: like[:tokens[0].start], after: like[tokens[len(tokens)-1].end:]}
	for _, t := range tokens {
		f.numbers = append(f.numbers, parseNumber(t.in([]byte(like))))
	}
	if len(tokens) == 2 {
		f.between = like[tokens[0].end:tokens[1].start]
	}
	f.percent = percentPattern().MatchString(f.after) || strings.ContainsAny(f.between, "%％")
	return f, nil
}

// tokensOf finds the numbers in a text, with their signs. A digit after a
// letter, as in "F1" or "layer5", is a part of a name. Question marks count
// only where there are no digits.
func tokensOf(s string) []span {
	var digits, marks []span
	for _, m := range tokenPattern().FindAllStringIndex(s, -1) {
		start, ok := signStart(s, m[0])
		if !ok {
			continue
		}
		if s[m[0]] == '?' {
			marks = append(marks, span{start, m[1]})
		} else {
			digits = append(digits, span{start, m[1]})
		}
	}
	if len(digits) == 0 {
		return marks
	}
	return digits
}

// signStart is where the number at an offset starts with its sign. A sign
// after a letter or a digit is a dash. It is not ok if the offset is in a name.
func signStart(s string, at int) (start int, ok bool) {
	before := s[:at]
	rest := before
	signs := 0
	for rest = trimSign(before); rest != before; rest = trimSign(before) {
		before = rest
		signs++
		if signs == 1 {
			start = len(rest)
		}
	}
	inName := before != "" && isNameByte(before[len(before)-1])
	switch {
	case signs == 0:
		return at, !inName
	case inName && signs == 1:
		return at, true
	}
	return start, true
}

func trimSign(s string) string {
	if strings.HasSuffix(s, "+/-") {
		return s
	}
	for _, sign := range []string{"+", "-", "−"} {
		if t, ok := strings.CutSuffix(s, sign); ok {
			return t
		}
	}
	return s
}

func isNameByte(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

// parseNumber reads how a number is written.
func parseNumber(s string) number {
	n := number{minus: "-", decimals: -1}
	switch {
	case strings.HasPrefix(s, "+"):
		n.plus = true
	case strings.HasPrefix(s, "−"):
		n.minus = "−"
	}
	s = strings.TrimLeft(s, "+-−")
	if s == "?" || s == "NaN" || s == "∞" {
		return n
	}
	m := numberPattern().FindStringSubmatch(s)
	n.groups = strings.Contains(m[1], ",")
	n.decimals = max(0, len(m[2])-1)
	n.exponent, n.expPlus = m[3], m[4] == "+"
	if strings.HasPrefix(m[5], "0") {
		n.expWidth = len(m[5])
	}
	return n
}

// text writes values in a format.
func (f *format) text(mean, sd float64) string {
	shift := 0
	if f.percent {
		shift = 2
	}
	numbers := f.settled(mean, sd, shift)
	text := f.before + numbers[0].text(mean, shift)
	if len(numbers) == 2 {
		text += f.between + numbers[1].text(sd, shift)
	}
	return text + f.after
}

// settled gives a mean and a spread that both ask for the default two digits
// of the spread.
func (f *format) settled(mean, sd float64, shift int) []number {
	numbers := f.numbers
	if len(numbers) == 2 && numbers[0].decimals < 0 && numbers[1].decimals < 0 {
		if d := 1 - magnitude(sd) - shift; sd > 0 && 0 <= d && d <= 8 && !math.IsInf(mean, 0) && mean == mean {
			numbers = []number{numbers[0], numbers[1]}
			numbers[0].decimals, numbers[1].decimals = d, d
		}
	}
	return numbers
}

// magnitude is the power of ten of the first digit of x.
func magnitude(x float64) int {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return 0
	}
	s := strconv.FormatFloat(math.Abs(x), 'e', 3, 64)
	e, _ := strconv.Atoi(s[strings.IndexByte(s, 'e')+1:])
	return e
}

// text writes x times ten to the power of shift.
func (n number) text(x float64, shift int) string {
	if math.IsNaN(x) {
		return "NaN"
	}
	sign := ""
	if n.plus {
		sign = "+"
	}
	if x < 0 {
		sign = n.minus
	}
	digits := n.digits(math.Abs(x), shift)
	if strings.Trim(digits, "0.,") == "" && !n.plus { // no minus before zero
		sign = ""
	} else if strings.Trim(digits, "0.,") == "" {
		sign = "+"
	}
	return sign + digits
}

// digits writes x without its sign.
func (n number) digits(x float64, shift int) string {
	switch {
	case math.IsInf(x, 0):
		return "∞"
	case n.exponent != "":
		return n.scientific(x, shift)
	case n.decimals < 0:
		return defaultDigits(x, shift)
	}
	s := fixed(x, n.decimals, shift)
	if n.groups {
		s = group(s)
	}
	return s
}

// fixed writes x times ten to the power of shift with so many decimals, rounded
// once.
func fixed(x float64, decimals, shift int) string {
	s := strconv.FormatFloat(x, 'f', decimals+shift, 64)
	if shift == 0 {
		return s
	}
	whole, fraction, _ := strings.Cut(s, ".")
	whole = strings.TrimLeft(whole+fraction[:shift], "0")
	if whole == "" {
		whole = "0"
	}
	if decimals == 0 {
		return whole
	}
	return whole + "." + fraction[shift:]
}

// group puts a comma before each three digits of the whole part.
func group(s string) string {
	whole, _, _ := strings.Cut(s, ".")
	var out strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteByte(whole[i])
	}
	return out.String() + s[len(whole):]
}

// scientific writes x with an exponent.
func (n number) scientific(x float64, shift int) string {
	s := strconv.FormatFloat(x, 'e', n.decimals, 64)
	mantissa, power, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(power)
	if x != 0 {
		e += shift
	}
	sign := ""
	switch {
	case e < 0:
		sign, e = n.minus, -e
	case n.expPlus:
		sign = "+"
	}
	return mantissa + n.exponent + sign + fmt.Sprintf("%0*d", n.expWidth, e)
}

// defaultDigits writes up to four significant digits, with an exponent where
// there would be many zeros. The digits of a whole number stay.
func defaultDigits(x float64, shift int) string {
	e := magnitude(x) + shift
	if x != 0 && (e < -5 || e >= 15) {
		s := number{exponent: "e", decimals: 3, minus: "-"}.scientific(x, shift)
		mantissa, power, _ := strings.Cut(s, "e")
		return trimZeros(mantissa) + "e" + power
	}
	return trimZeros(fixed(x, max(0, 3-e), shift))
}

// trimZeros removes zeros at the end of a fraction.
func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}
