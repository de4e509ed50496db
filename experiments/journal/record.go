package journal

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Record is one finished evaluation.
type Record struct {
	ID     int // of the trial: 0, 1, 2, …
	Point  space.Point
	Result simulators.Result
}

// MaxRecordBytes is the largest size of an encoded record; a study with larger ones, say with a reason of a megabyte, cannot be journalled.
const MaxRecordBytes = 1 << 20

const (
	minPayload = 2 // "complete" with a count below 128
	frameExtra = 8 // length and CRC
	maxFrame   = MaxRecordBytes + frameExtra
)

// kind is the first byte of a payload.
type kind uint8

const (
	kindValues kind = iota + 1
	kindInfeasible
	kindFailed
	kindComplete
)

// appendRecord appends a record's frame.
func appendRecord(dst []byte, id int, p space.Point, r *simulators.Result) []byte {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0, byte(kindOf(r)))
	dst = binary.AppendUvarint(dst, uint64(id))
	dst = binary.AppendUvarint(dst, uint64(len(p)))
	for _, level := range p {
		dst = binary.AppendUvarint(dst, uint64(level))
	}
	switch kindOf(r) {
	case kindFailed:
		dst = appendText(dst, r.Failed)
	case kindInfeasible:
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(r.Violation))
		dst = appendText(dst, r.Infeasible)
	default:
		dst = binary.AppendUvarint(dst, uint64(len(r.Values)))
		for _, v := range r.Values {
			dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
		}
	}
	return seal(dst, start)
}

// appendComplete appends the frame that ends a finished study of n records.
func appendComplete(dst []byte, n int) []byte {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0, byte(kindComplete))
	return seal(binary.AppendUvarint(dst, uint64(n)), start)
}

// seal fills in the length of the frame that began at start, and appends its CRC.
func seal(dst []byte, start int) []byte {
	binary.LittleEndian.PutUint32(dst[start:], uint32(len(dst)-start-4))
	return binary.LittleEndian.AppendUint32(dst, checksum(dst[start:]))
}

func appendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

func kindOf(r *simulators.Result) kind {
	switch {
	case r.Failed != "":
		return kindFailed
	case r.Infeasible != "":
		return kindInfeasible
	}
	return kindValues
}

// payloadOf is the payload of the frame that b starts with; false when there is no valid one.
func payloadOf(b []byte) ([]byte, bool) {
	if len(b) < minPayload+frameExtra {
		return nil, false
	}
	n := int64(binary.LittleEndian.Uint32(b))
	if n < minPayload || n > MaxRecordBytes || n+frameExtra > int64(len(b)) {
		return nil, false
	}
	return b[4 : 4+n], binary.LittleEndian.Uint32(b[4+n:]) == checksum(b[:4+n])
}

// decode is the inverse of appendRecord and appendComplete, on the payload. A "complete" payload gives its count as the ID.
func decode(payload []byte) (kind, Record, error) {
	d := decoder{rest: payload[1:]}
	k := kind(payload[0])
	rec := Record{ID: d.int()}
	if k != kindComplete {
		rec.Point = make(space.Point, d.count(1))
		for axis := range rec.Point {
			rec.Point[axis] = d.int()
		}
	}
	switch k {
	case kindValues:
		rec.Result.Values = make([]float64, d.count(8))
		for i := range rec.Result.Values {
			rec.Result.Values[i] = d.float()
		}
	case kindInfeasible:
		rec.Result.Violation = d.float()
		rec.Result.Infeasible = d.text()
	case kindFailed:
		rec.Result.Failed = d.text()
	case kindComplete:
	default:
		return k, Record{}, fmt.Errorf("a record of unknown kind %d", k)
	}
	if d.bad || len(d.rest) > 0 {
		return k, Record{}, fmt.Errorf("a record of kind %d that does not decode", k)
	}
	return k, rec, nil
}

// decoder takes a payload apart; bad is set, and zeros are returned, once it has run out.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) int() int {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 || v > math.MaxInt {
		d.rest, d.bad = nil, true
		return 0
	}
	d.rest = d.rest[n:]
	return int(v)
}

// count is a number of items of at least size bytes each, which must still fit into the rest.
func (d *decoder) count(size int) int {
	n := d.int()
	if n > len(d.rest)/size {
		d.rest, d.bad = nil, true
		return 0
	}
	return n
}

func (d *decoder) float() float64 {
	if len(d.rest) < 8 {
		d.rest, d.bad = nil, true
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(d.rest))
	d.rest = d.rest[8:]
	return v
}

func (d *decoder) text() string {
	n := d.count(1)
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}
