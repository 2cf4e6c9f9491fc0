package deckgen

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"deckgen/deckgen/deck"
)

const lecture = "slides/05_learning_technic.md"

// A mutation plants one fault at each place that matches, and says which rule has to find it. The problem is expected in
// the line where the match starts, or where the last match of opener before it does, or so many lines below.
type mutation struct {
	rule    string
	at, put string // a regular expression, and what replaces the match
	opener  string
	below   int
}

var mutations = []mutation{
	{rule: "stale-value", at: `\[[0-8]([\d.,]*)\]\((\.\./assets[^)\s]*#/(?:values|params))`, put: `[9$1]($2`},
	{rule: "stale-value", at: `#/claims/(\w+) "`, put: `#/claims/$1 "Once, `},
	{rule: "stale-value", at: `\\href\{([^}]*)\}\{0`, put: `\href{$1}{7`},
	{rule: "unknown-reference", at: `#/(values|params|claims)/(\w+)`, put: `#/$1/${2}x`},
	{rule: "unknown-reference", at: `/result\.json#/`, put: `/results.json#/`},
	{rule: "unknown-reference", at: "```go file=([^#\n]+)#(\\w+)", put: "```go file=$1#${2}x"},
	{rule: "unknown-reference", at: "```go file=([^#\n]+)\\.go#", put: "```go file=$1.og#"},
	{rule: "stale-listing", at: "```go file=([^\n]+)\n", put: "```go file=$1\n// new\n"},
	{rule: "no-reference", at: "```go file=", put: "```go file= "},
	{rule: "no-reference", at: "```go file=", put: "```go src="},
	{rule: "no-reference", at: `/result\.json#/(values|params|claims|tables)`, put: `/result.json#$1`},
	{rule: "stale-table", at: `\[table \w+\]: [^\n]+\n\n\|[^\n]+\n\|[^\n]+\n\| [A-Z][^ |]+ `, put: "${0}x ", below: 4},
	{rule: "definition-shown", at: `\n\n\[table (\w+)\]`, put: "\n表：\n[table $1]", below: 2},
	{rule: "missing-image", at: `\.svg\)`, put: `s.svg)`},
	{rule: "outside", at: `\]\(\.\./(assets[^)#]*\.svg)`, put: `](../../$1`},
	{rule: "image-shown", at: `\]\(\.\./(assets[^)#]*\.svg)`, put: `](../ $1`},
	{rule: "missing-alt", at: `!\[w:\d+ [^\n]*\]\((\.\./[^)]*\.svg)\)`, put: `![w:640]($1)`},
	{rule: "alt-filter", at: `!\[w:\d+ `, put: `![w:640 a contrast of `},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![w:50% `},
	{rule: "fence-unclosed", at: "\n```\n\n", put: "\n\n", opener: "```go"},
	{rule: "math-unclosed", at: `\n\$\$\n\n`, put: "\n\n", opener: `\$\$\n[^\n]`},
	{rule: "comment-runaway", at: `\n-->\n\n---\n`, put: "\n\n---\n", opener: `<!--`},
	{rule: "setext-trap", at: `\n\n---\n\n`, put: "\n\nまとめ\n---\n\n", below: 3},
	{rule: "empty-slide", at: `-->\n\n---\n\n`, put: "-->\n\n---\n\n---\n\n", below: 2},
	{rule: "heading-shown", at: `(?m)^(#{2,4}) `, put: `$1`},
	{rule: "unknown-directive", at: `<!-- _class:`, put: `<!-- _clas:`},
	{rule: "text-after-comment", at: `(?m)^<!-- _class: (\w+) -->$`, put: `<!-- _class: $1 --> 次へ`},
	{rule: "tool-note", at: `<!-- _class: cols -->`, put: `<!-- eslint-disable -->`},
	{rule: "table-shown", at: `\|---\|---\|---\|\n`, put: "|---|---|\n"},
	{rule: "extra-cell", at: `(?m)^\| (SGD|Momentum|Adam) \| `, put: "| $1 | 他 | "},
	{rule: "formula-shown", at: `(?m)^- \$(\\\w+)\$`, put: `- $$$1 `},
	{rule: "emphasis-shown", at: `([ぁ-ん])\*\*([^*\n「」]+)\*\*([ぁ-ん])`, put: `$1**「$2」**$3`},
	{rule: "dead-link", at: `(?m)^- `, put: `- [資料](none.csv)`},
	{rule: "html-image", at: `(?m)^- `, put: `- <img src="none.png" alt="無">`},
	{rule: "unknown-rule", at: `<!-- _class: cols -->`, put: "<!-- lint ignore deckgen overflown -->"},
	{rule: "front-matter-late", at: `\A`, put: "\n", below: 1},
	{rule: "front-matter-duplicate-key", at: `lang: ja\n`, put: "lang: ja\nlang: ja\n", below: 1},
	{rule: "front-matter-syntax", at: `lang: ja\n`, put: "lang: ja\nevent: a: b\n", below: 1},
	{rule: "front-matter-syntax", at: `(?s)\A(.*?)header: "([^"]*)"`, put: `${1}header: "$2`, below: 6},
	{rule: "directive-value", at: `<!-- header: "([^"]*)"`, put: `<!-- header: "$1`},
	{rule: "directive-value", at: `paginate: true`, put: `paginate: yes`},
	{rule: "unknown-directive", at: `paginate: true`, put: `pagination: true`},
	{rule: "unknown-theme", at: `theme: docker`, put: `theme: dokcer`},
	{rule: "unknown-class", at: `theme: docker`, put: `theme: default`},
	{rule: "unknown-class", at: `_class: cols`, put: `_class: colls`},
	{rule: "unknown-class", at: `_class: summary`, put: `_class: lonely`},
	{rule: "unknown-size", at: `lang: ja`, put: `size: 16x9`},
	{rule: "directive-value", at: `marp: true`, put: `marp: ture`},
	{rule: "directive-value", at: `lang: ja`, put: `lang: jp`},
	{rule: "directive-value", at: `lang: ja`, put: `headingDivider: 7`},
	{rule: "directive-value", at: `_class: cols`, put: `_backgroundColor: whiet`},
	{rule: "directive-value", at: `_class: cols`, put: `_color: #12345`},
	{rule: "directive-value", at: `_class: cols`, put: `_backgroundImage: sky.png`},
	{rule: "directive-value", at: `_class: cols`, put: `_backgroundSize: covr`},
	{rule: "directive-value", at: `_class: cols`, put: `_transition: fadee`},
	{rule: "unknown-directive", at: `_class: cols`, put: `_class cols`},
	{rule: "unknown-directive", at: `_class: cols`, put: `_class：cols`},
	{rule: "unknown-directive", at: `_class: cols`, put: `__class: cols`},
	{rule: "unknown-directive", at: `marp: true`, put: `mrap: true`},
	{rule: "front-matter-syntax", at: `theme: docker`, put: `theme：docker`},
	{rule: "front-matter-syntax", at: `theme: docker`, put: "theme:\u3000docker"},
	{rule: "directive-value", at: `theme: docker`, put: `theme: “docker”`},
	{rule: "directive-value", at: `_class: cols`, put: `_class: “cols”`},
	{rule: "unknown-directive", at: `_class: cols`, put: "_class： cols\n_paginate: false"},
	{rule: "directive-value", at: `_class: cols`, put: "_class:\u3000cols"},
	{rule: "no-marp", at: `marp: true\n`, put: ``, below: -1},
	{rule: "misread-text", at: `(?m)^- `, put: "- â€œcafÃ©â€\u009d "},
	{rule: "misread-text", at: `(?m)^- `, put: "- \u00c2\u00a0"},
	{rule: "misread-text", at: `(?m)^#### `, put: "#### 縺ゅｊ縺後→縺"},
	{rule: "misread-text", at: `(?m)^- `, put: "- å­¦ç¿’çŽ‡"},
	{rule: "placeholder", at: `(?m)^- `, put: "- TODO: "},
	{rule: "placeholder", at: `(?m)^- .*$`, put: "- TBD"},
	{rule: "placeholder", at: `(?m)^- `, put: "- （要確認）"},
	{rule: "placeholder", at: `(?m)^- .*$`, put: "- ここに図を入れる"},
	{rule: "placeholder", at: `(?m)^- .*$`, put: "- Lorem ipsum dolor sit amet"},
	{rule: "placeholder", at: `(?m)^- .*$`, put: "- 結果は図??のとおり"},
	{rule: "conflict-marker", at: `(?m)^(- [^\n]*)\n- `, put: "$1\n=======\n- ", below: 1},
	{rule: "conflict-marker", at: `(?m)^(\| SGD [^\n]*)\n`, put: "$1\n=======\n", below: 1},
	{rule: "conflict-marker", at: `(?m)^- `, put: "\n>>>>>>> other\n- ", below: 1},
	{rule: "conflict-marker", at: `(?m)^- `, put: "\n||||||| 1234567\n- ", below: 1},
	{rule: "front-matter-late", at: `\A---\n`, put: ``},
	{rule: "front-matter-late", at: `\A---`, put: `--`},
	{rule: "front-matter-late", at: `\A`, put: "\u200b"},
	{rule: "no-break", at: `-->\n\n---\n`, put: "-->\n\n———\n", below: 2},
	{rule: "no-break", at: `-->\n\n---\n`, put: "-->\n\n--\n", below: 2},
	{rule: "no-break", at: `-->\n\n---\n`, put: "-->\n\n    ---\n", below: 2},
	{rule: "no-break", at: `-->\n\n---\n`, put: "-->\n\n--- 次へ\n", below: 2},
	{rule: "no-break", at: `-->\n\n---\n`, put: "-->\n\n- 次へ\n\n  ---\n", below: 4},
	{rule: "missing-break", at: `-->\n\n---\n\n#`, put: "-->\n\n#", below: 2},
	{rule: "repeated-slide", at: `(?s)\n---\n\n(#### Momentum\n.*?)\n---\n`, put: "\n---\n\n$1\n---\n\n$1\n---\n", below: 25},
	{rule: "setext-trap", at: `(?m)^(どの方法も.*)$`, put: "$1\n-", below: 1},
	{rule: "heading-shown", at: `(?m)^#{3,4} `, put: `＃＃＃ `},
	{rule: "heading-shown", at: `(?m)^#{3,4} `, put: `    ### `},
	{rule: "heading-shown", at: `(?m)^#{3,4} `, put: `####### `},
	{rule: "list-shown", at: `(?m)^- (\*\*[^\n]*\n- )`, put: `-$1`},
	{rule: "list-shown", at: `1\. 範囲`, put: `1.範囲`},
	{rule: "code-shown", at: "(?m)^- `([^`]+)`", put: "- `$1"},
	{rule: "code-shown", at: "```go file=", put: "    ```go file="},
	{rule: "emphasis-shown", at: `(?m)^- \*\*([^*]+)\*\*`, put: `- **$1`},
	{rule: "emphasis-shown", at: `(?m)^- \*\*([^*]+)\*\*`, put: `- $1**`},
	{rule: "emphasis-shown", at: `(?m)^- \*\*([^*]+)\*\*`, put: `- **$1*`},
	{rule: "emphasis-shown", at: `(?m)^- \*\*([^*]+)\*\*`, put: `- ** $1 **`},
	{rule: "emphasis-shown", at: `(?m)^- \*\*([^*]+)\*\*`, put: `- ==$1==`},
	{rule: "comment-shown", at: `(?m)^<!--\n`, put: "<!-\n"},
	{rule: "comment-shown", at: `(?m)^<!--\n`, put: ""},
	{rule: "html-shown", at: `(?m)^- `, put: `- <stong>注</stong>`},
	{rule: "html-shown", at: `(?m)^- `, put: `- &alhpa;`},
	{rule: "html-unclosed", at: `(?m)^- `, put: `- <b>注`},
	{rule: "html-unclosed", at: `(?m)^- `, put: `- 注</div>`},
	{rule: "style-syntax", at: `<!-- _class: cols -->`, put: "<style scoped>\nh4 { color: red;\n</style>"},
	{rule: "style-syntax", at: `<!-- _class: cols -->`, put: "<style scoped>"},
	{rule: "odd-character", at: `(?m)^- `, put: "- \x07"},
	{rule: "odd-character", at: `(?m)^- `, put: "- \ufeff"},
	{rule: "odd-character", at: `(?m)^- `, put: "- \u202e"},
	{rule: "odd-character", at: `(?m)^- `, put: "- \x00"},
	{rule: "conflict-marker", at: `(?m)^- `, put: "\n<<<<<<< HEAD\n- ", below: 1},
	{rule: "formula-shown", at: `(?m)^- \$(\\\w+)\$`, put: `- \($1\)`},
	{rule: "formula-shown", at: `(?m)^- \$(\\\w+)\$`, put: `- ＄$1＄`},
	{rule: "no-reference", at: "```go file=", put: "```go ifle="},
	{rule: "no-reference", at: "```go file=", put: "```gofile="},
	{rule: "no-reference", at: "```go file=", put: "```go "},
	{rule: "no-reference", at: "```go file=", put: "```go file=\""},
	{rule: "stale-listing", at: "    for i, g := range p\\.Grad \\{", put: "    for i := range p.Grad {"},
	{rule: "stale-table", at: `(?m)^\| (Momentum|AdaGrad) \| 0\.10`, put: `| $1 | 0.11`},
	{rule: "definition-shown", at: `(?m)^\[table \w+\]:`, put: `    $0`},
	{rule: "image-shown", at: `(?m)^!\[w:\d+ `, put: `[w:640 `},
	{rule: "image-shown", at: `(?m)^!\[w:\d+ `, put: `！[w:640 `},
	{rule: "image-shown", at: `(?m)^- `, put: `- [資料] (https://example.com)`},
	{rule: "missing-image", at: `(?m)^- `, put: `- ![図]()`},
	{rule: "missing-image", at: `(?m)^- `, put: `- ![図](../assets/optimizers/paths/result.json)`},
	{rule: "missing-image", at: `(?m)^- `, put: `- ![図](C:\\sky.png)`},
	{rule: "claim-wording", at: `最も長い道のり`, put: `最も短い道のり`},
	{rule: "claim-wording", at: `最後の損失が最も高いの`, put: `最後の損失が最も低いの`},
	{rule: "claim-wording", at: `最も遠くにいたのはMomentum`, put: `最も遠くにいたのはSGD`},
	{rule: "claim-wording", at: `\[[^\[\]\n]+\](\([^()\n]*#/claims/\w+ ")`, put: `[]$1`},
	{rule: "claim-wording", at: `テストの正解率も下がりました\]`, put: `テストの正解率は下がりませんでした]`},
	{rule: "claim-wording", at: `差は縮みました\]`, put: `差は縮みませんでした]`},
	{rule: "claim-wording", at: `差は縮みました\]`, put: `差は広がりました]`},
	{rule: "claim-wording", at: `HeはXavierより`, put: `XavierはHeより`},
	{rule: "claim-wording", at: `100分の1未満`, put: `10分の1未満`},
	{rule: "claim-wording", at: `\[少しだけ消すと、テストの正解率が`, put: `[少しだけ消すと、テストの正解率が10%`},
	{rule: "claim-wording", at: `\[ほとんどの初期値で`, put: `[すべての初期値で`},
	{rule: "claim-wording", at: `使わないほうがよい結果`, put: `使うほうがよい結果`},
	{rule: "claim-wording", at: `\[テスト正解率が最も低い`, put: `[訓練正解率が最も低い`},
	{rule: "claim-wording", at: `adagrad_shortest "[^"]*"`, put: `adagrad_nearest "AdaGrad ends nearest to the minimum: 0.120 away"`},
	{rule: "hand-typed-number", at: `経路の長さは\[37\.0\]\([^)]*\)`, put: `経路の長さは36.5`},
	{rule: "hand-typed-number", at: `、長さは\[37\.0\]\([^)]*\)`, put: `、長さは37.0`},
	{rule: "hand-typed-number", at: `歩いた距離は\[37\.0\]\([^)]*\)`, put: `歩いた距離は37.0`},
	{rule: "hand-typed-number", at: `正解率は\[92\.4%\]\([^)]*\)`, put: `正解率は93.4％`},
	{rule: "hand-typed-number", at: `\[2,000\]\([^)]*\)回`, put: `2,000回`},
	{rule: "hand-typed-number", at: `\[table summary\][^\n]+/paths/[^\n]+\n\n`, put: ``, below: 2},
	{rule: "dead-link", at: `(?m)^- `, put: `- [資料]()`},
	{rule: "dead-link", at: `(?m)^- `, put: `- [資料](#none)`},
	{rule: "dead-link", at: `(?m)^- `, put: `- [資料](htps://example.com)`},
	{rule: "dead-link", at: `(?m)^- `, put: `- [資料](file:///tmp/a.pdf)`},
	{rule: "dead-link", at: `(?m)^- `, put: `- <a href="none.pdf">資料</a>`},
	{rule: "html-image", at: `(?m)^- `, put: `- <img src=none.png alt="無">`},
	{rule: "html-image", at: `(?m)^- `, put: `- <video src="none.mp4"></video>`},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![w:64O `},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![w=640 `},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![w 640 `},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![w：640 `},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![centre w:640 `},
	{rule: "size-ignored", at: `!\[w:\d+ `, put: `![left:40% `},
	{rule: "alt-filter", at: `!\[w:\d+ `, put: `![w:640 blur `},
	{rule: "directive-scope", at: `<!-- _class: cols`, put: `<!-- class: cols`},
	{rule: "directive-scope", at: `<!-- header: "2`, put: `<!-- _header: "2`},
	{rule: "directive-scope", at: `<!-- header: "2[^"]*"`, put: `<!-- header: "1. パラメータの更新"`},
	{rule: "repeated-item", at: `(?m)^(- \*\*[^\n]*)$`, put: "$1\n$1", below: 1},
	{rule: "utf-16", at: `\A---`, put: "\xff\xfe-"},
	{rule: "directive-value", at: `marp: true`, put: `marp: false`},
	{rule: "missing-cell", at: `\| Momentum \| 時間をかけて学習するとき \|`, put: `｜ Momentum ｜ 時間をかけて学習するとき ｜`},
	{rule: "text-in-table", at: `\|\n\n(どの|データを)`, put: "|\n$1", below: 1},
	{rule: "text-in-table", at: `(?m)^\| (Momentum|Dropout|ReLU) \| [^\n]*\|$`, put: `｜ $1 ｜ 進む ｜`},
	{rule: "missing-cell", at: `(?m)^\| (SGD|tanh|Dropout) \| [^|]* \|`, put: `| $1 |`},
	{rule: "table-shown", at: `\|---\|---\|---\|\n`, put: ``, opener: `\| [^\n]*\|\n`},
	{rule: "list-shown", at: `(?m)^- (引数|学習率|各重み)`, put: `・$1`},
	{rule: "list-shown", at: `(?m)^- (引数|学習率|各重み)`, put: "•\t$1"},
	{rule: "comment-shown", at: `<!-- _class: cols -->`, put: `<!— _class: cols —>`},
	{rule: "misread-value", at: `(\[93\.7%\]\([^)]*\))`, put: `$1%`},
	{rule: "misread-value", at: `(\[93\.7%\]\([^)]*\))`, put: `${1}パーセント`},
	{rule: "misread-value", at: `\[93\.7%\](\([^)]*\))`, put: `[0.937]$1%`},
	{rule: "misread-value", at: `\(\[-7\]`, put: `(-[-7]`},
	{rule: "misread-value", at: `10\^\{\\href\{([^}]*)\}\{-`, put: `10^{-\href{$1}{-`},
	{rule: "misread-value", at: `(?m)^- 最後の距離は\[0\.90\]`, put: `- 最後の距離は[90%]`},
	{rule: "misread-value", at: `(ずれは\[64\]\([^)]*\))度`, put: `$1%`},
	{rule: "misread-value", at: `\[1\.5e-6\]`, put: `[0.00]`},
	{rule: "style-slip", at: `<!-- _class: cols -->`, put: "<style scoped>\nh4 { colour: red; }\n</style>", below: 1},
	{rule: "style-slip", at: `<!-- _class: cols -->`, put: "<style scoped>\nh4 { font-size 20px; }\n</style>", below: 1},
	{rule: "style-slip", at: `<!-- _class: cols -->`, put: "<style scoped>\nh4 {\nfont-size: 20px\ncolor: red;\n}\n</style>", below: 2},
	{rule: "style-slip", at: `paginate: true\n`, put: "paginate: true\nstyle: |\n  section { fontsize: 20px; }\n", below: 2},
	{rule: "style-syntax", at: `paginate: true\n`, put: "paginate: true\nstyle: |\n  section { color: red;\n  h1 { color: red; }\n", below: 2},
	{rule: "style-syntax", at: `paginate: true\n`, put: "paginate: true\nstyle: |\n  section { color: red; } }\n", below: 2},
	{rule: "style-syntax", at: `paginate: true\n`, put: "paginate: true\nstyle: |\nsection { color: red; }\n", below: 2},
	{rule: "other-subject", at: `paths/sgd\.svg`, put: `paths/adam.svg`},
	{rule: "other-subject", at: `relu-he\.svg`, put: `relu-xavier.svg`},
	{rule: "other-subject", at: `paths/momentum\.svg`, put: `../activations/training/loss.svg`},
	{rule: "other-subject", at: `weight-decay/none\.svg`, put: `dropout/none.svg`},
	{rule: "other-subject", at: `!\[w:640 Momentumがたどった`, put: `![w:640 Adamがたどった`},
	{rule: "other-subject", at: `標準偏差1のときのsigmoid`, put: `標準偏差1のときのtanh`},
	{rule: "other-subject", at: `経路の長さは\[37\.0\]\(([^)]*)/sgd/`, put: `経路の長さは[8.3]($1/adam/`},
	{rule: "other-subject", at: `歩いた距離は\[37\.0\]\(([^)]*)/sgd/`, put: `歩いた距離は[12.8]($1/momentum/`},
	{rule: "other-subject", at: `、長さは\[12\.8\]\(([^)]*)/momentum/`, put: `、長さは[37.0]($1/sgd/`},
	{rule: "other-subject", at: `(?m)^- 訓練\[`, put: `- テスト[`},
	{rule: "other-subject", at: `(?m)^- テスト\[63\.1%\]\(([^)]*)/test_`, put: `- テスト[81.1%]($1/train_`},
	{rule: "other-subject", at: `\| Batch Normalizationあり \|`, put: `| Batch Normalizationなし |`},
	{rule: "repeated-figure", at: `second/plane\.svg`, put: `search/plane.svg`},
	{rule: "repeated-listing", at: `#He\n`, put: "#Xavier\n"},
	{rule: "repeated-listing", at: `#Adam\.Step`, put: `#AdaGrad.Step`},
	{rule: "no-source", at: "```go file=\\S+", put: "```go"},
	{rule: "listing-language", at: "```go file=", put: "```og file="},
	{rule: "listing-language", at: "```go file=", put: "``` file="},
	{rule: "no-picture", at: `(?s)<!-- _class: cols -->\n\n([^!]*)!\[w:640 [^\n]*\n`, put: "<!-- _class: cols -->\n\n$1"},
	{rule: "no-picture", at: `(?s)<!-- _class: figure -->\n\n([^!]*)!\[center [^\n]*\n`, put: "<!-- _class: figure -->\n\n$1"},
	{rule: "math-slip", at: `\\frac`, put: `\frc`},
	{rule: "math-slip", at: `\\frac\{1`, put: `¥frac{1`},
	{rule: "math-slip", at: `\\frac\{1`, put: `/frac{1`},
	{rule: "math-slip", at: `\\eta\b`, put: `eta`},
	{rule: "math-slip", at: `\\boldsymbol\{W\}`, put: `\bm{W}`},
	{rule: "math-slip", at: `\\eta \\frac`, put: `\etaW \frac`},
	{rule: "math-slip", at: `x\^2 `, put: `5% x^2 `},
	{rule: "math-slip", at: `(?m)^- \$(\\\w+)\$`, put: "- $1\n$$$$\n\n$$$$\n", below: 1},
	{rule: "math-syntax", at: `\\frac\{1\}\{20\}`, put: `\frac{1}{20`},
	{rule: "math-syntax", at: `\\frac\{1\}\{20\}`, put: `\frac{1}{20}}`},
	{rule: "math-syntax", at: `x\^2 `, put: `x^2^3 `},
	{rule: "math-syntax", at: `x_i \+`, put: `x_i_j +`},
	{rule: "math-syntax", at: `\\end\{aligned\}`, put: `\end{align}`},
	{rule: "math-syntax", at: `\\begin\{aligned\}`, put: `\begin{alinged}`},
	{rule: "math-syntax", at: `\\begin\{aligned\}\n[^&]*&`, put: "\nx &", below: 1},
	{rule: "math-syntax", at: `\\Bigl\(`, put: `\left(`},
	{rule: "math-syntax", at: `\\Bigr\)`, put: `\right)`},
	{rule: "math-syntax", at: `\{0\.9\}\$`, put: `{0.9$$`},
	{rule: "math-syntax", at: `\\sqrt\{[^}]*\}\$`, put: `\sqrt$$`},
}

// Faults are planted in the lecture one at a time, and each is found, on its slide and in its line.
func TestMutants(t *testing.T) {
	d, err := open(context.Background(), Project{}, quiet(".."))
	if err != nil {
		t.Fatal(err)
	}
	defer d.tree.close()
	src, err := os.ReadFile("../" + lecture)
	if err != nil {
		t.Fatal(err)
	}
	planted := 0
	for _, m := range mutations {
		sites := regexp.MustCompile(m.at).FindAllStringIndex(string(src), -1)
		if len(sites) == 0 {
			t.Errorf("%s: nothing matches %s", m.rule, m.at)
		}
		const most = 2
		whole := d.problemsOf(string(src), m.rule)
		for i := 0; i < len(sites); i += max(1, len(sites)/most) {
			planted++
			m.plant(t, d, string(src), sites[i], whole)
		}
	}
	t.Logf("%d mutants", planted)
	if planted < 250 {
		t.Errorf("only %d mutants", planted)
	}
}

func (m mutation) plant(t *testing.T, d *driver, src string, site []int, before map[finding]bool) {
	re := regexp.MustCompile(m.at)
	old := src[site[0]:site[1]]
	put := string(re.ExpandString(nil, m.put, src[site[0]:], re.FindStringSubmatchIndex(src[site[0]:])))
	mutant := src[:site[0]] + put + src[site[1]:]
	at := site[0]
	if m.opener != "" {
		openers := regexp.MustCompile(m.opener).FindAllStringIndex(src[:site[0]], -1)
		at = openers[len(openers)-1][0]
	}
	line := 1 + strings.Count(src[:at], "\n") + m.below
	after := d.problemsOf(mutant, m.rule)
	for p := range after {
		if p.rule == m.rule && p.line == line && !before[p] && p.slide == slideAt(mutant, line) {
			return
		}
	}
	t.Errorf("%s is not found in line %d (slide %d), after %q → %q: %v", m.rule, line, slideAt(mutant, line), old, put, news(after, before))
}

// A finding is where a rule found something.
type finding struct {
	rule        string
	slide, line int
}

// problemsOf are what the inspection of a rule finds, and those of links and of styles, which have problems of other rules, too.
func (d *driver) problemsOf(src, rule string) map[finding]bool {
	c := &checker{driver: d, selection: &selection{decks: []*deck.Deck{deck.Parse(lecture, []byte(src))}}}
	found := map[finding]bool{}
	for _, in := range inspections {
		if !slices.ContainsFunc(in.rules, func(r deck.Rule) bool { return r.Name == rule || r.Name == "dead-link" || r.Name == "style-slip" }) {
			continue
		}
		for _, p := range in.find(c) {
			found[finding{p.Rule, p.Slide, p.Line}] = true
		}
	}
	return found
}

func news(after, before map[finding]bool) (out []finding) {
	for p := range after {
		if !before[p] {
			out = append(out, p)
		}
	}
	return out
}

// slideAt is the slide of a line; the ruler that starts a slide is on it.
func slideAt(src string, line int) int {
	slide := 1
	for i, s := range deck.Parse("", []byte(src)).Slides {
		if i > 0 && s.Line-1 <= line {
			slide = i + 1
		}
	}
	return slide
}
