package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// output is what a Writer needs of *os.File.
type output interface {
	io.WriteCloser
	Sync() error
}

// Writer appends to a journal. It serves one goroutine.
//
// After an error of Record, Sync or Finish the file may end in a part of a frame: every later call but Close returns that error again, and
// Resume cuts the part off.
type Writer struct {
	path     string
	file     output
	buf      []byte // of the last frame, reused
	next     int    // ID of the next record
	complete bool
	err      error
}

// Create makes a new journal at path. It never overwrites: a file that is there is an error that matches fs.ErrExist.
func Create(path string, identity []byte) (*Writer, error) {
	if err := checkIdentity(path, identity); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	w := &Writer{path: path, file: file}
	err = errors.Join(w.write(appendHeader(nil, identity)), w.Sync(), syncFolder(path))
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

// syncFolder makes the file's name survive a power loss.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Record appends the evaluation of trial id, in one write. IDs are 0, 1, 2, … in this order. It keeps nothing of its arguments.
func (w *Writer) Record(id int, p space.Point, r simulators.Result) error {
	if err := w.usable(); err != nil {
		return err
	}
	if id != w.next {
		return fmt.Errorf("journal: %s: record %d out of order: the next one is %d", w.path, id, w.next)
	}
	for axis, level := range p {
		if level < 0 {
			return fmt.Errorf("journal: %s: record %d: level %d of axis %d is negative", w.path, id, level, axis)
		}
	}
	w.buf = appendRecord(w.buf[:0], id, p, &r)
	if n := len(w.buf) - frameExtra; n > MaxRecordBytes {
		return fmt.Errorf("journal: %s: record %d of %d bytes exceeds %d", w.path, id, n, MaxRecordBytes)
	}
	if err := w.write(w.buf); err != nil {
		return err
	}
	w.next++
	return nil
}

// Sync makes everything recorded so far survive a power loss.
func (w *Writer) Sync() error {
	if w.err != nil {
		return w.err
	}
	if err := w.file.Sync(); err != nil {
		w.err = fmt.Errorf("journal: %w", err)
	}
	return w.err
}

// Finish marks the study as complete and syncs. No record can follow; finishing twice changes nothing.
func (w *Writer) Finish() error {
	if w.complete {
		return w.err
	}
	if err := w.usable(); err != nil {
		return err
	}
	w.buf = appendComplete(w.buf[:0], w.next)
	if err := w.write(w.buf); err != nil {
		return err
	}
	w.complete = true
	return w.Sync()
}

// Len is the number of records in the journal.
func (w *Writer) Len() int { return w.next }

// Close closes the file without a sync.
func (w *Writer) Close() error {
	if err := w.file.Close(); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// usable tells whether a record may follow.
func (w *Writer) usable() error {
	if w.err == nil && w.complete {
		return fmt.Errorf("journal: %s: complete with %d records: nothing can follow", w.path, w.next)
	}
	return w.err
}

// write writes one frame; a part of it is an error that stays.
func (w *Writer) write(frame []byte) error {
	n, err := w.file.Write(frame)
	if err == nil && n < len(frame) {
		err = fmt.Errorf("%s: %w", w.path, io.ErrShortWrite)
	}
	if err != nil {
		w.err = fmt.Errorf("journal: %w", err)
	}
	return w.err
}
