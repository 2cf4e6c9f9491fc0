//go:build unix

package deckgen

import (
	"os"

	"golang.org/x/sys/unix"
)

const (
	errDiskFull     = unix.ENOSPC
	errReadOnlyDisk = unix.EROFS
)

func tryLock(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}
