package deckgen

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"deckgen/deckgen/lab"
)

// documents are the JSON files that decks point into, each read once.
type documents struct {
	tree   *tree
	mu     sync.Mutex
	read   map[string]*node
	errs   map[string]error
	parsed memo[*node]
}

func newDocuments(t *tree) *documents {
	return &documents{tree: t, read: map[string]*node{}, errs: map[string]error{}}
}

// forget makes documents read everything again. What has not changed is not parsed again.
func (ds *documents) forget() {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	ds.read, ds.errs = map[string]*node{}, map[string]error{}
}

// A node is a place in a JSON file. What lies below it is looked at when somebody asks: most of a record is curves, and
// nobody points at those.
type node struct {
	raw    json.RawMessage // valid JSON
	opened sync.Once
	byName map[string]*node
	list   []*node
}

// lookUp finds the node that an RFC 6901 pointer names in a file.
func (ds *documents) lookUp(file, pointer string) (*node, error) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	root, err := ds.root(file)
	if err != nil {
		return nil, err
	}
	return root.at(pointer)
}

func (ds *documents) root(file string) (*node, error) {
	if n, err := ds.read[file], ds.errs[file]; n != nil || err != nil {
		return n, err
	}
	n, err := ds.open(file)
	ds.read[file], ds.errs[file] = n, err
	return n, err
}

// A brokenError is a JSON file that cannot be read as one.
type brokenError struct{ error }

func (ds *documents) open(file string) (*node, error) {
	raw, err := ds.tree.read(file)
	if err != nil {
		return nil, err
	}
	return ds.parsed.of(file, raw, func() (*node, error) { return parseDocument(file, raw) })
}

// isValid says of a file that it holds JSON, so that nobody needs to look again.
func (ds *documents) isValid(file string, raw []byte) {
	ds.parsed.of(file, raw, func() (*node, error) { return &node{raw: bytes.TrimSpace(raw)}, nil })
}

func parseDocument(file string, raw []byte) (*node, error) {
	if err := mangled(raw); err != nil {
		return nil, brokenError{fmt.Errorf("%s: %w", file, err)}
	}
	if !json.Valid(raw) {
		return nil, brokenError{fmt.Errorf("%s: %w", file, jsonError(raw, json.Unmarshal(raw, new(any))))}
	}
	n := &node{raw: bytes.TrimSpace(raw)}
	if path.Base(file) == "result.json" && n.newer() {
		return nil, brokenError{fmt.Errorf("%s: %w", file, lab.ErrNewer)}
	}
	return n, nil
}

// newer reports whether a record is of a version that this program does not know.
func (n *node) newer() bool {
	var version int
	v, err := n.at("/version")
	return err == nil && v.decode(&version) && version > lab.RecordVersion
}

func jsonError(raw []byte, err error) error {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	if int(syntax.Offset) >= len(raw) {
		return errors.New("the file is cut off")
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(raw[:syntax.Offset], []byte("\n")), err)
}

// A pointerError is a pointer that leads nowhere.
type pointerError struct {
	at, step string // how far it leads, and the step that is not there
	known    []string
}

func (e *pointerError) Error() string {
	if len(e.known) == 0 {
		return fmt.Sprintf("there is nothing below %s", e.at)
	}
	if e.at == "" {
		return fmt.Sprintf("there is no %q", e.step)
	}
	return fmt.Sprintf("there is no %q in %s", e.step, e.at)
}

func (n *node) at(pointer string) (*node, error) {
	if pointer == "" {
		return n, nil
	}
	at := ""
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		step = strings.ReplaceAll(strings.ReplaceAll(step, "~1", "/"), "~0", "~")
		n.open()
		next := n.byName[step]
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.list) && strconv.Itoa(i) == step {
			next = n.list[i]
		}
		if next == nil {
			return nil, &pointerError{at, step, n.names()}
		}
		n, at = next, at+"/"+step
	}
	return n, nil
}

func (n *node) open() {
	n.opened.Do(func() {
		switch n.raw[0] {
		case '{':
			n.byName = map[string]*node{}
			eachChild(n.raw, func(key string, raw []byte) { n.byName[key] = &node{raw: raw} })
		case '[':
			eachChild(n.raw, func(_ string, raw []byte) { n.list = append(n.list, &node{raw: raw}) })
		}
	})
}

func (n *node) names() []string {
	if len(n.list) > 0 {
		return []string{"0 to " + strconv.Itoa(len(n.list)-1)}
	}
	return slices.Sorted(maps.Keys(n.byName))
}

// decode reads what stands at the node into v and reports whether it fits.
func (n *node) decode(v any) bool { return json.Unmarshal(n.raw, v) == nil }

// kind says what stands at the node, for messages.
func (n *node) kind() string {
	n.open()
	switch n.raw[0] {
	case '{':
		if len(n.byName) == 0 {
			return "an empty object"
		}
		return "an object with " + strings.Join(firstOf(n.names()), ", ")
	case '[':
		return "a list of " + plural(len(n.list), "element")
	case '"':
		return "a text"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

func firstOf(names []string) []string {
	const few = 6
	if len(names) > few {
		return append(slices.Clone(names[:few]), "…")
	}
	return names
}
