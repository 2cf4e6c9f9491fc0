package deckgen

import (
	"encoding/json"
	"fmt"
	"slices"

	"deckgen/deckgen/deck"
)

// recordedTable is a table in a record, its cells as they are in the file.
type recordedTable struct {
	Columns []string            `json:"columns"`
	Rows    [][]json.RawMessage `json:"rows"`
}

// table replaces the table below a definition. The author's header and alignment stay where the number of columns fits,
// and the first row says how each column writes its numbers.
func (d referrer) table(r deck.Reference, file string) answer {
	n, refused := d.target(r, file)
	if n == nil {
		return refused
	}
	var t recordedTable
	if !n.decode(&t) || len(t.Columns) == 0 {
		return d.refuse(r, "no-table", "point at something with columns and rows, such as /tables/top",
			"%s is %s, which is no table", r.Fragment, n.kind())
	}
	grid, err := t.grid(r.Grid)
	if err != nil {
		return d.refuse(r, "no-table", "mend the record", "%s: %v", r.Fragment, err)
	}
	if sameGrid(grid, r.Grid) {
		return answer{}
	}
	a := answer{edits: d.deck.SetTable(r, grid), was: gridDifference(r.Grid, grid), is: gridDifference(grid, r.Grid)}
	if len(r.Grid.Header) == len(grid.Header) {
		a.row = 3 + rowDifference(r.Grid.Rows, grid.Rows) // below the header and the dashes
	}
	return a
}

// grid lays the table out like the one that stands in the deck. The first row is written like the first row there, and
// the others like the first, so that filling again changes nothing.
func (t recordedTable) grid(there deck.Grid) (deck.Grid, error) {
	g := deck.Grid{Header: t.Columns, Align: t.align()}
	like := slices.Repeat([]string{"?"}, len(t.Columns))
	if len(there.Header) == len(t.Columns) {
		g.Header, g.Align = there.Header, there.Align
		if len(there.Rows) > 0 {
			like = there.Rows[0]
		}
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return g, fmt.Errorf("row %d has %d cells, there are %d columns", i+1, len(row), len(t.Columns))
		}
		cells := make([]string, len(row))
		for j, raw := range row {
			cells[j] = cell(&node{raw: raw}, like[j])
		}
		g.Rows = append(g.Rows, cells)
		like = g.Rows[0]
	}
	return g, nil
}

// align puts numbers to the right.
func (t recordedTable) align() []deck.Align {
	align := make([]deck.Align, len(t.Columns))
	for j := range align {
		if len(t.Rows) > 0 && j < len(t.Rows[0]) {
			if _, _, ok := numberAt(&node{raw: t.Rows[0][j]}); ok {
				align[j] = deck.AlignRight
			}
		}
	}
	return align
}

// cell writes a cell; a format that is none gives way to the default.
func cell(n *node, like string) string {
	text, ok, err := show(n, like)
	if ok && err != nil {
		text, ok, err = show(n, "?")
	}
	if !ok || err != nil {
		return string(n.raw)
	}
	return text
}

// rowDifference is the first row in which two tables differ; a row that is too few is the last that there is.
func rowDifference(shown, recorded [][]string) int {
	i := 0
	for i < len(shown) && i < len(recorded) && slices.Equal(shown[i], recorded[i]) {
		i++
	}
	return min(i, max(0, len(shown)-1))
}

func sameGrid(a, b deck.Grid) bool {
	return slices.Equal(a.Header, b.Header) && slices.EqualFunc(a.Rows, b.Rows, slices.Equal[[]string])
}

// gridDifference says what a has at the first place where it differs from b.
func gridDifference(a, b deck.Grid) string {
	if !slices.Equal(a.Header, b.Header) || len(a.Rows) != len(b.Rows) {
		return fmt.Sprintf("%s of %s", plural(len(a.Rows), "row"), plural(len(a.Header), "column"))
	}
	for i, row := range a.Rows {
		for j, cell := range row {
			if cell != b.Rows[i][j] {
				return fmt.Sprintf("%s (row %d, %s)", cell, i+1, a.Header[j])
			}
		}
	}
	return ""
}
