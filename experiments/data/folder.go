package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// stems are the names of the four files up to the part that says what kind of IDX file it is.
var stems = [4]string{
	trainImages: "train-images",
	trainLabels: "train-labels",
	testImages:  "t10k-images",
	testLabels:  "t10k-labels",
}

// readFolder reads the four files of a set side by side. The error joins what is wrong with each.
func readFolder(dir string) (*idxFiles, error) {
	if err := checkFolder(dir); err != nil {
		return nil, err
	}
	var files idxFiles
	var errs [4]error
	var paths [4]string
	var all sync.WaitGroup
	for i := range files {
		all.Go(func() {
			if paths[i], errs[i] = find(dir, stems[i], kinds[i]); errs[i] == nil {
				files[i], errs[i] = readIDX(paths[i], kinds[i])
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return &files, errors.Join(
		matches(paths[trainImages], files[trainImages], paths[trainLabels], files[trainLabels]),
		matches(paths[testImages], files[testImages], paths[testLabels], files[testLabels]))
}

func checkFolder(dir string) error {
	st, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: no such folder; name the one with the IDX files, or none to use the %s", dir, digitsName)
	case err != nil:
		return err
	case !st.IsDir():
		return fmt.Errorf("%s: not a folder; name the one with the IDX files", dir)
	}
	return nil
}

// find returns the path of the file in dir that goes by one of its usual names, a plain one if there is also a packed one.
func find(dir, stem string, k *kind) (string, error) {
	dashed, dotted := stem+"-"+k.suffix, stem+"."+k.suffix
	for _, name := range []string{dashed, dotted, dashed + ".gz", dotted + ".gz"} {
		path := filepath.Join(dir, name)
		st, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return "", err
		case !st.Mode().IsRegular():
			return "", fmt.Errorf("%s: not a regular file", path)
		}
		return path, nil
	}
	return "", fmt.Errorf("%s: missing; put %s or %s.gz there", filepath.Join(dir, dashed), dotted, dashed)
}

// matches makes sure that there is a label for each picture.
func matches(imagesPath string, images []byte, labelsPath string, labels []byte) error {
	n, m := (len(images)-imagesHeader)/pixels, len(labels)-labelsHeader
	if n == m {
		return nil
	}
	return fmt.Errorf("%s: %d images, but %s has %d labels; take both from the same set",
		imagesPath, n, filepath.Base(labelsPath), m)
}

// readIDX returns the content of an IDX file, unpacked if its name ends in .gz, after checking all of it.
func readIDX(path string, k *kind) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	content, err := decode(f, st.Size(), strings.HasSuffix(path, ".gz"), k)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return content, nil
}
