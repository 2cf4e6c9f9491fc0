package deckgen

import (
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a file has to be left alone: editors write in several steps.
const settle = 40 * time.Millisecond

// watch starts to watch the folders that there are.
func (s *server) watch() (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s.watchMore(w)
	return w, nil
}

// watchMore watches folders that have become of interest. Watching one twice does no harm.
func (s *server) watchMore(w *fsnotify.Watcher) {
	for _, folder := range s.watched() {
		w.Add(filepath.Join(s.tree.dir, filepath.FromSlash(folder))) // one that is gone has nothing to say
	}
}

// follow brings the pages up to date as files change.
func (s *server) follow(w *fsnotify.Watcher) {
	var files []string
	quiet := time.NewTimer(time.Hour)
	s.watchMore(w)
	for {
		select {
		case <-s.ctx.Done():
			return
		case err := <-w.Errors:
			s.talk("watching: %v", err)
		case e, open := <-w.Events:
			if !open {
				return
			}
			if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
				s.watchMore(w)
			}
			if name, ok := s.local(e.Name); ok && !e.Has(fsnotify.Chmod) {
				files = append(files, name)
				quiet.Reset(settle)
			}
		case <-quiet.C:
			s.changed(files)
			files = nil
			s.watchMore(w)
		}
	}
}
