package dataset

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// ExportCSV writes the dataset as CSV: a header line of the columns' names, then a line a row. Null is empty, numbers are in the shortest
// form that reads back equal, settings and hyper-parameters are JSON.
func ExportCSV(w io.Writer, r *Reader) error {
	out := csv.NewWriter(w)
	line := make([]string, len(r.Columns()))
	for i, c := range r.Columns() {
		line[i] = c.Name
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("dataset: CSV: %w", err)
	}
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		for i, v := range r.Values(&rec) {
			line[i] = cellText(v)
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("dataset: CSV: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("dataset: CSV: %w", err)
	}
	return nil
}

// ExportJSONL writes the dataset as JSON lines: an object a row with the columns in their order, null where there is no value; settings and
// hyper-parameters are objects.
func ExportJSONL(w io.Writer, r *Reader) error {
	out := bufio.NewWriter(w)
	names := make([]string, len(r.Columns()))
	for i, c := range r.Columns() {
		name, err := jsonText(c.Name)
		if err != nil {
			return fmt.Errorf("dataset: JSON: column %s: %w", c.Name, err)
		}
		names[i] = string(name) + ":"
	}
	var line []byte
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		line = append(line[:0], '{')
		for i, v := range r.Values(&rec) {
			if i > 0 {
				line = append(line, ',')
			}
			text, err := cellJSON(v)
			if err != nil {
				return fmt.Errorf("dataset: JSON: column %s: %w", r.Columns()[i].Name, err)
			}
			line = append(append(line, names[i]...), text...)
		}
		if _, err := out.Write(append(line, '}', '\n')); err != nil {
			return fmt.Errorf("dataset: JSON: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("dataset: JSON: %w", err)
	}
	return nil
}

// cellText is a value in CSV.
func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.RawMessage:
		return string(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}

// cellJSON is a value in JSON.
func cellJSON(v any) ([]byte, error) {
	if raw, ok := v.(json.RawMessage); ok {
		return raw, nil
	}
	return jsonText(v)
}
