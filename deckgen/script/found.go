package script

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"deckgen/deckgen/figure"
	"deckgen/deckgen/internal/lazy"
	"deckgen/deckgen/internal/near"
	"deckgen/deckgen/lab"
)

// found is what one run of a command wrote.
type found struct {
	values  map[string]float64 // by path, such as adam/loss
	claims  map[string]claim
	tables  map[string]lab.Table
	series  map[string]lab.Series
	figures []figure.Figure
	memory  int64
}

type claim struct {
	Statement string `json:"statement"`
	Holds     *bool  `json:"holds"`
	Evidence  string `json:"evidence"`
}

const resultName = "result.json"

var (
	figureRE = lazy.Regexp(`^[a-z0-9_-]+\.(svg|png)$`)
	tableRE  = lazy.Regexp(`^[a-z0-9_-]+\.csv$`)
)

// collect reads everything that a command wrote into its folder.
func (s *script) collect(dir string, command words) (*found, error) {
	f := &found{values: map[string]float64{}, claims: map[string]claim{}, tables: map[string]lab.Table{}, series: map[string]lab.Series{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, mistake(s.file, command.line, command.col,
			"let it write result.json, tables and figures there; in the command {output} stands for that folder",
			"the command wrote nothing into the folder that DECKGEN_OUTPUT names")
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			return nil, fmt.Errorf("the command wrote %s, which is no file", e.Name())
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err == nil {
			err = s.take(f, e.Name(), b)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	return f, s.expect(f.figures)
}

// take reads one file.
func (s *script) take(f *found, name string, b []byte) (err error) {
	base := strings.TrimSuffix(name, filepath.Ext(name))
	switch {
	case name == resultName:
		return f.readResult(b)
	case tableRE().MatchString(name):
		if _, taken := f.tables[base]; taken {
			return fmt.Errorf("%s has a table %q, too", resultName, base)
		}
		f.tables[base], err = readCSV(b)
		return err
	case figureRE().MatchString(name):
		if err := isPicture(name, b); err != nil {
			return err
		}
		f.figures = append(f.figures, figure.Figure{Name: strings.TrimSuffix(name, ".svg"), Alt: s.alt(name), SVG: b})
		return nil
	}
	return fmt.Errorf("this is neither %s, a table name.csv nor a figure name.svg or name.png, with name in lower-case letters, digits, - and _", resultName)
}

// alt says what a figure shows.
func (s *script) alt(name string) string {
	if t, ok := s.Outputs[name]; ok && t.is != "" {
		return t.is
	}
	return s.Title.is
}

// expect compares the figures with those that outputs promises.
func (s *script) expect(figures []figure.Figure) error {
	if s.Outputs == nil || len(figures) == 0 && s.Draw != nil {
		return nil
	}
	written := map[string]bool{}
	for _, f := range figures {
		name := fileName(f)
		written[name] = true
		if _, ok := s.Outputs[name]; !ok {
			return fmt.Errorf("the command wrote %s, which outputs in %s does not name", name, s.file)
		}
	}
	for _, name := range sorted(s.Outputs) {
		if t := s.Outputs[name]; !written[name] {
			return s.at(t, "", "the command did not write %s", name)
		}
	}
	return nil
}

func fileName(f figure.Figure) string {
	if strings.HasSuffix(f.Name, ".png") {
		return f.Name
	}
	return f.Name + ".svg"
}

func isPicture(name string, b []byte) error {
	if strings.HasSuffix(name, ".png") {
		_, err := png.DecodeConfig(bytes.NewReader(b))
		return err
	}
	dec := xml.NewDecoder(bytes.NewReader(b))
	dec.Strict = true
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	root := ""
	for {
		t, err := dec.RawToken()
		if errors.Is(err, io.EOF) && root == "svg" {
			return nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && root == "" {
			root = e.Name.Local
		}
		if err != nil || root != "" && root != "svg" {
			return errors.New("this is no SVG")
		}
	}
}

// written is result.json: values, claims, tables and series, as in a record but of one run.
type written struct {
	Values json.RawMessage                     `json:"values"`
	Claims map[string]json.RawMessage          `json:"claims"`
	Tables map[string]lab.Table                `json:"tables"`
	Series map[string]map[string][]json.Number `json:"series"`
}

// decodeResult reads result.json, in which no key may be misspelled.
func decodeResult(b []byte) (r written, err error) {
	b = quoteNaN(b)
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return r, jsonError(b, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return r, errors.New("there is something after the end")
	}
	return r, nil
}

// readResult takes in what result.json holds.
func (f *found) readResult(b []byte) error {
	r, err := decodeResult(b)
	if err != nil {
		return err
	}
	if err := f.readValues(r.Values); err != nil {
		return err
	}
	for _, name := range sorted(r.Tables) {
		t := r.Tables[name]
		if err := rectangular(t); err != nil {
			return fmt.Errorf("tables/%s: %w", name, err)
		}
		f.tables[name] = t
	}
	for _, name := range sorted(r.Claims) {
		c, ok := readClaim(r.Claims[name])
		if !ok {
			return fmt.Errorf(`claims/%s: a claim has a statement, says whether it holds, and may give evidence: {"statement": "…", "holds": true, "evidence": "…"}`, name)
		}
		f.claims[name] = c
	}
	for _, name := range sorted(r.Series) {
		s, err := readSeries(r.Series[name])
		if err != nil {
			return fmt.Errorf("series/%s/%w", name, err)
		}
		f.series[name] = s
	}
	return nil
}

func readClaim(raw json.RawMessage) (c claim, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	return c, dec.Decode(&c) == nil && c.Statement != "" && c.Holds != nil
}

func readSeries(columns map[string][]json.Number) (lab.Series, error) {
	s := lab.Series{}
	for _, column := range sorted(columns) {
		for _, x := range columns[column] {
			v, err := strconv.ParseFloat(x.String(), 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %q is no number", column, x)
			}
			s[column] = append(s[column], v)
		}
	}
	return s, nil
}

// readValues takes numbers in objects in objects.
func (f *found) readValues(raw json.RawMessage) error {
	if len(raw) == 0 {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return err
	}
	return f.addValue("", v)
}

func (f *found) addValue(at string, v any) error {
	number := json.Number("")
	switch v := v.(type) {
	case map[string]any:
		for _, k := range sorted(v) {
			if k == "" || strings.Contains(k, "/") {
				return fmt.Errorf("values%s: the name %q is empty or has a slash in it", at, k)
			}
			if err := f.addValue(at+"/"+k, v[k]); err != nil {
				return err
			}
		}
		return nil
	case json.Number:
		number = v
	case string:
		if !slices.Contains(notFinite, v) {
			return fmt.Errorf("values%s: %q is no number; texts go into tables", at, v)
		}
		number = json.Number(v)
	default:
		return fmt.Errorf("values%s: %v is no number; lists go into series or tables, true and false into claims", at, v)
	}
	x, err := number.Float64()
	if err != nil {
		return fmt.Errorf("values%s: %w", at, err)
	}
	if at == "" {
		return errors.New(`values: give each value a name: {"loss": 0.2}`)
	}
	f.values[at[1:]] = x
	return nil
}

func rectangular(t lab.Table) error {
	if len(t.Columns) == 0 {
		return errors.New(`a table has columns and rows: {"columns": ["name", "loss"], "rows": [["sgd", 0.2]]}`)
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d cells, there are %d columns", i+1, len(row), len(t.Columns))
		}
		for _, cell := range row {
			switch cell.(type) {
			case string, float64:
			default:
				return fmt.Errorf("row %d: %v is neither text nor number", i+1, cell)
			}
		}
	}
	return nil
}

// readCSV reads a table whose first line names the columns. A cell that is written as a number is one.
func readCSV(b []byte) (t lab.Table, err error) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return t, err
	}
	if len(rows) == 0 {
		return t, errors.New("the table has no line with the names of its columns")
	}
	t.Columns = rows[0]
	for _, row := range rows[1:] {
		var cells []any
		for _, c := range row {
			cells = append(cells, cell(c))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t, nil
}

func cell(s string) any {
	if x, err := strconv.ParseFloat(s, 64); err == nil && numberRE().MatchString(s) {
		return x
	}
	return s
}

var notFinite = []string{"NaN", "Infinity", "-Infinity"}

// quoteNaN puts the words that Python writes for numbers that are not finite into quotes: JSON has none.
func quoteNaN(b []byte) []byte {
	if !bytes.Contains(b, []byte("NaN")) && !bytes.Contains(b, []byte("Infinity")) {
		return b
	}
	return bareRE().ReplaceAllFunc(b, func(m []byte) []byte {
		if m[0] == '"' {
			return m
		}
		return strconv.AppendQuote(nil, string(m))
	})
}

// bareRE matches strings whole, so that what stands in them stays.
var bareRE = lazy.Regexp(`"(?:[^"\\]|\\.)*"|-?Infinity|NaN`)

func jsonError(b []byte, err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("the file is cut off")
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", 1+bytes.Count(b[:min(int(syntax.Offset), len(b))], []byte("\n")), err)
	case errors.As(err, &typ):
		return fmt.Errorf("line %d: %s must not be a %s", 1+bytes.Count(b[:min(int(typ.Offset), len(b))], []byte("\n")), typ.Field, typ.Value)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name = strings.Trim(name, `"`)
		return fmt.Errorf("there is no key %q: %s", name, near.Hint(name, []string{"values", "claims", "tables", "series"}))
	}
	return err
}
