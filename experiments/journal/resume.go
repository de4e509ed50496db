package journal

import (
	"errors"
	"fmt"
	"os"
)

// Resumed is an interrupted journal, whole again.
type Resumed struct {
	Reader       *Reader // reads the kept records from the first on: what a replay consumes
	Writer       *Writer // appends behind them; the caller records what comes after the replay. It refuses when Complete
	Kept         int     // records
	DroppedBytes int64   // length of the torn tail that was cut off; 0 = the end was clean
	Complete     bool    // the study had finished
}

// Resume opens an interrupted journal to replay its records and then to append. The whole file is checked first: a torn tail is cut off and
// reported; corruption is a *CorruptError and another identity an *IdentityError, both without any change to the file.
func Resume(path string, identity []byte) (*Resumed, error) {
	if err := checkIdentity(path, identity); err != nil {
		return nil, err
	}
	end, err := survey(path, identity)
	if err != nil {
		return nil, err
	}
	res := &Resumed{Kept: end.next, Complete: end.state == complete}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	res.Writer = &Writer{path: path, file: file, next: end.next, complete: res.Complete}
	if end.state == torn {
		res.DroppedBytes, err = res.Writer.cut(file, end.offset, identity)
	}
	if err == nil {
		res.Reader, err = Open(path, identity)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return res, nil
}

// Close closes the reader and the writer.
func (r *Resumed) Close() error { return errors.Join(r.Reader.Close(), r.Writer.Close()) }

// survey reads a journal to its end.
func survey(path string, identity []byte) (*Reader, error) {
	r, err := Open(path, identity)
	if err != nil {
		return nil, err
	}
	for _, err = range r.Records() {
		if err != nil {
			break
		}
	}
	return r, errors.Join(err, r.Close())
}

// cut removes everything from offset on, and writes the header again if nothing is left.
func (w *Writer) cut(file *os.File, offset int64, identity []byte) (dropped int64, err error) {
	info, err := file.Stat()
	if err != nil {
		return 0, fmt.Errorf("journal: %w", err)
	}
	if err := file.Truncate(offset); err != nil {
		return 0, fmt.Errorf("journal: %w", err)
	}
	if offset == 0 {
		if err := w.write(appendHeader(nil, identity)); err != nil {
			return 0, err
		}
	}
	return info.Size() - offset, w.Sync()
}
