package deck

import (
	"strings"

	"deckgen/deckgen/internal/lazy"
)

// The signs of a number that TeX writes in its own way.
var (
	toTeX = strings.NewReplacer(
		"%", `\%`, "#", `\#`, "$", `\$`, "&", `\&`, "_", `\_`, "{", `\{`, "}", `\}`,
		"∞", `\infty `, "°", `^\circ `, "NaN", `\mathrm{NaN}`, "|", `\vert `,
	)
	fromTeX = strings.NewReplacer(
		`\%`, "%", `\#`, "#", `\$`, "$", `\&`, "&", `\_`, "_", `\{`, "{", `\}`, "}",
		`\infty `, "∞", `\infty`, "∞", `^\circ `, "°", `^\circ`, "°", `^{\circ}`, "°",
		`\mathrm{NaN}`, "NaN", `\vert `, "|", `{,}`, ",",
	)
	spread      = lazy.Regexp(`\s*±\s*`)
	texSpread   = lazy.Regexp(`\s*\\pm(?:\s+|\b)`)
	texThousand = lazy.Regexp(`(\d),(\d)`)
	power       = lazy.Regexp(`(\d)e([+-]?\d+)`)
	texPower    = lazy.Regexp(`(\d)\s*\\(?:times|cdot)\s*10\s*\^\s*(?:\{([+-]?\d+)\}|(\d))`)
)

// writeTeX writes plain text so that a formula shows it: % as \%, 1,234 as
// 1{,}234, 1e-3 as 1\times10^{-3}.
func writeTeX(s string) string {
	s = power().ReplaceAllString(toTeX.Replace(s), `${1}\times10^{$2}`)
	s = spread().ReplaceAllString(s, ` \pm `)
	return strings.TrimSpace(texThousand().ReplaceAllString(s, `$1{,}$2`))
}

// plainTeX undoes writeTeX, in the spelling of the author too. Space counts as
// little as it does in a formula.
func plainTeX(s string) string {
	s = texPower().ReplaceAllString(s, `${1}e$2$3`)
	s = texSpread().ReplaceAllString(s, " ± ")
	s = fromTeX.Replace(s)
	return strings.Join(strings.Fields(s), " ")
}
