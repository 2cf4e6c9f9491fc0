package source

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
	"sync/atomic"
)

// What a function reaches is a pure function of the files that were looked at. So a process can leave to the next one
// what it found out, with the digests of those files, and nothing is parsed again until one of them changes.

// memo is the form in which it is left.
type memo struct {
	Source   string            `json:"source"` // digest of this package: another one may find something else
	Saw      map[string]string `json:"saw"`    // what was looked at, and its digest: a package's folder, a pattern of go:embed, go.mod
	Parts    []string          `json:"parts"`  // digest and name
	Reached  map[string][]int  `json:"reached"`
	Declared map[string]string `json:"declared"`
}

//go:embed *.go
var own embed.FS

// ownSum is the digest of this package's source.
var ownSum = sync.OnceValue(func() string {
	files, _ := readSources(own, ".")
	return sumOf(digests(files))
})

// Memo is what to hand to Recall in another process; nil if there is nothing that Recall was not told.
func (m *Module) Memo() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.learnt {
		return nil, nil
	}
	out := memo{Source: ownSum(), Saw: m.saw, Reached: map[string][]int{}, Declared: m.declared}
	index := map[string]int{}
	for key, code := range m.codes {
		list := []int{}
		for _, name := range slices.Sorted(maps.Keys(code)) {
			part := code[name] + " " + name
			if _, ok := index[part]; !ok {
				index[part] = len(out.Parts)
				out.Parts = append(out.Parts, part)
			}
			list = append(list, index[part])
		}
		out.Reached[key] = list
	}
	return json.Marshal(out)
}

// Recall takes in what an earlier process found out, unless anything that it looked at has changed.
func (m *Module) Recall(b []byte) {
	var was memo
	if json.Unmarshal(b, &was) != nil || was.Source != ownSum() || !m.unchanged(was.Saw) {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(m.saw, was.Saw)
	maps.Copy(m.declared, was.Declared)
	for key, list := range was.Reached {
		code := Code{}
		for _, i := range list {
			if i < 0 || i >= len(was.Parts) || len(was.Parts[i]) <= digestLength {
				return
			}
			code[was.Parts[i][digestLength+1:]] = was.Parts[i][:digestLength]
		}
		m.codes[key] = code
		m.reached[key] = func() (Code, error) { return code, nil }
	}
}

const digestLength = 64

// unchanged reports whether everything that was looked at is as it was.
func (m *Module) unchanged(saw map[string]string) bool {
	var (
		wg      sync.WaitGroup
		differs atomic.Bool
	)
	for what, sum := range saw {
		wg.Go(func() {
			if is, err := m.look(what); err != nil || is != sum {
				differs.Store(true)
			}
		})
	}
	wg.Wait()
	return !differs.Load()
}

// look is the digest of what a key of memo.Saw stands for.
func (m *Module) look(what string) (string, error) {
	var kind, name string
	if _, err := fmt.Sscanf(what, "%s %q", &kind, &name); err != nil {
		return "", err
	}
	if kind == "embed" {
		sums, err := m.matches(name)
		return sumOf(sums), err
	}
	if kind == "file" {
		return m.fileSum(name)
	}
	files, err := readSources(m.fsys, name)
	return sumOf(digests(files)), err
}

// see notes what was looked at.
func (m *Module) see(kind, name, sum string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.saw[fmt.Sprintf("%s %q", kind, name)] = sum
}

func digests(files map[string][]byte) map[string]string {
	sums := make(map[string]string, len(files))
	for name, src := range files {
		sums[name] = hash(src)
	}
	return sums
}

// sumOf is a digest of names with their digests.
func sumOf(sums map[string]string) string { return Code(sums).SHA256() }

// matches are the files that a go:embed pattern names, and their digests.
func (m *Module) matches(pattern string) (map[string]string, error) {
	sums := map[string]string{}
	found, err := fs.Glob(m.fsys, pattern)
	if err != nil {
		return nil, err
	}
	for _, match := range found {
		err := fs.WalkDir(m.fsys, match, func(file string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				sums[file], err = m.fileSum(file)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return sums, nil
}

// readSources reads the Go and assembly files of a package, without its tests.
func readSources(fsys fs.FS, dir string) (map[string][]byte, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, e := range entries {
		if e.IsDir() || !isSource(e.Name()) {
			continue
		}
		if files[e.Name()], err = fs.ReadFile(fsys, path.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return files, nil
}
