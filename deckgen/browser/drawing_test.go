package browser

import (
	"bytes"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func svg(attributes, body string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" ` + attributes + `>` + body + `</svg>`
}

func TestRead(t *testing.T) {
	const size = `width="640" height="480" viewBox="0 0 320 240"`
	for _, test := range []struct {
		svg  string
		want drawing
	}{
		{svg(size, ``), drawing{Width: 320, width: 640, height: 480}},
		{svg(`width="480pt" height="5in"`, ``), drawing{Width: 640, width: 640, height: 480}},
		{svg(size, `<g transform="translate(3) scale(.5)"><use href="#u31"/></g><use href="#u32"/>`), drawing{Type: 10, Width: 320, width: 640, height: 480}},
		{svg(size, `<use href="#u31" transform="matrix(0 -2,2 0 9 9)"/><use href="#mark" transform="scale(.1)"/>`), drawing{Type: 40, Width: 320, width: 640, height: 480}},
		{svg(size, `<g><text>a</text></g>`), drawing{Width: 320, Text: true, width: 640, height: 480}},
		{"<?xml version='1.0'?><!DOCTYPE svg><!-- a -->\n" + svg(size, ``) + "\n", drawing{Width: 320, width: 640, height: 480}},
		{svg(size, `<style>.a{fill:red}</style>`), drawing{Width: 320, width: 640, height: 480}},

		// only a browser knows the size
		{svg(`viewBox="0 0 320 240"`, ``), drawing{Width: 320}},
		{svg(`width="100%" height="480" viewBox="0 0 320 240"`, ``), drawing{Width: 320, height: 480}},
		{svg(`width="614.4" height="480"`, ``), drawing{Width: 614.4}},
		{svg(`width="60000" height="480"`, ``), drawing{Width: 60000}},
		{svg(size+` style="width:9em"`, ``), drawing{Width: 320}},
		{svg(size+` preserveAspectRatio="none"`, ``), drawing{Width: 320}},
		{svg(size, `<style>svg{width:9em}</style>`), drawing{Width: 320, height: 480}},
		{svg(size, `<animate attributeName="width" to="9"/>`), drawing{Width: 320, height: 480}},

		// a browser might show nothing
		{``, drawing{Text: true}},
		{svg(size, `<g>`), drawing{Text: true}},
		{svg(size, ``) + svg(size, ``), drawing{Text: true}},
		{svg(size, ``) + `more`, drawing{Text: true}},
		{"\n" + svg(size, ``), drawing{Text: true}},
		{"<!-- a --><?xml version='1.0'?>" + svg(size, ``), drawing{Text: true}},
		{svg(size+` width="9"`, ``), drawing{Text: true}},
		{svg(size, `<use xlink:href="#u31"/>`), drawing{Text: true}},
		{svg(size, `<a:b/>`), drawing{Text: true}},
		{svg(size+` xmlns:a=""`, ``), drawing{Text: true}},
		{svg(size, strings.Repeat(`<g>`, 5000)+strings.Repeat(`</g>`, 5000)), drawing{Text: true}},
		{`<svg ` + size + `/>`, drawing{Text: true}},
	} {
		if got := *read([]byte(test.svg)); got != test.want {
			t.Errorf("%.200s: %+v, want %+v", test.svg, got, test.want)
		}
	}
}

func TestStandIn(t *testing.T) {
	got, err := gif.DecodeConfig(bytes.NewReader((&drawing{width: 640, height: 480}).standIn()))
	if err != nil || got.Width != 640 || got.Height != 480 {
		t.Errorf("%+v, %v", got, err)
	}
	if got := (&drawing{height: 480}).standIn(); got != nil {
		t.Errorf("a stand-in for an unknown size: %q", got)
	}
}

// Every figure of the package figure has a stand-in.
func TestFigures(t *testing.T) {
	figures, _ := filepath.Glob("../../assets/*/*/*.svg")
	if len(figures) == 0 {
		t.Fatal("there are no figures")
	}
	for _, file := range figures {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if dr := read(b); dr.Text || dr.standIn() == nil {
			t.Errorf("%s: %+v", file, dr)
		}
	}
}

func TestPictures(t *testing.T) {
	const size = `width="640" height="480"`
	l := measure(t, fstest.MapFS{
		"assets/text.svg":   {Data: []byte(svg(size+` viewBox="0 0 320 240"`, `<style>text{font:30px serif}</style><g transform="scale(.5)"><text>a</text></g><use href="#u31"/>`))},
		"assets/dark.svg":   {Data: []byte(svg(size, `<rect width="640" height="480"/>`))},
		"assets/broken.svg": {Data: []byte(svg(size, `<g>`))},
		"assets/ratio.svg":  {Data: []byte(svg(`viewBox="0 0 30 10"`, ``))},
	},
		`<img src="../assets/text.svg" style="width:320px">`,
		`<div style="background:url(../assets/dark.svg)">text</div>`,
		`<img src="../assets/broken.svg"><img src="../assets/dark.svg" style="height:240px">`,
		`<img src="../assets/ratio.svg" style="width:600px">`)
	if s := l.Slides[0]; !near(s.Images[0].Text, 15) {
		t.Errorf("a text of 15 in units of a pixel: %+v", s.Images)
	}
	if s := l.Slides[1]; len(s.Texts) != 1 || s.Texts[0].Back != [3]float64{} {
		t.Errorf("text on a picture from a style sheet: %+v", s.Texts)
	}
	if s := l.Slides[2]; !s.Images[0].Broken || s.Images[1].Broken || !near(s.Images[1].Width, 320) {
		t.Errorf("a broken picture, and one that is not: %+v", s.Images)
	}
	if s := l.Slides[3]; !near(s.Images[0].Height, 200) {
		t.Errorf("a picture that has only a ratio: %+v", s.Images)
	}
}
