package deck

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// A tablePlace is where a generated table is, or will be.
type tablePlace struct {
	body   span   // whole lines; empty where there is no table yet
	prefix string // of each line
	exists bool
	align  []Align // of the table that is there
}

// belowDefinition is where a table goes that is not there yet: just after the
// definition's line.
func (b *builder) belowDefinition(d *definition) span {
	at := nextLine(b.src, max(d.whole.start, d.whole.end-1))
	return span{at, at}
}

// tableBody notes where a table is and returns its lines.
func (b *builder) tableBody(n *east.Table, p *tablePlace) string {
	start := b.lineStart(n.FirstChild().Pos())
	last := nextLine(b.src, start) // the row of delimiters
	if n.ChildCount() > 1 {
		last = n.LastChild().Pos()
	}
	p.exists = true
	p.align = alignments(n)
	p.body = span{start, nextLine(b.src, last)}
	second := span{nextLine(b.src, start), nextLine(b.src, nextLine(b.src, start))}
	delimiters := second.in(b.src)
	p.prefix = delimiters[:len(delimiters)-len(strings.TrimLeft(delimiters, " \t>"))]
	return p.body.in(b.src)
}

func alignments(n *east.Table) []Align {
	align := make([]Align, len(n.Alignments))
	for i, a := range n.Alignments {
		switch a {
		case east.AlignLeft:
			align[i] = AlignLeft
		case east.AlignCenter:
			align[i] = AlignCenter
		case east.AlignRight:
			align[i] = AlignRight
		}
	}
	return align
}

// grid is the content of a table in plain text.
func (b *builder) grid(n *east.Table) Grid {
	g := Grid{Align: alignments(n)}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cells := b.cells(row)
		if row == n.FirstChild() {
			g.Header = cells
		} else {
			g.Rows = append(g.Rows, cells)
		}
	}
	return g
}

func (b *builder) cells(row ast.Node) []string {
	cells := make([]string, 0, row.ChildCount())
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		cells = append(cells, b.plainText(cell))
	}
	return cells
}

// SetTable replaces the table below a definition, or adds it where there is
// none yet. The alignment of the author's columns stays unless g has one.
func (d *Deck) SetTable(r Reference, g Grid) []Edit {
	if r.Kind != Table || len(g.Header) == 0 {
		return nil
	}
	p := r.place.table
	g = g.plain(p.align)
	if g.equal(r.Grid) {
		return nil
	}
	text := d.contained(g.markdown(), p.prefix, r.place.whole.start)
	if !p.exists {
		text = d.apart(p, text, r.place.whole.start)
	}
	return []Edit{r.replace(p.body, text, func(r *Reference) { r.Grid = g })}
}

// apart puts empty lines around a table that was not there yet.
func (d *Deck) apart(p *tablePlace, text string, at int) string {
	newline := d.newline(at)
	empty := strings.TrimRight(p.prefix, " \t") + newline
	text = empty + text
	if p.body.start > 0 && d.Src[p.body.start-1] != '\n' && d.Src[p.body.start-1] != '\r' { // the definition ends the deck
		text = newline + text
	}
	if strings.Trim(d.rest(p.body.end), " \t>") != "" {
		text += empty
	}
	return text
}

// plain is g with cells on one line each, as many in each row as in the header,
// and the alignment of the table that is there.
func (g Grid) plain(align []Align) Grid {
	n := len(g.Header)
	if len(g.Align) != n {
		g.Align = make([]Align, n)
		if len(align) == n {
			copy(g.Align, align)
		}
	}
	h := Grid{Header: plainCells(g.Header, n), Align: g.Align}
	for _, row := range g.Rows {
		h.Rows = append(h.Rows, plainCells(row, n))
	}
	return h
}

func plainCells(cells []string, n int) []string {
	plain := make([]string, n)
	for i := range min(n, len(cells)) {
		plain[i] = oneLine(cells[i])
	}
	return plain
}

func (g Grid) equal(h Grid) bool {
	return slices.Equal(g.Header, h.Header) && slices.Equal(g.Align, h.Align) &&
		slices.EqualFunc(g.Rows, h.Rows, slices.Equal)
}

// markdown writes the table with one space around each cell.
func (g Grid) markdown() string {
	var out strings.Builder
	writeRow(&out, g.Header)
	for _, a := range g.Align {
		out.WriteString([...]string{"| --- ", "| :-- ", "| :-: ", "| --: "}[a])
	}
	out.WriteString("|\n")
	for _, row := range g.Rows {
		writeRow(&out, row)
	}
	return out.String()
}

func writeRow(out *strings.Builder, cells []string) {
	for _, cell := range cells {
		out.WriteString("| " + escapeText(cell, inCell) + " ")
	}
	out.WriteString("|\n")
}
