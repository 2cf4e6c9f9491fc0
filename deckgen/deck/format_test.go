package deck

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var formatTests = []struct {
	like     string
	mean, sd float64
	want     string
}{
	{"0.000", 0.98125, 0, "0.981"},
	{"0.000", 12.5, 0, "12.500"},
	{"0.000", -0.0001, 0, "0.000"},
	{"2000", 1999.5, 0, "2000"},
	{"3.", 4.2, 0, "4."},
	{".5", 0.25, 0, "0.2"},
	{"98.1%", 0.98125, 0, "98.1%"},
	{"98 %", 1.5, 0, "150 %"},
	{"5％", 0.0049, 0, "0％"},
	{"1,234", 1234567.5, 0, "1,234,568"},
	{"1,234", 12, 0, "12"},
	{"1,234.50", 98765.4321, 0, "98,765.43"},
	{"1e-3", 0.000123, 0, "1e-4"},
	{"1.5e-3", 0.0126, 0, "1.3e-2"},
	{"1.5E+03", 1234, 0, "1.2E+03"},
	{"1e-3%", 0.0002, 0, "2e-2%"},
	{"1e3", 0, 0, "0e0"},
	{"0.31 ± 0.02", 0.5, 0.125, "0.50 ± 0.12"},
	{"98.1% ± 0.3%", 0.9, 0.01, "90.0% ± 1.0%"},
	{"98.1 ± 0.3%", 0.9, 0.01, "90.0 ± 1.0%"},
	{"0.3 (±0.02)", 0.5, 0.125, "0.5 (±0.12)"},
	{"0.3 +/- 0.02", 0.5, 0.125, "0.5 +/- 0.12"},
	{"+0.5", 1, 0, "+1.0"},
	{"+0.5", -1, 0, "-1.0"},
	{"+0.5", -0.01, 0, "+0.0"},
	{"-0.5", 1, 0, "1.0"},
	{"−0.5", -1, 0, "−1.0"},
	{"1e−3", 0.01, 0, "1e-2"},
	{"?", 0.0123, 0, "0.0123"},
	{"?", 1.0 / 3, 0, "0.3333"},
	{"?", 123456.7, 0, "123457"},
	{"?", 42, 0, "42"},
	{"?", 0, 0, "0"},
	{"?", -1.25e-9, 0, "-1.25e-9"},
	{"?", 1e20, 0, "1e20"},
	{"?%", 0.12345, 0, "12.35%"},
	{"? ± ?", 0.98125, 0.0123, "0.981 ± 0.012"},
	{"? ± ?", 3, 0, "3 ± 0"},
	{"約30", 12.4, 0, "約12"},
	{"30 steps", 12.4, 0, "12 steps"},
	{"64.1°", 12.34, 0, "12.3°"},
	{"F1 = 0.93", 0.5, 0, "F1 = 0.50"},
	{"x²-0.5", -0.25, 0, "x²-0.2"},
	{"epoch-30", 12, 0, "epoch-12"},
	{"0.0", math.NaN(), 0, "NaN"},
	{"0.0", math.Inf(1), 0, "∞"},
	{"+0.0%", math.Inf(-1), 0, "-∞%"},
	{"NaN", 0.5, 0, "0.5"},
	{"∞", 2, 0, "2"},
}

func TestFormat(t *testing.T) {
	for _, test := range formatTests {
		if got, err := Format(test.like, test.mean, test.sd); got != test.want || err != nil {
			t.Errorf("Format(%q, %v, %v) = %q, %v, want %q", test.like, test.mean, test.sd, got, err, test.want)
		}
	}
}

func TestFormatRefuses(t *testing.T) {
	for like, want := range map[string]string{
		"":             "holds no number",
		"Adam":         "holds no number",
		"layer5":       "holds no number",
		"v?":           "holds no number",
		"12-20":        "holds 2 numbers",
		"1,23":         "holds 2 numbers",
		"1, 2, 3":      "holds 3 numbers",
		"0.5 ± 0.1, 3": "holds 3 numbers",
		"--?":          "run into the text",
		"?e5":          "run into the text",
	} {
		if text, err := Format(like, 3, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Format(%q) = %q, %v, want an error that says %q", like, text, err, want)
		}
	}
}

// checkFormat says that a text is a format for itself, and that a second fill
// loses no digit: as a format it writes any other number as like does.
func checkFormat(t interface{ Fatalf(string, ...any) }, like string, mean, sd float64) {
	text, err := Format(like, mean, sd)
	if err != nil {
		return
	}
	again, err := Format(text, mean, sd)
	if err != nil || again != text {
		t.Fatalf("Format(%q, %v, %v) = %q, but as a format that gives %q, %v", like, mean, sd, text, again, err)
	}
}

// likes writes formats of all kinds.
var likes = rapid.Custom(func(t *rapid.T) string {
	number := rapid.StringMatching(`[+\-−]?(\?|[0-9]{1,6}|[1-9][0-9]{0,2}(,[0-9]{3}){1,2})(\.[0-9]{1,8})?([eE][+-]?[0-9]{1,3})?`)
	like := rapid.SampledFrom([]string{"", "約", "F1 = ", "x-", "("}).Draw(t, "before") + number.Draw(t, "mean")
	if rapid.Bool().Draw(t, "has a spread") {
		like += rapid.SampledFrom([]string{" ± ", "±", "% ± ", " (± "}).Draw(t, "between") + number.Draw(t, "spread")
	}
	return like + rapid.SampledFrom([]string{"", "%", " %", " steps", "°", ")", "."}).Draw(t, "after")
})

// values are all floating point numbers, and more often ordinary ones.
var values = rapid.OneOf(rapid.Float64Range(-2, 2), rapid.Float64(),
	rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, -1, 100, 0.5, math.NaN(), math.Inf(1), math.Inf(-1)}))

func TestFormatIsItsOwnFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkFormat(t, likes.Draw(t, "like"), values.Draw(t, "mean"), values.Draw(t, "sd"))
	})
}

// TestFormatKeepsPrecision fills twice with different values: decimals stay.
func TestFormatKeepsPrecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		like := rapid.StringMatching(`[0-9]{1,4}(\.[0-9]{1,6})?(e-[0-9])?%?`).Draw(t, "like")
		first := rapid.Float64Range(-1e6, 1e6).Draw(t, "first")
		second := rapid.Float64Range(-1e6, 1e6).Draw(t, "second")
		between, err1 := Format(like, first, 0)
		direct, err2 := Format(like, second, 0)
		twice, err3 := Format(between, second, 0)
		if err1 != nil || err2 != nil || err3 != nil || direct != twice {
			t.Fatalf("%q: %q by way of %q, %q directly (%v, %v, %v)", like, twice, between, direct, err1, err2, err3)
		}
	})
}

func FuzzFormat(f *testing.F) {
	for _, test := range formatTests {
		f.Add(test.like, test.mean, test.sd)
	}
	f.Fuzz(func(t *testing.T, like string, mean, sd float64) {
		checkFormat(t, like, mean, sd)
	})
}
