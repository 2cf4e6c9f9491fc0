package page

import (
	"fmt"
	"strings"
	"testing"
)

func TestRewrite(t *testing.T) {
	mark := func(u Use) string { return fmt.Sprintf("[%d]%s", u.Slide, u.URL) }
	for _, test := range []struct{ name, page, want string }{
		{"picture", `<img alt='x' src="a&amp;b.png">`, `<img alt="x" src="[0]a&amp;b.png">`},
		{"slides are counted",
			`<svg data-marpit-svg=""><svg><image href="a"/></svg></svg><svg data-marpit-svg=""><img src=b></svg>`,
			`<svg data-marpit-svg=""><svg><image href="[1]a"/></svg></svg><svg data-marpit-svg=""><img src="[2]b"></svg>`},
		{"style attribute", `<figure style="background-image:url(&quot;a.png&quot;);color:red">`,
			`<figure style="background-image:url(&#34;[0]a.png&#34;);color:red">`},
		{"sheet", `<style>a{b:url( 'x y.png' )}@import "c.css";</style>`, `<style>a{b:url("[0]x y.png")}@import "[0]c.css";</style>`},
		{"import of a sheet", `<style>@import url(c.css) print;</style>`, `<style>@import url("[0]c.css") print;</style>`},
		{"not in strings and comments", `<style>/*url(a)*/b::after{content:"url(c)"}</style>`,
			`<style>/*url(a)*/b::after{content:"url(c)"}</style>`},
		{"other links stay", `<a href="a.html">url(x)</a><link rel="canonical" href="b">`,
			`<a href="a.html">url(x)</a><link rel="canonical" href="b">`},
		{"style sheets and scripts", `<link rel=stylesheet href=a><script src=b></script>`,
			`<link rel="stylesheet" href="[0]a"><script src="[0]b"></script>`},
		{"a script's text stays", `<script>"<img src='a'>"</script>`, `<script>"<img src='a'>"</script>`},
		{"the end of a style element cannot be smuggled in", `<style>a{b:url("\3c/style>")}</style>`,
			`<style>a{b:url("[0]\3c /style>")}</style>`},
		{"cut off", `<style>a{b:url(`, `<style>a{b:url(`},
	} {
		if got := string(Rewrite([]byte(test.page), mark)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// What is not changed stays the same bytes.
func TestRewriteKeeps(t *testing.T) {
	const page = `<!DOCTYPE html><P Class=x viewBox='1'>&copy;<IMG SRC=a.png><style>b{c:url( 'd' )}</style><!-- <img src=e> -->`
	if got := string(Rewrite([]byte(page), func(u Use) string { return u.URL })); got != page {
		t.Errorf("got %s", got)
	}
}

func TestSlides(t *testing.T) {
	const one = `<svg data-marpit-svg=""><foreignObject><p>a</p><svg><path/></svg><svg/></foreignObject></svg>`
	const two = `<svg data-marpit-svg="" class=x><style>in{}</style></svg>`
	scripted := strings.Replace(two, "</svg>", "<script>x('</svg>')</script></svg>", 1)
	sheets, slides := Slides([]byte(`<head><style>a{}</style><style>b>c{}</style></head><svg></svg><div>` + one + "\n" + scripted +
		`<style>after{}</style><svg data-marpit-svg=""><p>cut off`))
	if got, want := fmt.Sprintf("%s", sheets), "[a{} b>c{}]"; got != want {
		t.Errorf("sheets: got %s, want %s", got, want)
	}
	if got, want := fmt.Sprintf("%s", slides), "["+one+" "+two+"]"; got != want {
		t.Errorf("slides:\n got %s\nwant %s", got, want)
	}
}
