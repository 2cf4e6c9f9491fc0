package deck

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"

	"deckgen/deckgen/internal/lazy"
)

// What stands in this file finds what an author, a template or another program left to be filled in.

// placeholderMarks are parts of all placeholders: where none is in a deck nothing dearer looks.
var placeholderMarks = []string{"TODO", "FIXME", "TBD", "XXX", "要確認", "要修正", "要追記", "あとで", "後で", "待补充", "待完善", "psum", "nsert ", "ext here", "itle here",
	"lick to ", "クリックして", "ここに", "??"}

var (
	wholePlaceholder = lazy.Regexp(`^[\s(（\[【「<※*]*(?:TODO|FIXME|TBD|XXX|要確認|要修正|要追記|(?:あとで|後で)(?:書く|追記|追加|直す|差し替える?|確認)(?:する)?|待补充|待完善)[\s)）\]】」>*.!！?？…。]*$`)
	openPlaceholder  = lazy.Regexp(`(?:^|[\s(（\[【「])(?:TODO|FIXME)(?:\([^()]*\))?[ \t]*[:：][ \t]*$`)
	placeholderText  = lazy.Regexp(`(?:^|[\s(（\[【「])(?:TODO|FIXME)(?:\([^()]*\))?[ \t]*[:：][ \t]*\S` +
		`|\bFIXME\b|[\[【（(<](?:TODO|FIXME|TBD)\b[^\])】）>\n]*[\]】）)>]|[【（(※](?:要確認|要修正|要追記|(?:あとで|後で)(?:書く|追記|追加|直す)|待补充|待完善)|[:：][ \t]*(?:XXX|TBD)[ \t]*$` +
		`|(?i:lorem ipsum|\binsert (?:an? |the |your )?(?:\w+ )?(?:figure|image|picture|photo|plot|graph|diagram|table|screenshot|quote|text|title|name) here\b|\byour (?:text|title) here\b|\bclick to (?:add|edit) (?:\w+ )?(?:title|text|subtitle|notes)\b)` +
		`|クリックして(?:マスター)?[ \t]*(?:タイトル|サブタイトル|テキスト)[^\n]{0,12}(?:入力|追加|編集)|ここに(?:図|画像|グラフ|写真|表|スクショ|説明|本文|文章)を?(?:入れる|挿入|貼る|追加|書く)(?:$|[)）】。])` +
		`|(?:\b(?:[Ff]igure|[Ff]ig\.|[Tt]able|[Ss]ection|[Ee]q(?:uation|\.))[ ~\x{a0}]|図|表|式|節) ?\?\?`)
)

// leavesPlaceholders reports whether a deck may have some.
func leavesPlaceholders(src []byte) bool {
	return slices.ContainsFunc(placeholderMarks, func(mark string) bool { return bytes.Contains(src, []byte(mark)) })
}

// placeholder reports one in the text of a block or a cell. A slide may well have the heading TODO.
func (b *builder) placeholder(n ast.Node) {
	const message, hint = "this was left to be filled in", "fill it in, or take it away"
	if _, heading := n.(*ast.Heading); !heading && len(b.texts) > 0 && wholePlaceholder().MatchString(b.plainText(n)) {
		b.report(b.texts[0].start, "placeholder", message, hint)
		return
	}
	for _, s := range b.texts {
		m := placeholderText().FindIndex(b.src[s.start:s.end])
		if rest := bytes.TrimSpace(b.lineOf(s.end)); m == nil && len(rest) > 0 && rest[0] != '|' { // such as bold text
			m = openPlaceholder().FindIndex(b.src[s.start:s.end])
		}
		if m != nil {
			b.report(s.start+m[0], "placeholder", message, hint)
			return
		}
	}
}
