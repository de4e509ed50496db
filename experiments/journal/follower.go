package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
)

// Follower reads a journal that grows: each walk takes up where the last one ended, and no record is read twice. It keeps no file open between walks, and
// never writes. It serves one goroutine.
type Follower struct {
	path     string
	identity []byte
	place    place
	seen     int64 // size of the file at the last walk that came to its end
}

// place is where the next frame of a journal begins.
type place struct {
	offset int64
	next   int // ID of the next record
	state  state
}

// ReplacedError says that a journal is shorter than what was read of it: another run has begun in its folder.
type ReplacedError struct {
	Path       string
	Size, Read int64 // bytes
}

// Error names the file.
func (e *ReplacedError) Error() string {
	return fmt.Sprintf("journal: %s: %d bytes where %d were read before: it was replaced", e.Path, e.Size, e.Read)
}

// Follow reads the journal at path from its first record on. The file may not be there yet. A nil identity accepts every journal.
func Follow(path string, identity []byte) *Follower { return &Follower{path: path, identity: identity} }

// Records walks the whole records that were written since the last walk; a walk that is left early is taken up behind the last record that it gave. An error
// ends the walk and is yielded once, last. A record that is being written, or that a killed process has left cut short, is not one yet.
func (f *Follower) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		r, size, err := f.open()
		if err != nil {
			yield(Record{}, err)
			return
		}
		if r == nil {
			return
		}
		defer r.Close() // read only
		for {
			rec, ok, err := r.Next()
			if f.place = r.place(); err != nil {
				yield(Record{}, err)
				return
			}
			if !ok {
				f.seen = size
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// Complete tells whether the mark of a finished study was read.
func (f *Follower) Complete() bool { return f.place.state == complete }

// Len is the number of records read so far.
func (f *Follower) Len() int { return f.place.next }

// open opens the journal where the last walk ended; nil when there is nothing new.
func (f *Follower) open() (r *Reader, size int64, err error) {
	if f.Complete() {
		return nil, 0, nil
	}
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.place.offset == 0:
		return nil, 0, nil
	case err != nil:
		return nil, 0, fmt.Errorf("journal: %w", err)
	case info.Size() < f.place.offset:
		return nil, 0, &ReplacedError{f.path, info.Size(), f.place.offset}
	case info.Size() == f.seen:
		return nil, 0, nil
	}
	file, err := os.Open(f.path)
	if err != nil {
		return nil, 0, fmt.Errorf("journal: %w", err)
	}
	buffer := int(min(info.Size()-f.place.offset+1, bufferBytes)) // most journals are short, or have grown by little
	if f.place.offset > 0 {
		return continued(file, f.path, f.place, buffer), info.Size(), nil
	}
	if r, err = newReader(file, f.path, f.identity, buffer); err != nil {
		err = errors.Join(err, file.Close())
	}
	return r, info.Size(), err
}
