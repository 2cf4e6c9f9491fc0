package data

import (
	"os"
	"path/filepath"
	"slices"
)

// cacheDir is the folder for what can be made again, or "" if the user has none.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "deckgen")
}

// cachePath is where a folder keeps the digits. The digest in the name lets versions of the program stand side by side.
func cachePath(folder string) string {
	return filepath.Join(folder, "synthetic-digits-"+digitsSHA256[:12]+".idx")
}

// readCache returns the digits that folder keeps, or nil if they are not there, cannot be read or are not intact.
func readCache(folder string) *idxFiles {
	if folder == "" {
		return nil
	}
	sizes := [...]int{
		trainImages: imagesHeader + digitsTrain*pixels,
		trainLabels: labelsHeader + digitsTrain,
		testImages:  imagesHeader + digitsTest*pixels,
		testLabels:  labelsHeader + digitsTest,
	}
	content, err := os.ReadFile(cachePath(folder))
	if err != nil {
		return nil
	}
	var files idxFiles
	for i, n := range sizes {
		if len(content) < n {
			return nil
		}
		files[i], content = content[:n:n], content[n:]
	}
	if len(content) > 0 || files.digest() != digitsSHA256 {
		return nil
	}
	return &files
}

// writeCache keeps the digits in folder, whole or not at all.
func writeCache(folder string, files *idxFiles) {
	if os.MkdirAll(folder, 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(folder, "synthetic-digits-*.tmp")
	if err != nil {
		return
	}
	defer os.Remove(f.Name())
	_, err = f.Write(slices.Concat(files[:]...))
	if closed := f.Close(); err != nil || closed != nil {
		return
	}
	os.Rename(f.Name(), cachePath(folder))
}
