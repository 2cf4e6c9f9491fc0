package deckgen

import (
	"os"
	"path/filepath"
)

// cached is a file in the user's cache, or "" where there is none.
func (d *driver) cached(folder, name string) string {
	cache := d.sys.getenv("XDG_CACHE_HOME")
	if cache == "" {
		var err error
		if cache, err = os.UserCacheDir(); err != nil {
			return ""
		}
	}
	return filepath.Join(cache, "deckgen", folder, name)
}

// remember is allowed to fail: then what is in the file is found out again the next time.
func remember(file string, b []byte) {
	if file == "" || os.MkdirAll(filepath.Dir(file), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(file), "new")
	if err != nil {
		return
	}
	_, err = f.Write(b)
	if closed := f.Close(); err == nil && closed == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}
