package accuracy

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators/files"
)

// MaxTableBytes bounds a table of accuracies, before and after decompression.
const MaxTableBytes = 256 << 20

// ReadTable reads measured accuracies: a CSV file with a header, plain or gzip, with the columns that name a network of the space (see nas.Named) and
// the wanted column of accuracies in percent. Rows with an empty field there are left out. Other columns are ignored. The origin tells the content apart.
func ReadTable(setting, path string, s nas.Named, column string) (rows []accuracy.Row, origin string, err error) {
	content, origin, err := files.Read(setting, path, MaxTableBytes)
	if err != nil {
		return nil, "", err
	}
	rows, err = readRows(content, s, column)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return rows, origin, nil
}

// readRows reads the content of a table.
func readRows(content []byte, s nas.Named, column string) ([]accuracy.Row, error) {
	table, err := newTable(content)
	if err != nil {
		return nil, err
	}
	names, err := table.columns(s.Columns()...)
	value, errValue := table.columns(column)
	if err := errors.Join(err, errValue); err != nil {
		return nil, err
	}
	var rows []accuracy.Row
	fields := make([]string, len(names))
	err = table.each(func(record []string) error {
		if record[value[0]] == "" {
			return nil
		}
		for i, at := range names {
			fields[i] = record[at]
		}
		p, err := s.Parse(fields...)
		if err != nil {
			return err
		}
		percent, err := strconv.ParseFloat(record[value[0]], 64)
		if err != nil || !(percent >= 0 && percent <= 100) {
			return fmt.Errorf("column %s: %q: want a number in [0, 100] %%", column, record[value[0]])
		}
		rows = append(rows, accuracy.Row{Point: p, Percent: percent})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no row has an accuracy in column %s", column)
	}
	return rows, nil
}

// csvTable is a CSV file whose header was read.
type csvTable struct {
	reader *csv.Reader
	header []string
}

// newTable reads the header of a CSV file, decompressing it when it is gzip.
func newTable(content []byte) (*csvTable, error) {
	var r io.Reader = bytes.NewReader(content)
	if bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		r = &bounded{r: z, left: MaxTableBytes}
	}
	t := &csvTable{reader: csv.NewReader(bufio.NewReader(r))}
	t.reader.ReuseRecord = true
	header, err := t.reader.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	t.header = slices.Clone(header)
	return t, nil
}

// columns is the indices of named columns; the error of missing ones lists those that there are.
func (t *csvTable) columns(names ...string) (indices []int, err error) {
	var errs []error
	for _, name := range names {
		at := slices.Index(t.header, name)
		if at < 0 {
			errs = append(errs, fmt.Errorf("the header lacks a column: %w", suggest.Unknown("column", name, t.header)))
		}
		indices = append(indices, at)
	}
	return indices, errors.Join(errs...)
}

// each calls f for every row; an error gets the line.
func (t *csvTable) each(f func(record []string) error) error {
	for {
		record, err := t.reader.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(record); err != nil {
			line, _ := t.reader.FieldPos(0)
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// bounded is a reader of at most left bytes; more are an error.
type bounded struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("more than %d bytes after decompression", MaxTableBytes)
	}
	return n, err
}
