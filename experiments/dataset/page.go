package dataset

import (
	"fmt"
	"math"

	"github.com/parquet-go/parquet-go"
)

// page holds the rows of the next page, column by column: numbers for the columns that measure something, Parquet values for the others.
type page struct {
	columns []column
	rows    int
	scratch []parquet.Value // of one column
}

// column is one column of a page: one of the two slices is set. In numbers, null is NaN, which no value ever is.
type column struct {
	numbers []float64
	values  []parquet.Value
}

func newPage(columns []Column, rows int) page {
	p := page{columns: make([]column, len(columns)), scratch: make([]parquet.Value, rows)}
	for i, c := range columns {
		if c.Type == Double && c.role() != roleParam {
			p.columns[i].numbers = make([]float64, rows)
		} else {
			p.columns[i].values = make([]parquet.Value, rows)
		}
	}
	return p
}

// writeTo writes the page's rows as one page of each column, and empties the page.
func (p *page) writeTo(columns []*parquet.ColumnWriter) error {
	if p.rows == 0 {
		return nil
	}
	for c, w := range columns {
		values := p.columns[c].values
		if values == nil {
			values = p.scratch
			numberValues(values, p.columns[c].numbers[:p.rows], c)
		}
		if n, err := w.WriteRowValues(values[:p.rows]); err != nil || n != p.rows {
			return fmt.Errorf("column %d: %d of %d rows: %w", c, n, p.rows, err)
		}
		if err := w.Flush(); err != nil {
			return fmt.Errorf("column %d: %w", c, err)
		}
	}
	p.rows = 0
	return nil
}

// numberValues sets values to numbers, the column's entries.
func numberValues(values []parquet.Value, numbers []float64, column int) {
	null := null(column)
	for i, v := range numbers {
		if v != v {
			values[i] = null
		} else {
			values[i] = double(v, column)
		}
	}
}

// fill sets rows from to to of a column to a constant; a column of numbers to null.
func (c column) fill(from, to int, constant parquet.Value) {
	if c.numbers != nil {
		for i := range c.numbers[from:to] {
			c.numbers[from+i] = math.NaN()
		}
		return
	}
	rows := c.values[from:to]
	for i := range rows {
		rows[i] = constant
	}
}

func null(column int) parquet.Value { return parquet.NullValue().Level(0, 0, column) }

func text(s string, column int) parquet.Value {
	return parquet.ByteArrayValue([]byte(s)).Level(0, 1, column)
}

// double is a number; -0 is written as 0, because the smallest and largest value of a page that has both would depend on the processor.
func double(v float64, column int) parquet.Value {
	if v == 0 {
		v = 0
	}
	return parquet.DoubleValue(v).Level(0, 1, column)
}
