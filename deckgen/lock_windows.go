package deckgen

import (
	"os"

	"golang.org/x/sys/windows"
)

const (
	errDiskFull     = windows.ERROR_DISK_FULL
	errReadOnlyDisk = windows.ERROR_WRITE_PROTECT
)

// tryLock locks a byte far behind the text, which others may then read.
func tryLock(f *os.File) error {
	at := &windows.Overlapped{Offset: 1 << 30}
	const how = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), how, 0, 1, 0, at)
}
