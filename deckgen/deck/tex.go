package deck

import (
	"regexp"
	"strings"
)

// The signs of a number that TeX writes in its own way.
var (
	toTeX = strings.NewReplacer(
		"%", `\%`, "#", `\#`, "$", `\$`, "&", `\&`, "_", `\_`, "{", `\{`, "}", `\}`,
		"±", `\pm `, "∞", `\infty `, "°", `^\circ `, "NaN", `\mathrm{NaN}`, "|", `\vert `,
	)
	fromTeX = strings.NewReplacer(
		`\%`, "%", `\#`, "#", `\$`, "$", `\&`, "&", `\_`, "_", `\{`, "{", `\}`, "}",
		`\pm `, "±", `\pm`, "±", `\infty `, "∞", `\infty`, "∞", `^\circ `, "°", `^\circ`, "°", `^{\circ}`, "°",
		`\mathrm{NaN}`, "NaN", `\vert `, "|", `{,}`, ",",
	)
	texThousand = regexp.MustCompile(`(\d),(\d)`)
	power       = regexp.MustCompile(`(\d)e([+-]?\d+)`)
	texPower    = regexp.MustCompile(`(\d)\s*\\(?:times|cdot)\s*10\s*\^\s*(?:\{([+-]?\d+)\}|(\d))`)
)

// writeTeX writes plain text so that a formula shows it: % as \%, 1,234 as
// 1{,}234, 1e-3 as 1\times10^{-3}.
func writeTeX(s string) string {
	s = strings.TrimSpace(toTeX.Replace(s))
	s = power.ReplaceAllString(s, `${1}\times10^{$2}`)
	return texThousand.ReplaceAllString(s, `$1{,}$2`)
}

// plainTeX undoes writeTeX, in the spelling of the author too.
func plainTeX(s string) string {
	s = texPower.ReplaceAllString(s, `${1}e$2$3`)
	s = fromTeX.Replace(s)
	return strings.Join(strings.Fields(s), " ")
}
