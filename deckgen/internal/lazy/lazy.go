// Package lazy makes things when they are first used, so that a program starts without them.
package lazy

import (
	"regexp"
	"sync"
)

// Regexp compiles a regular expression at its first use; like regexp.MustCompile it panics if that fails.
func Regexp(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
