package deckgen

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"deckgen/deckgen/lab"
)

// parts is the memory of what the parts of an experiment's runs found. A forced run takes nothing from it.
func (d *driver) parts(s *state, force bool) *lab.Parts {
	params, err := lab.PartParams(s.experiment.Params)
	if err != nil || d.cached("parts", "") == "" {
		return nil
	}
	p := &lab.Parts{Key: digest(fmt.Appendf(nil, "%s %s %s %v", s.experiment.Name, s.code.SHA256, params, s.data)),
		Save: func(key string, found []byte) { remember(d.cached("parts", key), found) }}
	if !force {
		p.Load = func(key string) ([]byte, bool) {
			file := d.cached("parts", key)
			b, err := os.ReadFile(file)
			if now := time.Now(); err == nil {
				os.Chtimes(file, now, now) // it is in use: see tidy
			}
			return b, err == nil
		}
	}
	return p
}

const keptFor = 60 * 24 * time.Hour

// tidy takes away from the cache what nothing has asked for in a long time.
func (d *driver) tidy() {
	for _, folder := range []string{"parts", "figures"} {
		filepath.WalkDir(d.cached(folder, ""), func(file string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil
			}
			if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > keptFor {
				os.Remove(file)
			}
			return nil
		})
	}
}
