package deckgen

import (
	"regexp"
	"slices"

	"deckgen/deckgen/internal/lazy"
)

// marpConfigs are where a project may tell marp-cli what it likes.
var marpConfigs = []string{".marprc", ".marprc.yml", ".marprc.yaml", ".marprc.json", "marp.config.js", "marp.config.mjs", "marp.config.cjs",
	"marp.config.ts"}

var engineWord = lazy.Regexp(`(?m)(?:^|[\s{,"'])engine["']?\s*:|--engine\b`)

// ownEngine reports whether the decks are made with an engine of their own, whose plugins may know more than Marp.
func (d *driver) ownEngine() bool {
	return d.configured(engineWord())
}

var htmlWord = lazy.Regexp(`(?m)(?:^|[\s{,"'])html["']?\s*:\s*true\b|--html\b|"markdown\.marp\.(?:enableHtml"\s*:\s*true|html"\s*:\s*"all")`)

// allowsHTML reports whether the project has Marp let all HTML through, scripts and style attributes, too.
func (d *driver) allowsHTML() bool { return d.configured(htmlWord()) }

// configured reports whether something stands in one of the files that Marp is set up with, here or in an editor.
func (d *driver) configured(what *regexp.Regexp) bool {
	return slices.ContainsFunc(slices.Concat(marpConfigs, []string{"package.json", ".vscode/settings.json"}), func(file string) bool {
		config, _ := d.tree.read(file)
		return what.Match(config)
	})
}
