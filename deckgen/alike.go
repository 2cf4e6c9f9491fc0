package deckgen

import (
	"maps"
	"slices"

	"deckgen/deckgen/lab"
)

// alike reports whether a run with several seeds found the same with each, as one does that forgets its seed. Of a run in
// Go only the result is known: where it leaves open what the single seeds gave, as in a table, they may differ.
func (d *driver) alike(e *lab.Experiment, r *lab.Result) bool {
	if e.Command != nil {
		return d.scripts.Alike(e.Name)
	}
	several := func(v lab.Value) bool { return v.N > 1 }
	if len(r.Tables) > 0 || !slices.ContainsFunc(slices.Collect(maps.Values(r.Values)), several) {
		return false
	}
	for _, v := range r.Values {
		if v.Lo != v.Hi {
			return false
		}
	}
	for _, c := range r.Claims {
		if 0 < c.Held && c.Held < c.Of {
			return false
		}
	}
	for _, s := range r.Series {
		if s["lo"] == nil || !slices.Equal(s["lo"], s["hi"]) {
			return false
		}
	}
	return true
}

func alikeHint(e *lab.Experiment) string {
	if e.Command != nil {
		return "let the command use {seed}, or the seed in the file that DECKGEN_INPUT names; where chance plays no part, take seeds out of " + e.Command.File
	}
	return "draw random numbers from in.Rand(seed, …); where chance plays no part, take Seeds out of the experiment"
}
