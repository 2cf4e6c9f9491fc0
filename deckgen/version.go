package deckgen

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

type versionFlags struct {
	JSON bool `name:"json" help:"Write JSON."`
}

// Help gives examples of version.
func (versionFlags) Help() string {
	return `Examples:
  deckgen version
  deckgen version --json | jq -r .version`
}

func version() string {
	return fmt.Sprintf("deckgen %s %s %s/%s", moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func writeVersion(w io.Writer, f versionFlags) error {
	if !f.JSON {
		_, err := fmt.Fprintln(w, version())
		return err
	}
	return indented(w, struct {
		Version string `json:"version"`
		Go      string `json:"go"`
		OS      string `json:"os"`
		Arch    string `json:"arch"`
	}{moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH})
}

// moduleVersion is the version of this program's module.
func moduleVersion() string {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Version != "" {
		return b.Main.Version
	}
	return "unknown"
}
