// Package docs holds pages of the documentation that the program shows by itself.
package docs

import "embed"

// Rules has a page rules/NAME.md for each rule of check.
//
//go:embed rules/*.md
var Rules embed.FS
