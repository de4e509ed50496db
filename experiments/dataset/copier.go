package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// copier turns the records of one study of an earlier dataset into the columns of another one that has at least its columns.
type copier struct {
	record     *Record // the one to put
	constants  []cell  // columns with one value for the whole study: its own, and null for those of other datasets
	params     []copied
	metrics    []int // column of each metric of the reader
	objectives []int
	violations []int
	infeasible int
	failed     int
}

// copied is the column of a parameter.
type copied struct {
	column int
	typ    Type
}

// newCopier is for the records of a reader in the study with an index in the document.
func newCopier(doc *document, index int, from *Reader) *copier {
	c := &copier{}
	used := make([]bool, len(doc.Columns))
	column := func(name string) int {
		at := slices.IndexFunc(doc.Columns, func(c Column) bool { return c.Name == name })
		used[at] = true
		return at
	}
	for at, v := range doc.Studies[index].values() {
		c.constants = append(c.constants, cell{at, required(v)})
		used[at] = true
	}
	used[trialColumn], used[givenColumn] = true, true
	for _, p := range from.params {
		at := column(p.Name)
		c.params = append(c.params, copied{at, doc.Columns[at].Type})
	}
	for _, m := range from.metrics {
		c.metrics = append(c.metrics, column(m.Name))
	}
	for n := range doc.columns(objectivePrefix) {
		c.objectives = append(c.objectives, column(fmt.Sprint(objectivePrefix, n)))
	}
	for n := range doc.columns(violationPrefix) {
		c.violations = append(c.violations, column(fmt.Sprint(violationPrefix, n)))
	}
	c.infeasible, c.failed = column("infeasible"), column("failed")
	for at := range used {
		if !used[at] {
			c.constants = append(c.constants, cell{at, null(at)})
		}
	}
	return c
}

// check finds nothing: what was read from a dataset fits one.
func (c *copier) check() error { return nil }

func (c *copier) put(columns []column, at int) {
	r := c.record
	columns[trialColumn].values[at] = parquet.Int64Value(int64(r.Trial))
	columns[givenColumn].values[at] = parquet.BooleanValue(r.Given)
	for i, p := range c.params {
		columns[p.column].values[at] = p.value(r.Params[i])
	}
	putRecord(columns, at, c.metrics, r.Metrics)
	putRecord(columns, at, c.objectives, r.Objectives)
	putRecord(columns, at, c.violations, r.Violations)
	columns[c.infeasible].values[at] = reason(r.Infeasible, c.infeasible)
	columns[c.failed].values[at] = reason(r.Failed, c.failed)
}

func (c *copier) fill(columns []column, from, to int) {
	for _, constant := range c.constants {
		columns[constant.column].fill(from, to, constant.value)
	}
}

// value is a parameter's value in the column. A number in a column of texts is written as its level is named.
func (p copied) value(v any) parquet.Value {
	switch v := v.(type) {
	case float64:
		if p.typ == Double {
			return double(v, p.column)
		}
		return text(strconv.FormatFloat(v, 'g', -1, 64), p.column)
	case string:
		return text(v, p.column)
	}
	return null(p.column)
}

// putRecord sets one row of some columns; numbers that the record lacks are null.
func putRecord(columns []column, at int, in []int, numbers []float64) {
	putNumbers(columns, at, in[:min(len(in), len(numbers))], numbers)
	if len(numbers) < len(in) {
		putNumbers(columns, at, in[len(numbers):], nil)
	}
}

// columns counts the columns whose names start with a prefix.
func (d *document) columns(prefix string) int {
	n := 0
	for _, c := range d.Columns {
		if len(c.Name) > len(prefix) && c.Name[:len(prefix)] == prefix {
			n++
		}
	}
	return n
}

// Rewrite writes the rows of some datasets that keep tells, or all where it is nil, as one new dataset: the studies of the first, then those
// of the second, and so on, each with the columns of all. Studies that lose all their rows stay listed. Units that differ are left out: see
// Conflicts.
func Rewrite(dir string, from []*Reader, keep func(source int, r *Record) bool) error {
	doc, err := unitedDocument(from)
	if err != nil {
		return err
	}
	w, err := create(dir, doc)
	if err != nil {
		return err
	}
	first := 0
	for source, r := range from {
		if err := w.copyFrom(r, first, func(rec *Record) bool { return keep == nil || keep(source, rec) }); err != nil {
			return errors.Join(err, w.Abort())
		}
		first += len(r.Studies())
	}
	return w.Close()
}

// copyFrom appends the kept rows of a reader, whose study 0 is the one with the index first here.
func (w *Writer) copyFrom(r *Reader, first int, keep func(*Record) bool) error {
	var c *copier
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		if !keep(&rec) {
			continue
		}
		study := first + rec.Study
		if study != w.study {
			c = newCopier(&w.doc, study, r)
			if err := w.begin(study, c); err != nil {
				return err
			}
		}
		c.record = &rec
		if err := w.add(rec.Trial); err != nil {
			return fmt.Errorf("dataset: %s: study %d: %w", w.dir, study, err)
		}
	}
	return nil
}

// unitedDocument lists the columns and studies of several datasets.
func unitedDocument(from []*Reader) (document, error) {
	var doc document
	var params, metrics []Column
	objectives, violations := 0, 0
	for _, r := range from {
		for _, s := range r.Studies() {
			s.Index = len(doc.Studies)
			doc.Studies = append(doc.Studies, s)
		}
		for _, c := range r.params {
			params = unite(params, c)
		}
		for _, c := range r.metrics {
			metrics = unite(metrics, c)
		}
		objectives, violations = max(objectives, r.objectives), max(violations, r.violations)
	}
	err := doc.complete(params, metrics, objectives, violations)
	return doc, err
}
