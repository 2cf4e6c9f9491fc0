package deckgen

import (
	"encoding/json"
	"time"

	"deckgen/deckgen/lab"
)

// timesFile says how long the runs took. Records do not: they are the same wherever and whenever they are made.
const timesFile = "build/times.json"

// A runTime is how long it took to make a record.
type runTime struct {
	Seconds float64 `json:"seconds"`
	Record  string  `json:"record"` // its SHA-256
}

// times are the known ones, by experiment; of experiments that ran elsewhere there are none.
func (d *driver) times() map[string]runTime {
	all := map[string]runTime{}
	if b, err := d.tree.read(timesFile); err == nil {
		json.Unmarshal(b, &all) // a file that is broken knows nothing
	}
	return all
}

// keepTime notes how long a run took. Nobody misses it if that fails.
func (d *driver) keepTime(e *lab.Experiment, took time.Duration) {
	record, err := d.tree.read(recordFile(e))
	if err != nil {
		return
	}
	all := d.times()
	all[e.Name] = runTime{took.Seconds(), digest(record)}
	if b, err := json.MarshalIndent(all, "", "  "); err == nil {
		d.tree.scratch(output{timesFile, append(b, '\n')})
	}
}
