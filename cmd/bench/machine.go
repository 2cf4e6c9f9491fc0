package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"

	"deckgen/experiments/f32"
)

var modelRE = regexp.MustCompile(`(?m)^model name\s*:\s*(.*)$`)

// machine says where the figures come from.
func machine() string {
	model := runtime.GOARCH
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if m := modelRE.FindSubmatch(b); m != nil {
			model = string(m[1])
		}
	}
	return fmt.Sprintf("%s, %d cores, %s, %s %s/%s", model, runtime.NumCPU(), f32.Using(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
