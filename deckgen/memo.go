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
	is func() (T, error)
}

// of returns what parse makes of a content. It is shared, and not to be changed.
func (m *memo[T]) of(name string, content []byte, parse func() (T, error)) (T, error) {
	m.mu.Lock()
	p, ok := m.read[name]
	if !ok || !bytes.Equal(p.of, content) {
		p = parsed[T]{content, sync.OnceValues(parse)}
		if m.read == nil {
			m.read = map[string]parsed[T]{}
		}
		m.read[name] = p
	}
	m.mu.Unlock()
	return p.is()
}
