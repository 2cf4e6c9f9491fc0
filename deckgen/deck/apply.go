package deck

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Apply splices edits into the deck and returns the new bytes. It refuses
// edits that overlap, and parses the result: if a reference is not there as it
// was meant to be, or the slides changed, the error names it and nothing is
// returned.
func (d *Deck) Apply(edits []Edit) ([]byte, error) {
	edits = sorted(edits)
	out, err := d.splice(edits)
	if err != nil {
		return nil, err
	}
	if len(edits) == 0 {
		return out, nil
	}
	got := Parse(d.Path, out)
	if err := d.sameReferences(d.expected(edits), got); err != nil {
		return nil, err
	}
	if len(got.Slides) != len(d.Slides) {
		return nil, fmt.Errorf("%s: filling it would make %d slides of %d", d.Path, len(got.Slides), len(d.Slides))
	}
	return out, nil
}

// sorted orders edits by position and leaves out repeated ones: two links may
// share a definition.
func sorted(edits []Edit) []Edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.ref, b.ref))
	})
	return edits
}

func (d *Deck) splice(edits []Edit) ([]byte, error) {
	var out bytes.Buffer
	at := 0
	for i, e := range edits {
		if i > 0 && e.Start == edits[i-1].Start && e.End == edits[i-1].End && e.Text == edits[i-1].Text {
			continue
		}
		if e.Start < at || e.End < e.Start || e.End > len(d.Src) {
			return nil, d.refuse(e.ref, "cannot be filled: it overlaps another edit")
		}
		out.Write(d.Src[at:e.Start])
		out.WriteString(e.Text)
		at = e.End
	}
	out.Write(d.Src[at:])
	return out.Bytes(), nil
}

// refuse is an error about a reference.
func (d *Deck) refuse(ref int, message string) error {
	if ref < 0 || ref >= len(d.Refs) {
		return fmt.Errorf("%s: %s", d.Path, message)
	}
	r := d.Refs[ref]
	return fmt.Errorf("%s:%d:%d: slide %d: the %s %s %s", d.Path, r.Line, r.Col, r.Slide, r.Kind, r.Destination(), message)
}

// Destination is the target with its fragment, as messages name a reference.
func (r Reference) Destination() string {
	if r.Fragment == "" {
		return r.Target
	}
	return r.Target + "#" + r.Fragment
}

// expected is what the references must be after edits.
func (d *Deck) expected(edits []Edit) []Reference {
	refs := slices.Clone(d.Refs)
	gone := map[int]bool{}
	for _, e := range edits {
		if e.becomes == nil {
			gone[e.ref] = true
		} else {
			e.becomes(&refs[e.ref])
		}
	}
	return slices.DeleteFunc(refs, func(r Reference) bool { return gone[r.index] || r.pendingTable() })
}

// pendingTable reports whether a definition has no table yet; that it has none
// may also mean that its last link is gone.
func (r Reference) pendingTable() bool { return r.Kind == Table && len(r.Grid.Header) == 0 }

// sameReferences compares what should be there with what is.
func (d *Deck) sameReferences(want []Reference, got *Deck) error {
	refs := slices.DeleteFunc(slices.Clone(got.Refs), Reference.pendingTable)
	for i, w := range want {
		if i >= len(refs) || !w.same(refs[i]) {
			return d.refuse(w.index, "would not be what it is meant to be after the edit; nothing was changed")
		}
	}
	if len(refs) > len(want) {
		r := refs[len(want)]
		return fmt.Errorf("%s:%d:%d: the edit would make a new reference to %s", d.Path, r.Line, r.Col, r.Destination())
	}
	return nil
}

// same reports whether two references say the same.
func (r Reference) same(s Reference) bool {
	return r.Kind == s.Kind && r.Target == s.Target && r.Fragment == s.Fragment && r.Slide == s.Slide &&
		(r.Text == s.Text || r.place.context&mixed != 0) && r.Title == s.Title && (r.Kind != Code || r.Body == s.Body) && r.Grid.equal(s.Grid)
}
