package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// Writer writes a dataset, study by study. It serves one goroutine. Memory is one page of every column and one compressed row group,
// however many rows there are.
type Writer struct {
	dir     string
	studies []Study
	doc     document
	layout  layout

	page    page
	part    *part // nil between two parts
	parts   int   // begun so far
	written int   // rows in the current part, those of the page not counted

	encoding encoding // of the current study
	study    int      // index of the current study; -1 before the first
	trial    int      // last trial of the current study; -1 before the first
	run      int      // row of the page where the current study begins
	err      error
}

// encoding turns rows of one study, which it holds one at a time, into the columns of the dataset.
type encoding interface {
	check() error                        // reports a row that does not fit the study
	put(columns []column, at int)        // sets row at of every column that is not constant in the study
	fill(columns []column, from, to int) // sets rows from to to of the constant columns
}

// Create begins the dataset of the studies, which will be the folder dir: it appears, complete, on Close. Until then the parts are written
// to dir + ".partial", where the leftovers of a writer that was killed are removed first. An existing dir that is not an empty folder is an
// error that matches fs.ErrExist.
func Create(dir string, studies []Study) (*Writer, error) {
	doc, err := describe(studies)
	if err != nil {
		return nil, err
	}
	w, err := create(dir, doc)
	if err != nil {
		return nil, err
	}
	w.studies = studies
	return w, nil
}

// create begins a dataset of the studies that a document describes.
func create(dir string, doc document) (*Writer, error) {
	if err := checkVacant(dir); err != nil {
		return nil, err
	}
	w := &Writer{dir: filepath.Clean(dir), doc: doc, study: -1}
	w.setLayout(version1())
	if err := removeParts(w.partial()); err != nil {
		return nil, err
	}
	if err := os.Mkdir(w.partial(), 0o755); err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	return w, nil
}

// setLayout changes the layout before the first row.
func (w *Writer) setLayout(l layout) { w.layout, w.page = l, newPage(w.doc.Columns, l.pageRows) }

func (w *Writer) partial() string { return w.dir + ".partial" }

// checkVacant reports a dir that holds something.
func checkVacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s: the folder is not empty: %w", dir, fs.ErrExist)
	}
	if err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	return nil
}

// removeParts removes a folder of parts; one with anything else in it is an error.
func removeParts(dir string) error {
	parts, err := partPaths(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	for _, path := range parts {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("dataset: %w", err)
		}
	}
	if err := os.Remove(dir); err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	return nil
}

// Write appends rows of one study. Studies come in ascending order and the trials of a study in ascending ID order, in one call or in
// several: the bytes do not depend on how the rows are dealt out to calls. Rows are copied. An error, of the sequence too, ends the
// writing: every later call but Abort returns it again.
func (w *Writer) Write(study int, rows iter.Seq2[Row, error]) error {
	if w.err != nil {
		return w.err
	}
	e, _ := w.encoding.(*encoder)
	if study != w.study && study >= 0 && study < len(w.studies) {
		e = newEncoder(&w.doc, study, &w.studies[study])
	}
	if w.err = w.begin(study, e); w.err != nil {
		return w.err
	}
	for row, err := range rows {
		if err == nil {
			e.row = row
			err = w.add(row.Trial)
		}
		if err != nil {
			w.err = fmt.Errorf("dataset: %s: study %d: %w", w.dir, study, err)
			return w.err
		}
	}
	return nil
}

// begin makes the study the current one.
func (w *Writer) begin(study int, e encoding) error {
	if study < 0 || study >= len(w.doc.Studies) {
		return fmt.Errorf("dataset: %s: study %d out of range [0, %d)", w.dir, study, len(w.doc.Studies))
	}
	if study < w.study {
		return fmt.Errorf("dataset: %s: study %d after study %d: they come in ascending order", w.dir, study, w.study)
	}
	if study > w.study {
		w.endRun()
		w.encoding, w.study, w.trial = e, study, -1
	}
	return nil
}

// endRun completes the page's rows of the current study.
func (w *Writer) endRun() {
	if w.encoding != nil {
		w.encoding.fill(w.page.columns, w.run, w.page.rows)
	}
	w.run = w.page.rows
}

// add appends the row that the encoding holds.
func (w *Writer) add(trial int) error {
	if trial <= w.trial {
		return fmt.Errorf("trial %d after trial %d: they come in ascending order", trial, w.trial)
	}
	if err := w.encoding.check(); err != nil {
		return fmt.Errorf("trial %d: %w", trial, err)
	}
	if w.written == w.layout.partRows() {
		if err := w.endPart(false); err != nil {
			return err
		}
	}
	w.trial = trial
	w.encoding.put(w.page.columns, w.page.rows)
	if w.page.rows++; w.page.rows == w.layout.pageRows {
		return w.flush()
	}
	return nil
}

// flush writes the page, and a row group with its last page.
func (w *Writer) flush() error {
	w.endRun()
	if w.part == nil {
		var err error
		if w.part, err = newPart(w.partial(), w.parts, &w.doc); err != nil {
			return err
		}
		w.parts++
	}
	w.written += w.page.rows
	w.run = 0
	return w.part.write(&w.page, w.written%w.layout.groupRows() == 0)
}

// endPart completes the current part. Only the last part names the number of parts, so that a missing one is noticed.
func (w *Writer) endPart(last bool) error {
	if last {
		w.part.setParts(w.parts)
	}
	err := w.part.close()
	w.part, w.written = nil, 0
	return err
}

// Close completes the dataset: it appears under its name, whole. A dataset without rows has one part without rows.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.close()
	}
	if err := w.err; err != nil {
		return errors.Join(err, w.Abort())
	}
	w.err = fmt.Errorf("dataset: %s: closed", w.dir)
	return nil
}

func (w *Writer) close() error {
	if w.page.rows > 0 || w.part == nil {
		if err := w.flush(); err != nil {
			return fmt.Errorf("dataset: %s: %w", w.dir, err)
		}
	}
	if err := w.endPart(true); err != nil {
		return fmt.Errorf("dataset: %s: %w", w.dir, err)
	}
	if err := syncFolder(w.partial()); err != nil {
		return err
	}
	if err := os.Remove(w.dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // an empty folder may be there
		return fmt.Errorf("dataset: %w", err)
	}
	if err := os.Rename(w.partial(), w.dir); err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	return syncFolder(filepath.Dir(w.dir))
}

// Abort gives the dataset up and removes what was written of it. After Close it does nothing.
func (w *Writer) Abort() error {
	if w.part != nil {
		w.part.file.Close() // its content is not wanted
		w.part = nil
	}
	if w.err == nil {
		w.err = fmt.Errorf("dataset: %s: aborted", w.dir)
	}
	return removeParts(w.partial())
}

// syncFolder makes the names in a folder survive a power loss.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	return nil
}
