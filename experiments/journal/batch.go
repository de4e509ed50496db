package journal

import (
	"fmt"
	"iter"
)

// Append appends a record as one frame, the same bytes that a journal holds of it.
func Append(dst []byte, rec Record) []byte { return appendRecord(dst, rec.ID, rec.Point, &rec.Result) }

// Frames walks the records of a batch: frames one after the other, made by Append. An error ends the walk and is yielded once, last.
func Frames(batch []byte) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for at := 0; at < len(batch); {
			payload, ok := payloadOf(batch[at:])
			if !ok {
				yield(Record{}, fmt.Errorf("journal: a batch of %d bytes has no whole record at byte %d", len(batch), at))
				return
			}
			k, rec, err := decode(payload)
			if err == nil && k == kindComplete {
				err = fmt.Errorf("a mark of a finished study is no record")
			}
			if err != nil {
				yield(Record{}, fmt.Errorf("journal: byte %d of a batch: %w", at, err))
				return
			}
			if !yield(rec, nil) {
				return
			}
			at += len(payload) + frameExtra
		}
	}
}
