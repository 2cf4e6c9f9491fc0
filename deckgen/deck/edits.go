package deck

// An Edit replaces Src[Start:End] by Text. It also says what becomes of the
// reference it belongs to, so that Apply can tell a lost reference from one
// that was meant to go.
type Edit struct {
	Start, End int
	Text       string
}

// SetText replaces the text of a link or the alt text of an image by plain
// text, escaped for where it stands. The edits are empty where the text
// already says that.
func (d *Deck) SetText(r Reference, text string) []Edit { return nil }

// SetTitle replaces or adds the title of a link or an image. A link in a
// formula has no place for one and gets no edit; title "" removes it.
func (d *Deck) SetTitle(r Reference, title string) []Edit { return nil }

// SetBody replaces the lines of a fenced code block.
func (d *Deck) SetBody(r Reference, body string) []Edit { return nil }

// SetTable replaces the table below a definition, or adds it where there is
// none yet.
func (d *Deck) SetTable(r Reference, g Grid) []Edit { return nil }

// SetTarget replaces the file part of the destination; the fragment stays.
func (d *Deck) SetTarget(r Reference, path string) []Edit { return nil }

// Unlink turns a link into its text, removes a table's definition, and removes
// file=path#symbol from a fence's info string. An image stays.
func (d *Deck) Unlink(r Reference) []Edit { return nil }

// Apply splices edits into the deck and returns the new bytes. It refuses
// edits that overlap, and parses the result: the error names the first
// reference that is no longer there as it was meant to be, or says that the
// number of slides changed.
func (d *Deck) Apply(edits []Edit) ([]byte, error) { return d.Src, nil }

type place struct{}
