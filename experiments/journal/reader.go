package journal

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

// Reader reads a journal from its first record to its last, in constant memory. It serves one goroutine. A journal that is being written
// meanwhile is read up to the last whole record.
type Reader struct {
	path     string
	file     io.ReaderAt
	buffered *bufio.Reader
	frame    []byte // of the last record, reused
	offset   int64  // of the next frame
	next     int    // ID of the next record
	state    state
	err      error // with which reading ended
}

// state is how far a Reader has come.
type state uint8

const (
	reading  state = iota
	ended          // clean end without "complete"
	complete       // "complete" was read
	torn           // a torn tail begins at offset
)

const bufferBytes = 64 << 10

// Open opens a journal for reading. An identity that is not the journal's is an *IdentityError; nil accepts every one, for programs that only
// show what is there.
func Open(path string, identity []byte) (*Reader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	r, err := newReader(file, path, identity, bufferBytes)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return r, nil
}

// newReader checks the header. It reads so many bytes at a time.
func newReader(file io.ReaderAt, path string, identity []byte, buffer int) (*Reader, error) {
	r := &Reader{path: path, file: file}
	header, err := readHeader(r.from(0), path, identity)
	if err != nil {
		return nil, err
	}
	r.offset = header
	if header == 0 {
		r.state = torn
	}
	r.buffered = bufio.NewReaderSize(r.from(header), buffer)
	return r, nil
}

// continued reads on from a place that another Reader has come to.
func continued(file io.ReaderAt, path string, from place, buffer int) *Reader {
	r := &Reader{path: path, file: file, offset: from.offset, next: from.next}
	r.buffered = bufio.NewReaderSize(r.from(from.offset), buffer)
	return r
}

// place is where reading has come to. A torn tail that is whole when it is looked at again was a record being written.
func (r *Reader) place() place { return place{r.offset, r.next, r.state} }

// from is the file from an offset on.
func (r *Reader) from(offset int64) *io.SectionReader {
	return io.NewSectionReader(r.file, offset, 1<<62-offset)
}

// Next is the next record; false at the end. The record is the caller's to keep. An error ends the reading: it is returned by every later
// call as well.
func (r *Reader) Next() (Record, bool, error) {
	if r.state != reading || r.err != nil {
		return Record{}, false, r.err
	}
	rec, ok, err := r.read()
	r.err = err
	return rec, ok, err
}

// Records walks the records that Next has not given yet; an error ends the walk and is yielded once, last.
func (r *Reader) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			rec, ok, err := r.Next()
			if err != nil {
				yield(Record{}, err)
				return
			}
			if !ok || !yield(rec, nil) {
				return
			}
		}
	}
}

// Complete tells whether reading ended at the mark of a finished study.
func (r *Reader) Complete() bool { return r.state == complete }

// Len is the number of records read so far.
func (r *Reader) Len() int { return r.next }

// Close closes the file.
func (r *Reader) Close() error {
	closer, ok := r.file.(io.Closer)
	if !ok {
		return nil
	}
	if err := closer.Close(); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// read reads one frame and checks its place.
func (r *Reader) read() (Record, bool, error) {
	payload, defect, err := r.readFrame()
	if err != nil {
		return Record{}, false, err
	}
	if defect == "" && payload == nil {
		r.state = ended
		return Record{}, false, nil
	}
	var k kind
	var rec Record
	if defect == "" {
		if k, rec, err = decode(payload); err != nil {
			defect = err.Error()
		}
	}
	if defect != "" {
		return Record{}, false, r.endAt(defect)
	}
	if rec.ID != r.next {
		if k == kindComplete {
			return Record{}, false, r.corrupt(fmt.Sprintf("complete with %d records after %d", rec.ID, r.next))
		}
		return Record{}, false, r.corrupt(fmt.Sprintf("record %d out of order: %d was expected", rec.ID, r.next))
	}
	r.offset += int64(len(payload)) + frameExtra
	if k == kindComplete {
		return Record{}, false, r.finish()
	}
	r.next++
	return rec, true, nil
}

// readFrame reads the next frame's payload into the reused buffer: nil at the end of the file, a defect in words when it is not valid.
func (r *Reader) readFrame() (payload []byte, defect string, err error) {
	r.frame = append(r.frame[:0], 0, 0, 0, 0)
	n, err := io.ReadFull(r.buffered, r.frame)
	if err == io.EOF {
		return nil, "", nil
	}
	if err == nil {
		length := binary.LittleEndian.Uint32(r.frame)
		if length < minPayload || length > MaxRecordBytes {
			return nil, fmt.Sprintf("a record length of %d out of range [%d, %d]", length, minPayload, MaxRecordBytes), nil
		}
		if need := int(length) + frameExtra; cap(r.frame) < need {
			r.frame = append(make([]byte, 0, need), r.frame...)
		}
		r.frame = r.frame[:int(length)+frameExtra]
		n, err = io.ReadFull(r.buffered, r.frame[4:])
		n += 4
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil, fmt.Sprintf("a record cut short after %d bytes", n), nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("journal: %s: %w", r.path, err)
	}
	payload, ok := payloadOf(r.frame)
	if !ok {
		return nil, "a record with a wrong checksum", nil
	}
	return payload, "", nil
}

// endAt decides what a defect at the current offset is: the torn tail when no valid frame begins anywhere behind it, else corruption. A frame that is
// valid by now was still being written when it was read.
func (r *Reader) endAt(defect string) error {
	window := make([]byte, 2*maxFrame)
	for at := r.offset + 1; ; at += maxFrame {
		n, err := r.file.ReadAt(window, at)
		if err != nil && err != io.EOF {
			return fmt.Errorf("journal: %s: %w", r.path, err)
		}
		for i := range min(n, maxFrame) {
			if !beginsFrame(window[i:n]) {
				continue
			}
			if written, err := r.validAt(r.offset); written || err != nil {
				r.state = torn
				return err
			}
			return r.corrupt(defect)
		}
		if n <= maxFrame {
			r.state = torn
			return nil
		}
	}
}

// validAt tells whether a valid frame begins at an offset.
func (r *Reader) validAt(offset int64) (bool, error) {
	frame := make([]byte, maxFrame)
	n, err := r.file.ReadAt(frame, offset)
	if err != nil && err != io.EOF {
		return false, fmt.Errorf("journal: %s: %w", r.path, err)
	}
	return beginsFrame(frame[:n]), nil
}

// beginsFrame tells whether b starts with a valid frame.
func beginsFrame(b []byte) bool {
	payload, ok := payloadOf(b)
	if !ok {
		return false
	}
	_, _, err := decode(payload)
	return err == nil
}

// finish handles the mark of a finished study: nothing may follow it.
func (r *Reader) finish() error {
	switch _, err := r.buffered.ReadByte(); {
	case err == nil:
		return r.corrupt("data after the end of a complete study")
	case err != io.EOF:
		return fmt.Errorf("journal: %s: %w", r.path, err)
	}
	r.state = complete
	return nil
}

func (r *Reader) corrupt(reason string) error {
	return &CorruptError{Path: r.path, Offset: r.offset, Reason: reason}
}
