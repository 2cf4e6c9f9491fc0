package deck

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"deckgen/deckgen/internal/lazy"
)

// What stands in this file finds text that some program read in another encoding than it was written in.

// windows1252 are the characters of its bytes 0x80 to 0x9f; those of the others are the same in Unicode.
var windows1252 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// typographic are characters of Windows-1252 that may follow a letter of any language.
const typographic = "‘’“”‹›«»…–—•™®\u00a0"

// byteOf is the byte that a program took for a character of Windows-1252, 0 if it was ASCII or none.
func byteOf(r rune) byte {
	switch {
	case r < 0x80:
		return 0
	case r <= 0xff:
		return byte(r)
	}
	for i, known := range windows1252 {
		if r == known {
			return byte(0x80 + i)
		}
	}
	return 0
}

// misread is the character of UTF-8 whose bytes were taken for several characters at the start of src, and how long they
// are; odd says that one of them does not follow letters. The size is 0 if there is none.
func misread(src []byte) (was rune, size int, odd bool) {
	lead, n := utf8.DecodeRune(src)
	buf := []byte{byteOf(lead)}
	for size = n; len(buf) < utf8.UTFMax && !utf8.FullRune(buf); size += n {
		var r rune
		r, n = utf8.DecodeRune(src[size:])
		c := byteOf(r)
		if c == 0 {
			return 0, 0, false
		}
		buf = append(buf, c)
		odd = odd || !strings.ContainsRune(typographic, r)
	}
	if was, n = utf8.DecodeRune(buf); n < 2 || n != len(buf) {
		return 0, 0, false
	}
	return was, size, odd
}

// surelyMisread is as misread, and leaves out what some language or science writes so.
func surelyMisread(src []byte) (was rune, size int) {
	was, size, odd := misread(src)
	lead, _ := utf8.DecodeRune(src)
	switch {
	case size == 0:
	case lead == 'Â': // no word ends so, not even before a blank
		odd = was >= 0xa0 && was != '»'
	case lead != 'Ã' && was < 0x800: // such as Å² alone
		_, next, _ := misread(src[size:])
		odd = odd && next > 0
	}
	if !odd {
		return 0, 0
	}
	return was, size
}

// A confusion is how a text looks that a program read in another encoding than it was written in.
type confusion struct {
	marks   []string // one of them is there, before anything dearer looks
	pattern func() *regexp.Regexp
	message string
}

var confusions = []confusion{
	{[]string{"縺", "繧", "繝"}, lazy.Regexp(`[縺繧繝](?:[｡-ｿ]|[√ゅ医峨翫九後阪弱上舌代偵薙斐輔悶励倥吶壹帙懊昴槭溘])`), "a program took UTF-8 for Shift_JIS"},
	{[]string{"‚", "ƒ"}, lazy.Regexp(`(?:[‚ƒ][^\n\r]){3}`), "a program took Shift_JIS for Windows-1252"},
	{[]string{"锟斤拷"}, lazy.Regexp(`锟斤拷`), "a program took the � of another one for GBK"},
}

const misreadHint = "take the text from where it was still right, and save it as UTF-8"

// misreadings reports the first place of each sort, apart from code.
func (b *builder) misreadings() {
	src := b.deck.Src
	if at, size, was := b.firstMisread(); at >= 0 {
		b.report(at, "misread-text", fmt.Sprintf("%q was %q, until a program took UTF-8 for Windows-1252", src[at:at+size], was), misreadHint)
	}
	for _, c := range confusions {
		if !slices.ContainsFunc(c.marks, func(mark string) bool { return bytes.Contains(src, []byte(mark)) }) {
			continue
		}
		for _, m := range c.pattern().FindAllIndex(src, -1) {
			if b.codeAt(m[0]) == nil {
				b.report(m[0], "misread-text", fmt.Sprintf("%q is no text: %s", src[m[0]:m[1]], c.message), misreadHint)
				break
			}
		}
	}
}

// firstMisread is where UTF-8 was read as Windows-1252 first, and which character it was; at is -1 for nowhere.
func (b *builder) firstMisread() (at, size int, was string) {
	const lead = 0xc3 // the first byte of Â, Ã, â, ã and what else such a sequence can start with
	src := b.deck.Src
	for at = 0; ; at++ {
		i := bytes.IndexByte(src[at:], lead)
		if i < 0 {
			return -1, 0, ""
		}
		at += i
		if r, size := surelyMisread(src[at:]); size > 0 && b.codeAt(at) == nil {
			return at, size, string(r)
		}
	}
}
