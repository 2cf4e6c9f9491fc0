package deck

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parsers in this file read what GitHub added to Markdown as Marp does, which is stricter than goldmark's own
// extension. That extension would also cost every start of the program a few milliseconds.

// maxEmptyCells is how many missing cells Marp adds to the rows of a table.
const maxEmptyCells = 1 << 16

// tables makes a table of the end of a paragraph where Marp does: a row with a pipe, and below it as many delimiters.
type tables struct{}

func (t tables) Transform(n *ast.Paragraph, r text.Reader, _ parser.Context) {
	if header, align := findTable(n, 1, r.Source()); align != nil {
		t.split(n, header, align, r.Source())
	}
}

// findTable finds the header of a table whose second line is not before from; align is nil where there is none.
func findTable(n *ast.Paragraph, from int, src []byte) (header int, align []east.Alignment) {
	lines := n.Lines()
	for i := from; i < lines.Len(); i++ {
		above, below := lines.At(i-1), lines.At(i)
		align := delimiters(above.Value(src), below.Value(src))
		if align != nil && canBegin(n, above, src) && canBegin(n, below, src) && len(align)*(lines.Len()-i) < maxEmptyCells+lines.At(lines.Len()-1).Stop-below.Stop {
			return i - 1, align
		}
	}
	return 0, nil
}

// canBegin reports whether a line of a paragraph can be one of the first two of a table: it is not far indented, and in a
// quote it has its own >.
func canBegin(n ast.Node, line text.Segment, src []byte) bool {
	line = line.TrimLeftSpace(src) // which a paragraph does when it closes
	prefix := src[bytes.LastIndexByte(src[:line.Start], '\n')+1 : line.Start]
	quotes := 0
	for ; n != nil; n = n.Parent() {
		switch n.Kind() {
		case ast.KindBlockquote:
			quotes++
		case ast.KindListItem:
			return true
		}
	}
	if bytes.Count(prefix, []byte(">")) < quotes {
		return false
	}
	room := maxIndent
	if quotes > 0 {
		room++ // after the >
	}
	indent, _ := util.IndentWidth(prefix[bytes.LastIndexByte(prefix, '>')+1:], 0)
	return indent <= room
}

// maxIndent is how many blanks may stand before anything but code.
const maxIndent = 3

// delimiters reads the second line of a table; nil if the two lines do not begin one.
func delimiters(header, line []byte) []east.Alignment {
	align := alignmentRow(line)
	if align == nil || len(align) != countCells(header) || bytes.IndexByte(header, '|') < 0 {
		return nil
	}
	return align
}

// split turns the lines of a paragraph from its header on into a table.
func (tables) split(n *ast.Paragraph, header int, align []east.Alignment, src []byte) {
	lines := n.Lines()
	table := east.NewTable()
	table.Alignments = align
	table.SetPos(lines.At(header).Start)
	table.AppendChild(table, east.NewTableHeader(tableRow(lines.At(header), align, src)))
	for i := header + 2; i < lines.Len(); i++ {
		table.AppendChild(table, tableRow(lines.At(i), align, src))
	}
	parent := n.Parent()
	parent.InsertAfter(parent, n, table)
	if header == 0 {
		parent.RemoveChild(parent, n)
		return
	}
	lines.SetSliced(0, header)
	last := lines.At(header - 1)
	lines.Set(header-1, last.TrimRightSpace(src))
}

// tableRow cuts a line at its pipes into as many cells as the table has columns.
func tableRow(line text.Segment, align []east.Alignment, src []byte) *east.TableRow {
	row := east.NewTableRow(align)
	row.SetPos(line.Start)
	line = trimmed(line, src)
	rest := line.Value(src)
	at := line.Stop - len(rest)
	if len(rest) > 0 && rest[0] == '|' {
		rest, at = rest[1:], at+1
	}
	for _, a := range align {
		cell := east.NewTableCell()
		cell.Alignment = a
		row.AppendChild(row, cell)
		cell.SetPos(at)
		if len(rest) == 0 {
			continue
		}
		end := nextPipe(rest)
		cell.Lines().Append(trimmed(text.NewSegment(at, at+end), src))
		end = min(end+1, len(rest))
		rest, at = rest[end:], at+end
	}
	return row
}

func trimmed(s text.Segment, src []byte) text.Segment {
	s = s.TrimLeftSpace(src)
	return s.TrimRightSpace(src)
}

// beside lets a table take the line of dashes that is its second, and keeps dashes below a table from making a heading
// of it.
type beside struct {
	parser.BlockParser
	heading bool
}

func (p beside) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if ok && n.Parent() == parent && n.Lines().Len() > 0 {
		line, _ := r.PeekLine()
		last := n.Lines().At(n.Lines().Len() - 1)
		table := pc.Get(spansKey).(*spans).hasTable(n, r.Source())
		begins := !table && delimiters(last.Value(r.Source()), line) != nil && canBegin(n, last, r.Source())
		if table && p.heading || begins {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, r, pc)
}

// tableHead takes the first line of a table for the line of a paragraph, even where it looks like a heading, a list item or
// the beginning of something else: Marp looks for tables first.
type tableHead struct{ parser.BlockParser }

func (tableHead) Trigger() []byte { return []byte("-+*#>0123456789`~<$") }

func (tableHead) CanInterruptParagraph() bool { return true }

func (p tableHead) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := r.PeekLine()
	if parent.Kind() != ast.KindDocument || bytes.IndexByte(line, '|') < 0 {
		return nil, parser.NoChildren
	}
	below, _, _ := bytes.Cut(r.Source()[segment.Stop:], []byte("\n"))
	if indent, _ := util.IndentWidth(below, 0); indent > maxIndent || delimiters(line, below) == nil {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

// codeBelow lets indented code end a table, unlike a paragraph.
type codeBelow struct{ parser.BlockParser }

func (codeBelow) CanInterruptParagraph() bool { return true }

func (p codeBelow) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if ok && (n.Parent() != parent || !pc.Get(spansKey).(*spans).hasTable(n, r.Source())) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

// A searched is an open paragraph in whose first lines a table was looked for.
type searched struct {
	paragraph ast.Node
	lines     int
	found     bool
}

// hasTable reports whether an open paragraph holds a table.
func (s *spans) hasTable(n *ast.Paragraph, src []byte) bool {
	if s.table.paragraph != n {
		s.table = searched{paragraph: n}
	}
	if !s.table.found {
		_, align := findTable(n, max(1, s.table.lines), src)
		s.table.lines, s.table.found = n.Lines().Len(), align != nil
	}
	return s.table.found
}

// nextPipe is where the cell at the beginning of row ends: at a pipe that no backslash precedes, or with the row.
func nextPipe(row []byte) int {
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			return i
		}
	}
	return len(row)
}

// countCells is the number of cells in a row of a table. The pipes at the ends need not be there.
func countCells(row []byte) int {
	row = bytes.TrimSpace(row)
	if len(row) > 0 && row[0] == '|' {
		row = row[1:]
	}
	cells := 0
	for len(row) > 0 {
		cells++
		row = row[min(nextPipe(row)+1, len(row)):]
	}
	return cells
}

// delimiterRow reports whether a line has no characters but those of the second line of a table.
func delimiterRow(line []byte) bool {
	line = bytes.TrimSpace(line)
	if len(line) < 2 || line[0] == '-' && util.IsSpace(line[1]) {
		return false
	}
	return len(bytes.Trim(line, "-:| \t")) == 0
}

// alignmentRow reads the second line of a table; nil if it cannot be one.
func alignmentRow(line []byte) (align []east.Alignment) {
	if !delimiterRow(line) {
		return nil
	}
	columns := strings.Split(strings.TrimSuffix(strings.TrimPrefix(string(bytes.TrimSpace(line)), "|"), "|"), "|")
	for _, c := range columns {
		c = strings.TrimSpace(c)
		dashes := strings.TrimSuffix(strings.TrimPrefix(c, ":"), ":")
		if dashes == "" || strings.Trim(dashes, "-") != "" {
			return nil
		}
		align = append(align, alignmentOf(strings.HasPrefix(c, ":"), strings.HasSuffix(c, ":")))
	}
	return align
}

func alignmentOf(left, right bool) east.Alignment {
	switch {
	case left && right:
		return east.AlignCenter
	case left:
		return east.AlignLeft
	case right:
		return east.AlignRight
	}
	return east.AlignNone
}

// strikethrough is text between pairs of tildes; for Marp a single one is none.
type strikethrough struct{}

func (strikethrough) Trigger() []byte { return []byte{'~'} }

func (s strikethrough) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := parser.ScanDelimiter(line, before, 2, s)
	if n == nil || n.OriginalLength > 2 || before == '~' {
		return nil
	}
	n.Segment = segment.WithStop(segment.Start + n.OriginalLength)
	block.Advance(n.OriginalLength)
	pc.PushDelimiter(n)
	return n
}

func (strikethrough) IsDelimiter(b byte) bool { return b == '~' }
func (strikethrough) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}
func (strikethrough) OnMatch(int) ast.Node { return east.NewStrikethrough() }
