package deckgen

import (
	"bytes"
	"sync"
)

// A memo keeps what was made of files. Several verbs look at each deck, record and source file; it is parsed again only if
// the file has changed. The zero value is empty.
type memo[T any] struct {
	mu   sync.Mutex
	read map[string]parsed[T]
}

type parsed[T any] struct {
	of []byte
	is T
}

// of returns what parse makes of a content. It is shared, and not to be changed. Failures are not kept.
func (m *memo[T]) of(name string, content []byte, parse func() (T, error)) (T, error) {
	m.mu.Lock()
	known, ok := m.read[name]
	m.mu.Unlock()
	if ok && bytes.Equal(known.of, content) {
		return known.is, nil
	}
	is, err := parse()
	if err != nil {
		return is, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.read == nil {
		m.read = map[string]parsed[T]{}
	}
	m.read[name] = parsed[T]{content, is}
	return is, nil
}
