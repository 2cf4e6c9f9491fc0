package css

import (
	"fmt"
	"testing"
)

func TestFaults(t *testing.T) {
	tests := []struct {
		sheet, want string // the offset and the message of the first fault
	}{
		{`section { color: red; --x: 1; -webkit-box: a } /* } */ a::before { content: "}"; background: url(a;b.png) }`, ""},
		{`@media print { section { color: red } } @import 'default';`, ""},
		{`section { h1 { color: red } &:hover { color: blue } }`, ""},
		{"section { color: red;\nh1 { color: blue; }", "8 this { is never closed: what comes after it may be lost"},
		{`h1 { color: red; } }`, "19 this } closes nothing: the rule after it is lost"},
		{`h1 { color: red; } /* a`, "19 this comment is never closed: it takes up the rest"},
		{"/* The page\nh1 { color: red; }\n/* More */ h2 { color: red; }", "0 this comment goes on to the end of the next one: what is between them is lost"},
		{"/* a { b } */ h1 { color: red; } /* c */", ""},
		{`h1 { fontsize: 20px; }`, "5 CSS has no property fontsize: a browser passes over it"},
		{`h1 { colour: red }`, "5 CSS has no property colour: a browser passes over it"},
		{`h1 { font-size 20px; }`, "5 font-size has no value: there is no colon"},
		{"h1 { font-size: 20px\n  color: red; }", "20 a semicolon is missing: this line and the next are lost"},
		{`h1 { grid-magic: 3 }`, ""},
	}
	for _, test := range tests {
		got := ""
		if f := Faults(test.sheet); len(f) > 0 {
			got = fmt.Sprintf("%d %s", f[0].Offset, f[0].Message)
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.sheet, got, test.want)
		}
	}
}
