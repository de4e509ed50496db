package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Reader reads a dataset. It serves one goroutine; walks may be nested.
type Reader struct {
	dir   string
	doc   document
	parts []*openPart

	keep func(*Record) bool // see Only; nil = all rows

	roles                  []role // parallel to the columns
	params, metrics        []Column
	objectives, violations int // columns
}

// openPart is one part that is open for reading.
type openPart struct {
	path string
	file *os.File
	tree *parquet.File
}

// Open opens the dataset in the folder dir. A part that is cut short, missing, not Parquet, of another schema version or of another dataset
// is one error that names the file.
func Open(dir string) (*Reader, error) {
	paths, err := partPaths(dir)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("dataset: %s: no dataset: it holds no %s: %w", dir, partName(0), fs.ErrNotExist)
	}
	r := &Reader{dir: dir}
	for i, path := range paths {
		if err := r.add(i, path, len(paths)); err != nil {
			return nil, errors.Join(fmt.Errorf("dataset: %w", err), r.Close())
		}
	}
	return r, nil
}

// Close closes the files.
func (r *Reader) Close() error {
	var errs []error
	for _, p := range r.parts {
		errs = append(errs, p.file.Close())
	}
	return errors.Join(errs...)
}

// Only reads the rows that keep wants, from the same open files: walks and exports leave out the others, Len counts them.
func (r *Reader) Only(keep func(*Record) bool) *Reader {
	few := *r
	few.keep = keep
	return &few
}

// Columns lists the columns in their order; the slice must not be changed.
func (r *Reader) Columns() []Column { return r.doc.Columns }

// Studies lists the studies in their order; the slice must not be changed.
func (r *Reader) Studies() []StudyInfo { return r.doc.Studies }

// Len is the number of rows.
func (r *Reader) Len() int {
	n := int64(0)
	for _, p := range r.parts {
		n += p.tree.NumRows()
	}
	return int(n)
}

// add opens the part with an index, one of n files.
func (r *Reader) add(index int, path string, n int) error {
	if want := filepath.Join(r.dir, partName(index)); path != want {
		return fmt.Errorf("%s is missing: the next part is %s", want, filepath.Base(path))
	}
	p, err := openParquet(path)
	if err != nil {
		return err
	}
	r.parts = append(r.parts, p)
	version, ok := p.tree.Lookup(versionKey)
	if !ok {
		return fmt.Errorf("%s: a Parquet file, but not of a dataset: it has no %s", path, versionKey)
	}
	if version != SchemaVersion {
		return fmt.Errorf("%s: schema version %q is not %q, the only one that this program reads", path, version, SchemaVersion)
	}
	text, _ := p.tree.Lookup(documentKey)
	if index == 0 {
		if r.doc, err = parseDocument(text); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		r.setColumns()
	} else if first, _ := r.parts[0].tree.Lookup(documentKey); text != first {
		return fmt.Errorf("%s: a part of another dataset than %s", path, filepath.Base(r.parts[0].path))
	}
	if err := p.checkColumns(r.doc.Columns); err != nil {
		return err
	}
	if part, _ := p.tree.Lookup(partKey); part != strconv.Itoa(index) {
		return fmt.Errorf("%s: it is part %q by its metadata", path, part)
	}
	if parts, last := p.tree.Lookup(partsKey); last != (index == n-1) {
		if last {
			return fmt.Errorf("%s: the last of %s parts, but %d are there", path, parts, n)
		}
		return fmt.Errorf("%s is missing: %s is not the last part", filepath.Join(r.dir, partName(n)), filepath.Base(path))
	}
	return nil
}

// setColumns sorts the columns by their roles.
func (r *Reader) setColumns() {
	for _, c := range r.doc.Columns {
		r.roles = append(r.roles, c.role())
	}
	r.params, r.metrics = withRole(r.doc.Columns, roleParam), withRole(r.doc.Columns, roleMetric)
	r.objectives = len(withRole(r.doc.Columns, roleObjective))
	r.violations = len(withRole(r.doc.Columns, roleViolation))
}

// checkColumns reports a file whose columns are not the declared ones.
func (p *openPart) checkColumns(columns []Column) error {
	schema, err := parquetSchema(columns)
	if err != nil {
		return fmt.Errorf("%s: %w", p.path, err)
	}
	got, want := p.tree.Schema().Fields(), schema.Fields()
	same := slices.EqualFunc(got, want, func(a, b parquet.Field) bool {
		return a.Name() == b.Name() && a.Leaf() && a.Optional() == b.Optional() && !a.Repeated() && a.Type().Kind() == b.Type().Kind()
	})
	if !same {
		return fmt.Errorf("%s: its columns are not those that its metadata declares", p.path)
	}
	return nil
}

// openParquet opens a Parquet file whose ends are there.
func openParquet(path string) (*openPart, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	tree, err := parseParquet(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: not a whole Parquet file: %w", path, err), file.Close())
	}
	return &openPart{path, file, tree}, nil
}

// parseParquet reads the footer. The file's ends are checked first, since the library trusts the footer's length.
func parseParquet(file *os.File) (tree *parquet.File, err error) {
	const magic, tail = "PAR1", 8
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	ends := make([]byte, len(magic)+tail)
	if info.Size() < int64(len(ends)) {
		return nil, fmt.Errorf("%d bytes", info.Size())
	}
	if _, err := file.ReadAt(ends[:len(magic)], 0); err != nil {
		return nil, err
	}
	if _, err := file.ReadAt(ends[len(magic):], info.Size()-tail); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(string(ends), magic) {
		return nil, fmt.Errorf("it does not start with %q", magic)
	}
	if !strings.HasSuffix(string(ends), magic) {
		return nil, fmt.Errorf("it does not end with %q: cut short", magic)
	}
	if n := int64(binary.LittleEndian.Uint32(ends[len(magic):])); n > info.Size()-int64(len(ends)) {
		return nil, fmt.Errorf("a footer of %d bytes in a file of %d", n, info.Size())
	}
	defer recovered(&err)
	return parquet.OpenFile(file, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
}

// recovered turns a panic of the Parquet library, which some damaged files cause, into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("damaged: %v", p)
	}
}

// chunk reads one column of one row group, value by value.
type chunk struct {
	reader parquet.ColumnChunkValueReader
	buf    []parquet.Value
	at, n  int
}

// next is the next value; what it refers to is valid until the following call.
func (c *chunk) next() (parquet.Value, error) {
	for c.at == c.n {
		var err error
		c.at = 0
		if c.n, err = c.reader.ReadValues(c.buf); c.n == 0 && err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return parquet.Value{}, err
		}
	}
	c.at++
	return c.buf[c.at-1], nil
}
