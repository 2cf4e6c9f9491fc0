package deckgen

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
)

// git runs git in the repository.
func (d *driver) git(args ...string) (string, error) {
	cmd := exec.CommandContext(d.ctx, "git", append([]string{"-C", d.tree.dir}, args...)...)
	out, err := cmd.Output()
	return strings.TrimSuffix(string(out), "\n"), err
}

// commit finds the commit that a name stands for.
func (d *driver) commit(name string) (sha string, err error) {
	if _, err := exec.LookPath("git"); err != nil {
		return "", fail("install git", "there is no git in PATH")
	}
	if _, err := d.git("rev-parse", "--git-dir"); err != nil {
		return "", fail("deckgen -C DIR works on another folder", "%s is in no git repository", d.tree.dir)
	}
	sha, err = d.git("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil && name == "HEAD" {
		return "", fail("git commit", "there is no commit yet in %s", d.tree.dir)
	}
	if err != nil {
		return "", fail("name a commit, a branch or a tag; a shallow clone has only the newest: git fetch --unshallow",
			"there is no commit %s", name)
	}
	return sha, nil
}

// committed reports whether files, named by git's patterns, and the Markdown beside the folders are as in the last commit,
// and whether it has all of the files. Git knows that much sooner than a comparison of everything.
func (d *driver) committed(files ...string) bool {
	if _, err := d.git(append([]string{"--no-optional-locks", "diff", "--quiet", "HEAD", "--", ":(glob)*.md", ":(glob)*.markdown"}, files...)...); err != nil {
		return false
	}
	more, err := d.git(append([]string{"ls-files", "--others", "--"}, files...)...)
	return err == nil && more == ""
}

// at is a driver over the repository as it was in a commit, unpacked into a folder of its own; close removes that. The
// repository itself is only read.
func (d *driver) at(sha string) (old *driver, close func(), err error) {
	dir, err := os.MkdirTemp("", "deckgen")
	if err != nil {
		return nil, nil, err
	}
	t, err := treeAt(dir)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	close = func() { t.close(); os.RemoveAll(dir) }
	if err := d.unpack(sha, t.root); err != nil {
		close()
		return nil, nil, err
	}
	there := *d
	there.tree, there.docs = t, newDocuments(t)
	return &there, close, nil
}

// unpack writes the files of a commit that lie in the tree's folder.
func (d *driver) unpack(sha string, to *os.Root) error {
	if _, err := d.git("rev-parse", "--verify", "--quiet", sha+":./"); err != nil {
		return nil // the folder was not there yet
	}
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, "git", "-C", d.tree.dir, "archive", "--format=tar", sha)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	if err := untar(out, to); err != nil {
		stop()
		return errors.Join(err, cmd.Wait())
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("git archive: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return nil
}

// untar unpacks folders, files and symbolic links; those that lead out of the folder are never followed. It leaves out
// node_modules: nothing that a commit brings along is run, only what is installed here.
func untar(r io.Reader, to *os.Root) error {
	for archive := tar.NewReader(r); ; {
		h, err := archive.Next()
		if err == io.EOF {
			_, err = io.Copy(io.Discard, r)
			return err
		}
		if err != nil {
			return err
		}
		name := path.Clean(h.Name)
		if top, _, _ := strings.Cut(name, "/"); strings.EqualFold(top, "node_modules") {
			continue
		}
		if err := to.MkdirAll(path.Dir(name), 0o755); err != nil {
			return err
		}
		switch h.Typeflag {
		case tar.TypeReg:
			err = unpackFile(archive, to, name)
		case tar.TypeSymlink:
			err = to.Symlink(h.Linkname, name)
		}
		if err != nil {
			return err
		}
	}
}

func unpackFile(from io.Reader, to *os.Root, name string) error {
	f, err := to.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}
