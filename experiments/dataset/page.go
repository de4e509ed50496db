package dataset

import (
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// layout says how many rows go where: constants of the schema version, because the bytes depend on them.
type layout struct {
	pageRows   int // rows in a page of each column
	groupPages int // pages in a row group
	partGroups int // row groups in a part
}

// version1 is the layout of schema version 1: 1,048,576 rows in a part.
func version1() layout { return layout{pageRows: 8192, groupPages: 16, partGroups: 8} }

func (l layout) partRows() int { return l.pageRows * l.groupPages * l.partGroups }

// codec is the compression of schema version 1: one thread, so that the bytes do not depend on the machine.
func codec() *zstd.Codec { return &zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1} }

// page holds the rows of the next page, column by column.
type page struct {
	columns [][]parquet.Value // each of the layout's page length
	rows    int
}

func newPage(columns, rows int) page {
	p := page{columns: make([][]parquet.Value, columns)}
	all := make([]parquet.Value, columns*rows)
	for c := range p.columns {
		p.columns[c] = all[c*rows : (c+1)*rows : (c+1)*rows]
	}
	return p
}

// writeTo writes the page's rows as one page of each column, and empties the page.
func (p *page) writeTo(columns []*parquet.ColumnWriter) error {
	if p.rows == 0 {
		return nil
	}
	for c, w := range columns {
		if n, err := w.WriteRowValues(p.columns[c][:p.rows]); err != nil || n != p.rows {
			return fmt.Errorf("column %d: %d of %d rows: %w", c, n, p.rows, err)
		}
		if err := w.Flush(); err != nil {
			return fmt.Errorf("column %d: %w", c, err)
		}
	}
	p.rows = 0
	return nil
}
