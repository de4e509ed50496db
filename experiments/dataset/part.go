package dataset

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// part is one Parquet file that is being written.
type part struct {
	file   *os.File
	writer *parquet.GenericWriter[any]
}

// partName is the file name of a part.
func partName(index int) string { return fmt.Sprintf("part-%05d.parquet", index) }

// partPaths lists the parts in a folder by name.
func partPaths(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, e := range entries {
		if ok, _ := filepath.Match("part-*.parquet", e.Name()); ok {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

func newPart(dir string, index int, doc *document) (*part, error) {
	options, err := doc.options(index)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, partName(index)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &part{file, parquet.NewGenericWriter[any](file, options...)}, nil
}

// write appends a page of every column; endGroup ends the row group behind it.
func (p *part) write(rows *page, endGroup bool) error {
	if err := rows.writeTo(p.writer.ColumnWriters()); err != nil {
		return err
	}
	if endGroup {
		return p.writer.Flush()
	}
	return nil
}

// setParts marks the last part of n.
func (p *part) setParts(n int) { p.writer.SetKeyValueMetadata(partsKey, fmt.Sprint(n)) }

// close writes the footer, and makes the content survive a power loss.
func (p *part) close() error {
	if err := p.writer.Close(); err != nil {
		return errors.Join(err, p.file.Close())
	}
	return errors.Join(p.file.Sync(), p.file.Close())
}
