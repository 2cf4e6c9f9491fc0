// Package deck models a Marp deck as bytes with positions.
//
// [Parse] finds the slides as Marp counts them, the references to records,
// figures and source files, and what is wrong with the deck itself. The Set
// methods propose edits, which [Deck.Apply] splices into the bytes: nothing
// outside a reference ever changes. Nothing here reads a file.
package deck

// A Deck is one Marp file, its bytes as they are on disk, and what is in them.
// All positions are byte offsets into Src unless they say otherwise.
type Deck struct {
	Path           string // as given to Parse; Problems carry it
	Src            []byte // never modified
	FrontMatter    FrontMatter
	HeadingDivider []int       // heading levels that start a slide, increasing; nil if none do
	Slides         []Slide     // at least one
	Refs           []Reference // in the order of their positions
	Blocks         []Block     // in order
	Directives     []Directive // of the front matter and of comments, in order
	Comments       []Comment   // in order
	Links          []Target    // in order, references or not
	Problems       []Problem   // sorted by position
	Numbers        []Number    // in sentences, tables, alternative texts and notes, in order; none in a deck without references

	mends []mend
	lines []int // offset of the start of each line
}

// FrontMatter is the block of directives at the start of a deck, including
// the two lines that delimit it. Both ends are 0 if there is none.
type FrontMatter struct{ Start, End int }

// A Directive is one recognised or unrecognised key of the front matter, or
// one key of a comment that Marp reads as directives.
type Directive struct {
	Key, Value  string // the value unquoted; "" where it spans lines
	Slide       int    // 1-based; 1 for the front matter
	Line, Col   int    // of the key, 1-based
	FrontMatter bool
}

// A Comment is an HTML comment outside of code.
type Comment struct {
	Text       string // without the delimiters, trimmed
	Kind       CommentKind
	Slide      int
	Line, Col  int
	Start, End int // from the first byte of <!-- to just after -->
}

// A Target is where a link, an image or a piece of HTML leads, whether it is a
// reference or not.
type Target struct {
	Image      bool
	HTML       bool   // <img src=…>
	Reference  bool   // it is in Deck.Refs too
	Dest       string // as it is meant, unescaped
	Alt        string // of an image, plain
	Background bool   // an image that Marp puts behind the slide
	Footnote   bool   // it was meant to be the mark of one: [^1]
	Slide      int
	Line, Col  int

	at int
}

// A Number is one that stands in a sentence and is no reference.
type Number struct {
	Text      string // with its separators, decimals and percent sign
	Slide     int
	Line, Col int
}

// A CommentKind says what Marp makes of a comment.
type CommentKind int

// The kinds of comments.
const (
	Note             CommentKind = iota // a presenter note
	DirectiveComment                    // directives: at least one key that Marp knows
	Magic                               // for another tool, such as <!-- prettier-ignore -->
)

// A Slide is what Marp makes one page of.
type Slide struct {
	Start, End int    // the ruler that starts it is not part of it, a dividing heading is
	Line       int    // of Start, 1-based
	Heading    string // plain text of the first heading, "" if there is none
	Blank      bool   // nothing is on it but comments, styles and definitions

	HeadingLine int // 1-based, 0 if there is none

	from int // what starts it: the ruler, or Start
}

// A Kind is one of the four Markdown nodes that can be a reference.
type Kind int

// The kinds of references.
const (
	Image Kind = iota // ![alt](path "title")
	Link              // [text](path.json#/pointer "title"), or \href{…}{text} in a formula
	Code              // a fence with file=path#symbol in its info string
	Table             // a link reference definition before a table
)

// String returns the kind as messages name it.
func (k Kind) String() string {
	return [...]string{"image", "link", "code", "table"}[k]
}

// A Reference is a place in a deck that shows something out of a record or a
// source file.
type Reference struct {
	Kind      Kind
	Slide     int // 1-based, as Marp numbers them
	Line, Col int // 1-based; Col counts characters

	Target   string // file part of the destination, unescaped and percent-decoded, relative to the deck's folder
	Fragment string // what follows '#', percent-decoded: a JSON Pointer or a Go symbol
	Text     string // link: its text; image: its alt text; both plain, without markup and escapes
	Title    string // plain
	HasTitle bool
	Body     string // code: the lines between the fences, without container prefixes, each ended by \n; table: its lines as they are
	Grid     Grid   // table: what stands there now; no columns if nothing does

	Math bool // in a formula: there is no title
	Note bool // in a presenter note

	index int // in Deck.Refs
	place place
}

// A Grid is the content of a table in plain text. Every row has as many cells
// as Header.
type Grid struct {
	Header []string
	Align  []Align // one per column; nil leaves the author's alignment, or none
	Rows   [][]string
}

// Align is the alignment of a table column.
type Align int

// The alignments.
const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)
