package scalesim

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// layerColumn is the first column of every report: the layer's number, from 0.
const layerColumn = "LayerID"

// writeLine writes a line of a report.
func writeLine(w io.Writer, cells []string) error {
	_, err := io.WriteString(w, strings.Join(cells, ", ")+",\n")
	return err
}

// float is a number as Python prints it: the shortest digits that tell it from its neighbours, with a fraction or an exponent.
func float(v float64) string {
	form := byte('f')
	if size := math.Abs(v); size != 0 && (size < 1e-4 || size >= 1e16) {
		form = 'e'
	}
	text := strconv.FormatFloat(v, form, -1, 64)
	if form == 'f' && !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// maxRows bounds a report.
const maxRows = 1 << 20

// table is a report whose columns are found by their heads.
type table struct {
	name  string
	at    map[string]int
	cells [][]string // of each layer
	lines []int      // where it stands in the file
	err   error      // the first cell that was not what it should be
}

// readTable reads a report that has these columns, and perhaps others.
func readTable(name string, r io.Reader, wanted ...string) (*table, error) {
	t := &table{name: name}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 4096), maxLineBytes)
	line := 0
	for scanner.Scan() {
		line++
		if err := t.line(line, scanner.Text(), wanted); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	if t.at == nil {
		return nil, fmt.Errorf("%s: an empty file", name)
	}
	return t, nil
}

// line reads one line: the head, or a layer.
func (t *table) line(line int, text string, wanted []string) error {
	cells := strings.Split(strings.TrimSuffix(strings.TrimSpace(text), ","), ",")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	if t.at == nil {
		t.at = map[string]int{}
		for i, head := range cells {
			if _, twice := t.at[head]; twice {
				return fmt.Errorf("column %.60q occurs twice", head)
			}
			t.at[head] = i
		}
		for _, want := range append([]string{layerColumn}, wanted...) {
			if _, ok := t.at[want]; !ok {
				return fmt.Errorf("no column %q: it is another report, or none", want)
			}
		}
		return nil
	}
	switch id := len(t.cells); {
	case len(cells) != len(t.at):
		return fmt.Errorf("%d fields, the head has %d", len(cells), len(t.at))
	case id == maxRows:
		return fmt.Errorf("more than %d layers", maxRows)
	case cells[t.at[layerColumn]] != strconv.Itoa(id):
		return fmt.Errorf("layer %q, want %d", cells[t.at[layerColumn]], id)
	}
	t.cells, t.lines = append(t.cells, cells), append(t.lines, line)
	return nil
}

func (t *table) layers() int { return len(t.cells) }

// number is a cell; 0 of a column that the report does not have.
func (t *table) number(layer int, column string) float64 {
	i, ok := t.at[column]
	if !ok {
		return 0
	}
	v, err := strconv.ParseFloat(t.cells[layer][i], 64)
	if err != nil || v < 0 || v > 1<<53 || v != v {
		t.fail(layer, "%s %.60q: want a number of at least 0", column, t.cells[layer][i])
		return 0
	}
	return v
}

// count is a cell with a whole number.
func (t *table) count(layer int, column string) int64 {
	v := t.number(layer, column)
	if v != math.Trunc(v) {
		t.fail(layer, "%s %v: want a whole number", column, v)
	}
	return int64(v)
}

func (t *table) fail(layer int, format string, args ...any) {
	if t.err == nil {
		t.err = fmt.Errorf("%s:%d: %w", t.name, t.lines[layer], fmt.Errorf(format, args...))
	}
}
