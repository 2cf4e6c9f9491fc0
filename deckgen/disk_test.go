package deckgen

import (
	"os/exec"
	"strings"
	"testing"
)

// TestDisk works on a tree that may only be read, and on a disk without a free byte. Both need a mount, which a user of
// Linux may make in a namespace of his own, unless the machine forbids it.
func TestDisk(t *testing.T) {
	if out, err := exec.Command("unshare", "-rm", "sh", "-c", "mount -t tmpfs none /tmp").CombinedOutput(); err != nil {
		t.Logf("NOT TESTED: read-only and full disks, for want of the right to mount; write.txtar has a limit on the size of files instead: %v %s", err, out)
		return
	}
	for name, script := range map[string]string{
		"read-only": `mount --bind . . && mount -o remount,bind,ro . && cd "$PWD"
			for verb in 'run --force' draw fill 'build --force'; do refused "$verb" 'read-only file system' 'must be able to write here'; done
			deckgen check || test $? = 1
			deckgen list >list 2>&1 && exit 1 # the shell cannot write either
			exit 0`,
		"full": `mkdir disk && mount -t tmpfs -o size=8m none disk
			cp -r go.mod deckgen assets slides disk && cd disk
			cat /dev/zero >ballast 2>/dev/null || true
			for verb in 'run --force' draw fill; do refused "$verb" 'no space left' 'free some space'; done
			for folder in assets slides; do diff -r ../$folder $folder; done
			rm ballast
			deckgen run --force
			deckgen fill
			deckgen check`,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepository(t)
			r.deckgen("build", "--force")
			r.falsify()
			r.put("assets/walk/line/line.svg", "another figure")
			was := r.files()
			cmd := exec.Command("unshare", "-rm", "sh", "-euc", refused+script)
			cmd.Dir, cmd.Env = r.dir, r.env
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if sums(r.files()) != sums(was) {
				t.Errorf("the files were\n%s\nand are\n%s", sums(was), sums(r.files()))
			}
		})
	}
}

// refused is a function for the shell: a command must end with 2 and say why and what to do.
var refused = strings.TrimSpace(`
refused() {
	code=0; said=$(deckgen $1 2>&1) || code=$?
	echo "deckgen $1: exit code $code: $said"
	test $code = 2
	for words in "$2" "$3"; do case "$said" in *"$words"*) ;; *) echo "it does not say: $words"; exit 1 ;; esac; done
}`) + "\n"
