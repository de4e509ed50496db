package report

import (
	"bytes"
	"fmt"
	"io"
)

// Extra is a table of text that a part of the experiment adds to the report.
type Extra struct {
	Title   string     `json:"title"`
	Note    string     `json:"note,omitempty"` // how to read it
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"` // as many cells each as there are columns
}

// check reports rows that do not fit the columns.
func (e Extra) check() error {
	if len(e.Columns) == 0 {
		return fmt.Errorf("report: table %q has no columns", e.Title)
	}
	for i, row := range e.Rows {
		if len(row) != len(e.Columns) {
			return fmt.Errorf("report: table %q: row %d has %d cells of %d columns", e.Title, i, len(row), len(e.Columns))
		}
	}
	return nil
}

// Write writes the table for a terminal.
func (e Extra) Write(w io.Writer) error {
	if err := e.check(); err != nil {
		return err
	}
	var out bytes.Buffer
	writeExtra(&out, e)
	_, err := w.Write(bytes.TrimRight(out.Bytes(), "\n"))
	if err == nil {
		_, err = io.WriteString(w, "\n")
	}
	return err
}

// writeExtra writes the table for a terminal.
func writeExtra(out *bytes.Buffer, e Extra) {
	fmt.Fprintf(out, "%s\n\n", printable(e.Title))
	table := make([]column, len(e.Columns))
	for i, name := range e.Columns {
		table[i].head = printable(name)
		for _, row := range e.Rows {
			table[i].cells = append(table[i].cells, printable(row[i]))
		}
	}
	writeColumns(out, table)
	if e.Note != "" {
		fmt.Fprintf(out, "\n%s\n", printable(e.Note))
	}
	out.WriteByte('\n')
}
