package deckgen

import "testing"

func TestScriptInSVG(t *testing.T) {
	for svg, want := range map[string]string{
		`<svg><script>alert(1)</script></svg>`:                                                  "<script>",
		`<svg:svg xmlns:svg="u"><svg:SCRIPT href="a.js"/></svg:svg>`:                            "<script>",
		`<svg onload="alert(1)"/>`:                                                              "onload=",
		"<svg><g\nonClick = 'x()'/></svg>":                                                      "onClick=",
		`<svg><a xlink:href=" JavaScript:x()"/></svg>`:                                          "javascript:",
		`<!DOCTYPE svg [<!ENTITY s "<script>x()</script>">]><svg>&s;</svg>`:                     "in an entity",
		`<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;"/>`: "",
		`<svg><text>on = 1, javascript: no</text></svg>`:                                        "",
		`<svg><!-- <script>x()</script> --></svg>`:                                              "",
		`<svg><path d="M0 0"/></svg>`:                                                           "",
		"\x00<script":                                                                           "",
	} {
		if got := scriptIn([]byte(svg)); got != want {
			t.Errorf("%s: %q, want %q", svg, got, want)
		}
	}
}
