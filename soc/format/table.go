package format

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxExact is the largest magnitude of whole numbers in tables: a float64 holds them all.
const maxExact = 1 << 53

// table is a CSV file: a heading and rows, cells without surrounding space.
type table struct {
	what string // names the table in errors
	head []string
	rows [][]string // as long as head
}

// readTable reads a table of which short rows are filled up, as spreadsheets write them; empty lines are left out.
func readTable(what string, text []byte) (table, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	records, err := r.ReadAll()
	if err != nil {
		return table{}, fmt.Errorf("format: %s: %w", what, err)
	}
	t := table{what: what}
	for i, record := range records {
		for k := range record {
			record[k] = strings.TrimSpace(record[k])
		}
		if i == 0 {
			t.head = record
			continue
		}
		for len(record) > len(t.head) && record[len(record)-1] == "" {
			record = record[:len(record)-1]
		}
		if len(record) > len(t.head) {
			return table{}, fmt.Errorf("format: %s: row %q has %d cells for %d columns", what, record[0], len(record), len(t.head))
		}
		for len(record) < len(t.head) {
			record = append(record, "")
		}
		if strings.Join(record, "") != "" {
			t.rows = append(t.rows, record)
		}
	}
	if len(t.head) == 0 {
		return table{}, fmt.Errorf("format: %s: the table is empty", what)
	}
	return t, nil
}

// column is the index of a column by its heading.
func (t table) column(name string) (int, error) {
	for i, h := range t.head {
		if h == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("format: %s: no column %q (there are %s)", t.what, name, strings.Join(t.head, ", "))
}

// row is the row whose first cell has a name; nil when there is none.
func (t table) row(name string) []string {
	for _, r := range t.rows {
		if r[0] == name {
			return r
		}
	}
	return nil
}

// number is a cell's number; an empty one counts as 0.
func (t table) number(row []string, column int) (float64, error) {
	if row[column] == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(row[column], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("format: %s: %q in row %q, column %q: want a number", t.what, row[column], row[0], t.head[column])
	}
	return v, nil
}

// count is a cell's whole number; an empty one counts as 0.
func (t table) count(row []string, column int) (int64, error) {
	v, err := t.number(row, column)
	if err == nil && (v != math.Trunc(v) || math.Abs(v) > maxExact) {
		err = fmt.Errorf("format: %s: %q in row %q, column %q: want a whole number up to 2^53", t.what, row[column], row[0], t.head[column])
	}
	return int64(v), err
}
