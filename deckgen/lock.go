package deckgen

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

const lockFile = "build/.lock"

// lock keeps other deckgens from writing in the same repository. The operating system gives it up when the process
// ends, however that comes about. The returned function gives it up earlier.
func (t *tree) lock(verb string) (unlock func(), err error) {
	switch err := t.root.Mkdir("build", 0o777); {
	case err == nil:
		t.root.WriteFile("build/.gitignore", []byte("*\n"), 0o666) // all of it can be made again; if it fails, git lists it
	case !errors.Is(err, fs.ErrExist):
		return nil, fail(writeHint(err), "%w", plain("build", err))
	}
	f, err := t.root.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fail(writeHint(err), "%w", plain(lockFile, err))
	}
	if err := tryLock(f); err != nil {
		holder, _ := io.ReadAll(io.LimitReader(f, 200))
		f.Close()
		return nil, fail("wait until it is done, or end it", "another deckgen is at work here: %s",
			strings.TrimSpace(string(holder)))
	}
	if err := f.Truncate(0); err == nil {
		fmt.Fprintf(f, "deckgen %s, process %d\n", verb, os.Getpid())
	}
	t.sweep()
	return func() {
		f.Truncate(0)
		f.Close()
	}, nil
}
