package tex

import (
	"fmt"
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	tests := []struct {
		formula string
		want    string // offset and message of each fault, separated by "; "
	}{
		{`\frac{1}{20} x^2 + y^2`, ""},
		{`\begin{aligned} a &= b \\[6pt] c &= d \end{aligned}`, ""},
		{`\left( \frac{a}{b} \right), \quad \left\{ x \right.`, ""},
		{`x'^2, x_i^2, {x^2}^3, \sum\limits_{i=1}^n, {}^2`, ""},
		{`\sqrt[3]{x}, \xrightarrow[a]{b}, \text{a & b_c}, \operatorname*{arg\,max}_x`, ""},
		{`\href{../a/result.json#/values/x}{0.1}`, ""},
		{`\begin{array}{c@{&}c} a & b \end{array}`, ""},
		{`\pmatrix{a & b \cr c & d}, x^\mathrm{T}, \mathrm{eta}`, ""},
		{"a % b } c\n+ d", ""},
		{`\newcommand{\half}[1]{\frac{#1}{2}}`, ""},

		{`\frac{1}{20`, `8 this { is never closed`},
		{`a } b`, `2 this } closes nothing`},
		{`\begin{aligned} a \end{align}`, `18 \begin{aligned} ends with \end{align}`},
		{`\begin{aligned} a`, `0 \begin{aligned} has no \end{aligned}`},
		{`a \end{aligned}`, `2 \end{aligned} has no \begin{aligned}`},
		{`\begin{alinged} a \end{alinged}`, `0 there is no environment alinged`},
		{`\left( a`, `0 \left has no \right in the same group`},
		{`a \right)`, `2 \right has no \left in the same group`},
		{`{\left( a} \right)`, `1 \left has no \right in the same group`},
		{`\left{ a \right}`, `0 \left{ is no bracket: { groups`},
		{`\left a \right)`, `0 \left needs a bracket and has a`},
		{`x^2^3`, `3 a second ^: what stands above is there already`},
		{`x_1^2_3`, `5 a second _: what stands below is there already`},
		{`x^2'`, `3 a ' after a ^: what stands above is there already`},
		{`x^`, `1 ^ lacks what belongs to it`},
		{`x^_2`, `1 nothing stands between ^ and _`},
		{`\frac{1}`, `0 \frac lacks what belongs to it`},
		{`\hat\mathbf{x}`, `0 \hat takes \mathbf without what belongs to that`},
		{`a & b`, `2 & stands outside of anything that has columns`},
		{`\begin{aligned} {a & b} \end{aligned}`, `19 & stands outside of anything that has columns`},
		{`a # b`, `2 # means nothing in a formula`},

		{`\frc{1}{2}`, `0 there is no command \frc`},
		{`\cdotx`, `0 there is no command \cdotx`},
		{`\argmin_x`, `0 MathJax knows no command \argmin`},
		{`¥alpha`, `0 ¥alpha is text: a command starts with a backslash`},
		{`1/alpha`, `2 alpha without a backslash is a product of letters`},
		{`/frac{1}{2}`, `0 /frac is text: a command starts with a backslash`},
		{`5% of x`, `1 % starts a comment: it and the rest of the line do not show`},
		{" \n", `0 this formula is empty`},
		{`\frc{1}{2} x^2^3`, `0 there is no command \frc; 14 a second ^: what stands above is there already`},
	}
	for _, test := range tests {
		var got []string
		for _, f := range Faults(test.formula, Macros{}) {
			got = append(got, fmt.Sprintf("%d %s", f.Offset, f.Message))
			if f.Hint == "" {
				t.Errorf("%s: no hint", test.formula)
			}
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%s: %q, want %q", test.formula, s, test.want)
		}
	}
}

// What a formula defines is known in the others.
func TestMacros(t *testing.T) {
	m := Macros{}
	m.Define(`\def\frc#1{x} \newcommand{\bm}[1]{\boldsymbol{#1}}`)
	if f := Faults(`\frc{1} \bm{x}`, m); len(f) > 0 {
		t.Error(f)
	}
	if f := Faults(`\argmin_x`, Macros{KaTeX: true}); len(f) > 0 {
		t.Error("KaTeX has it:", f)
	}
	m.Define(`\def\be{\begin{aligned}} \def\ee{\end{aligned}}`)
	if f := Faults(`\be a & b \ee`, m); len(f) > 0 {
		t.Error(f)
	}
}

// Whatever is read, it ends, and faults are inside.
func FuzzFaults(f *testing.F) {
	for _, seed := range []string{`\frac{1}{2}`, `\begin{a}&\end{a}`, `\left(\right`, `x^2_{`, `\text{$`, `\`, `¥frac`, `\sqrt[`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		for _, fault := range Faults(formula, Macros{}) {
			if fault.Offset < 0 || fault.Offset > len(formula) {
				t.Errorf("%q: a fault at %d", formula, fault.Offset)
			}
		}
	})
}
