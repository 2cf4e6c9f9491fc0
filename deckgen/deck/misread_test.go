package deck

import (
	"slices"
	"strings"
	"testing"
)

// count is how often a rule finds something in a deck.
func count(src, rule string) (n int) {
	for _, p := range Parse("deck.md", []byte(src)).Problems {
		if p.Rule == rule {
			n++
		}
	}
	return n
}

// asWindows1252 is what a program makes of UTF-8 that takes it for Windows-1252.
func asWindows1252(text string) string {
	var out strings.Builder
	for _, c := range []byte(text) {
		switch {
		case c >= 0x80 && c < 0xa0:
			out.WriteRune(windows1252[c-0x80])
		default:
			out.WriteRune(rune(c))
		}
	}
	return out.String()
}

func TestMisreadings(t *testing.T) {
	for _, text := range []string{
		"café", "Präsentation über Größen", "¿Qué señal?", "maçã não", "It’s “here” – now…", "5 °C ± 2 µm", "学習率を下げる", "😀", "łódź", "привет", "Ελληνικά",
		"¡Olé!", "naïve", "→", "a\u00a0b", "日本語",
	} {
		for _, garbled := range []string{asWindows1252(text), asWindows1252(asWindows1252(text))} {
			if count(garbled, "misread-text") == 0 {
				t.Errorf("%q, which was %q, passes", garbled, text)
			}
		}
		if count(text, "misread-text") > 0 {
			t.Errorf("%q does not pass", text)
		}
	}
	for _, text := range []string{"縺ゅｊ縺後→縺", "繝�繧ｹ繝�", "‚ ‚è‚ª‚Æ‚¤", "ƒeƒXƒg", "锟斤拷锟斤拷"} {
		if count(text, "misread-text") == 0 {
			t.Errorf("%q passes", text)
		}
	}
}

// What people write passes, in words that end where a quote or a unit follows.
func TestMisreadingsPass(t *testing.T) {
	for _, text := range []string{
		"« VOILÀ », dit-il, « été… » “allé…” «CAFÉ»", "Er hat „Spaß“ – „GROẞ“ und „Ä“; ‚Spaß‘: »Fuß«", "„MÜ“ und ›Spaß‹", "IRMÃ “IRMÔ «MANHû MAÇÃ… NÃO", "ĐÃ… ĐÃ”, TẤM",
		"20 Å² und 3 Å³, 1.5 Å±0.1", "NESCAFÉ® ROSÉ™", "Ångström, ÅÄÖ”, «SMÖRGÅS» – på…", "zażółć gęślą jaźń", "İSTANBUL’DA ÇOK ŞÜKÜR", "縺れた糸が縺れ合う", "繧繝彩色",
		"f(x) = ƒ(x), ‚a‘ und ‚b‘", "café©", "à…” il", "naïve — façade", "« à » “à” à…", "São João, pão “pão” é…”", "`Ã©` is how é looks", "```\nÃ©\n```",
	} {
		if n := count(text, "misread-text"); n > 0 {
			t.Errorf("%q: %d misreadings", text, n)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string]int{
		"TODO": 1, "- TODO": 1, "TODO: add a figure": 1, "## TODO: write this": 1, "a [TODO] b": 1, "(TBD)": 1, "| a | b |\n|---|---|\n| x | TBD |": 1, "FIXME later": 1,
		"Lorem ipsum dolor sit amet": 1, "# Insert the title here": 1, "発表者：XXX": 1, "（要確認）": 1, "要確認": 1, "あとで書く": 1, "ここに図を入れる": 1, "see Figure ??": 1, "図??を見る": 1,
		"クリックしてタイトルを入力": 1, "**TODO**": 1, "**TODO:** figure": 1, "TODO: **figure**": 1, "TODO:\n\n- a": 0, "- TODO：\n  - a": 0, "TODO(me): figure": 1, "见下图（待补充）": 1,

		"# TODO": 0, "# TODOアプリを作る": 0, "A TODO list": 0, "次回までのTODO": 0, "TODO アプリ": 0, "`TODO: x`": 0, "```\nTODO: x\n```": 0, "<!-- TODO: x -->": 0, "Super Bowl XXX": 0, "XXXはYYYです": 0,
		"金曜までに要確認": 0, "あとで説明します": 0, "ここにパスワードを入力してください": 0, "TODO ESTÁ BIEN": 0, "どちら??": 0, "insert it here": 0, "未定": 0, "後で確認する手順": 0, "$\\text{TODO: }$": 0,
	} {
		if n := count(text, "placeholder"); n != want {
			t.Errorf("%q: %d placeholders instead of %d", text, n, want)
		}
	}
}

func TestConflicts(t *testing.T) {
	for text, want := range map[string][]int{
		"# a\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n": {3, 5, 7},
		"- a\n=======\n- b\n":                             {2},
		"a\nb\n=======\n\nc\n":                            {3},
		"- a\n>>>>>>> other branch\n- b\n":                {2},
		"a\n\n>>>>>>>\n\nb\n":                             {3},
		"a\n||||||| 1234567\nb\n":                         {2},
		"|a|b|\n|-|-|\n|c|d|\n=======\n|e|f|\n":           {4},
		"```go\n<<<<<<< HEAD\n```\n":                      {2},

		"Chapter\n=======\n":                                 nil,
		"<!-- _class: lead -->\nChapter\n=======\n":          nil,
		"a\n\n=======\n\nb\n":                                nil, // no-break
		"```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n": nil,
		"```sh\n>>>>>>> c\n```\n":                            nil,
		"a\nb\n===\n":                                        nil,
	} {
		var lines []int
		for _, p := range Parse("deck.md", []byte(text)).Problems {
			if p.Rule == "conflict-marker" {
				lines = append(lines, p.Line)
			}
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%q: conflicts in lines %v instead of %v", text, lines, want)
		}
	}
}

func TestWithoutMarp(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntheme: gaia\n---\n\n# a\n":                          "---\nmarp: true\ntheme: gaia\n---\n\n# a\n",
		"---\r\npaginate: true\r\n---\r\n\r\n# a\r\n":             "---\r\nmarp: true\r\npaginate: true\r\n---\r\n\r\n# a\r\n",
		"\ufeff-----\ntitle: a\n-----\n\n<!-- _class: lead -->\n": "\ufeff-----\nmarp: true\ntitle: a\n-----\n\n<!-- _class: lead -->\n",
		"---\ntitle: a\n---\n\n[1](a.json#/b)\n":                  "---\nmarp: true\ntitle: a\n---\n\n[1](a.json#/b)\n",
		"---\n---\n\n<!-- class: lead -->\n":                      "---\nmarp: true\n---\n\n<!-- class: lead -->\n",

		"---\nmarp: true\ntheme: gaia\n---\n":  "",
		"---\nmarp: false\ntheme: gaia\n---\n": "",
		"---\nMarp: true\ntheme: gaia\n---\n":  "",
		"---\nmrap: true\ntheme: gaia\n---\n":  "",
		"---\ntitle: a\n---\n\n# a\n":          "",
		"# a\n\n<!-- _class: lead -->\n":       "",
		"---\ntheme: gaia\nx: a: b\n---\n":     "",
	} {
		d := Parse("deck.md", []byte(text))
		src, _ := d.Mended(func(m Mend) bool { return m.Rule == "no-marp" })
		if want == "" && (count(text, "no-marp") > 0 || string(src) != text) || want != "" && (count(text, "no-marp") != 1 || string(src) != want) {
			t.Errorf("%q: %d problems, mended to %q", text, count(text, "no-marp"), src)
		}
	}
}
