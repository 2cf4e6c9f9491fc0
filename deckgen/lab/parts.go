package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
)

// Parts remembers what the parts of a run found, so that one seed or trial more computes only what is new. Grid uses it.
// The zero value remembers nothing.
type Parts struct {
	// Key names everything that a part depends on besides its variant and its seed: code, parameters and data.
	Key  string
	Load func(key string) ([]byte, bool) // nil: nothing is known
	Save func(key string, found []byte)  // may fail: then the part is computed again the next time; nil: nothing is kept

	Known atomic.Int64 // how many parts were known
	grids atomic.Int64 // how many grids there were so far: a run makes them in the same order each time
}

// PartParams is the JSON of parameters without those that say how many parts there are, or what is made of them, and not
// what a part does. Their fields have the tag part:"-".
func PartParams(params any) ([]byte, error) {
	raw, err := json.Marshal(params)
	t := reflect.TypeOf(params)
	if err != nil || t == nil || t.Kind() != reflect.Struct {
		return raw, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	for _, f := range reflect.VisibleFields(t) {
		if f.Tag.Get("part") == "-" {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			delete(fields, name)
		}
	}
	return json.Marshal(fields)
}

// known returns what was found before for a part, or computes it. What would not come back the same is not kept.
func known[U any](p *Parts, key string, compute func() (U, error)) (U, error) {
	if p == nil {
		return compute()
	}
	if p.Load != nil {
		if b, ok := p.Load(key); ok {
			if u, err := thaw[U](b); err == nil {
				p.Known.Add(1)
				return u, nil
			}
		}
	}
	u, err := compute()
	if err != nil || p.Save == nil {
		return u, err
	}
	b, err := json.Marshal(u)
	if err != nil {
		return u, nil
	}
	if same, err := thaw[U](b); err == nil && reflect.DeepEqual(u, same) {
		p.Save(key, b)
	}
	return u, nil
}

func thaw[U any](b []byte) (u U, err error) {
	return u, json.Unmarshal(b, &u)
}

// key names a part of a grid.
func (p *Parts) key(grid int64, variant int, seed uint64) string {
	if p == nil {
		return ""
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%s %d %d %d", p.Key, grid, variant, seed))
	return hex.EncodeToString(h[:])
}
