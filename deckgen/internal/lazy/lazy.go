// Package lazy makes things when they are first used, so that a program starts without them.
package lazy

import (
	"html/template"
	"regexp"
	"sync"
)

// Regexp compiles a regular expression at its first use; like regexp.MustCompile it panics if that fails.
func Regexp(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// Template parses an HTML template at its first use; it panics if that fails.
func Template(text string) func() *template.Template {
	return sync.OnceValue(func() *template.Template { return template.Must(template.New("").Parse(text)) })
}
