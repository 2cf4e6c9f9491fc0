package deckgen

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/lab"
)

var figureNameRE = lazy.Regexp(`^[a-z0-9_-]+(\.png)?$`)

// drawn makes the figures of a result, which is what lab.Decode returned, so that Draw sees what is on disk.
func drawn(e *lab.Experiment, r *lab.Result) (figures []figure.Figure, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: drawing panicked: %v", e.Name, p)
		}
	}()
	if figures, err = e.Draw(r); err != nil {
		return nil, fmt.Errorf("%s: drawing: %w", e.Name, err)
	}
	seen := map[string]bool{}
	for i, f := range figures {
		if !figureNameRE().MatchString(f.Name) || seen[f.Name] {
			return nil, fmt.Errorf("%s: the figure name %q is taken or is not in lower-case letters, digits and hyphens", e.Name, f.Name)
		}
		seen[f.Name] = true
		if r.Draft {
			if figures[i], err = figure.Draft(f); err != nil {
				return nil, fmt.Errorf("%s: %w", e.Name, err)
			}
		}
	}
	return figures, nil
}

func identify(figures []figure.Figure) map[string]lab.FigureID {
	ids := map[string]lab.FigureID{}
	for _, f := range figures {
		ids[f.Name] = lab.FigureID{SHA256: digest(f.SVG), Alt: f.Alt}
	}
	return ids
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// figureFile is where a figure lies. One that a command made as a PNG has the ending in its name.
func figureFile(e *lab.Experiment, name string) string {
	if path.Ext(name) == "" {
		name += ".svg"
	}
	return folder(e) + "/" + name
}

// figureName is the other way round.
func figureName(file string) string { return strings.TrimSuffix(path.Base(file), ".svg") }

// A sketch says which figures a record makes, and holds them if they had to be drawn to find out.
type sketch struct {
	ids   map[string]lab.FigureID
	drawn []figure.Figure
}

// sketch finds out which figures a record makes. Draw is a pure function, so what it once made of the same record with
// the same code is remembered in the user's cache. What a command drew the record says: looking does not run it.
func (d *driver) sketch(s *state) (*sketch, error) {
	if s.experiment.Command != nil {
		return &sketch{ids: s.result.Figures}, nil
	}
	file := d.figuresMemo(s.experiment, s.raw)
	if file != "" {
		var ids map[string]lab.FigureID
		if b, err := os.ReadFile(file); err == nil && json.Unmarshal(b, &ids) == nil {
			return &sketch{ids: ids}, nil
		}
	}
	r, err := lab.Decode(s.raw) // one of its own, should Draw change it
	if err != nil {
		return nil, err
	}
	figures, err := drawn(s.experiment, r)
	if err != nil {
		return nil, err
	}
	sk := &sketch{ids: identify(figures), drawn: figures}
	rememberFigures(file, sk.ids)
	return sk, nil
}

// figuresMemo is the file that remembers what Draw makes of a record, or "" where nothing can be remembered.
func (d *driver) figuresMemo(e *lab.Experiment, record []byte) string {
	c, err := d.code()
	if err != nil || c.compiled == nil {
		return ""
	}
	reached, err := c.compiled.Reach(c.function(e.Draw), c.function(e.Run))
	if err != nil {
		return ""
	}
	key := digest(fmt.Appendf(nil, "%s %s %s", version(), reached.SHA256(), digest(record)))
	return d.cached("figures", key)
}

func rememberFigures(file string, ids map[string]lab.FigureID) {
	if b, err := json.Marshal(ids); err == nil {
		remember(file, b)
	}
}

// made is a result in its form on disk, with its figures. The result goes through that form before it is drawn.
func made(e *lab.Experiment, r *lab.Result) (raw []byte, figures []figure.Figure, err error) {
	if raw, err = lab.Encode(r); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	drew := r.Made
	if r, err = lab.Decode(raw); err != nil {
		return nil, nil, fmt.Errorf("%s: the record cannot be read back: %w", e.Name, err)
	}
	r.Made = drew
	if figures, err = drawn(e, r); err != nil {
		return nil, nil, err
	}
	r.Figures = identify(figures)
	raw, err = lab.Encode(r)
	return raw, figures, err
}

// keep writes a result and its figures, all or nothing, and returns the names of the files that changed.
func (d *driver) keep(e *lab.Experiment, r *lab.Result) ([]string, error) {
	raw, figures, err := made(e, r)
	if err != nil {
		return nil, err
	}
	var outs []output
	for _, f := range figures {
		outs = append(outs, output{figureFile(e, f.Name), f.SVG})
	}
	if record := (output{recordFile(e), raw}); e.Command == nil {
		outs = slices.Insert(outs, 0, record) // without its figures it is still whole, and draw makes them
	} else {
		outs = append(outs, record) // nothing else makes the figures: until all are there, it has to run again
	}
	changed, err := d.tree.write(outs)
	if err == nil && e.Command == nil {
		rememberFigures(d.figuresMemo(e, raw), identify(figures))
	}
	return changed, err
}

// figureFaults says which figures on disk are not what the record makes, by name; "" stands for the record itself.
func (d *driver) figureFaults(s *state, sk *sketch) map[string]string {
	faults := map[string]string{}
	for name, id := range sk.ids {
		sum, err := d.tree.digest(figureFile(s.experiment, name))
		switch {
		case err != nil:
			faults[name] = "the figure is missing"
		case sum != id.SHA256:
			faults[name] = d.tree.otherwise(figureFile(s.experiment, name), id.SHA256)
		}
	}
	if !maps.Equal(sk.ids, s.result.Figures) {
		faults[""] = "the record names other figures than it makes"
	}
	if e := s.experiment; e.Command != nil && !maps.Equal(s.code.Draw, s.result.Code.Draw) {
		faults[""] = "the figures were drawn in another way: " + few(codeChanges(s.result.Code.Draw, s.code.Draw))
	}
	return faults
}
