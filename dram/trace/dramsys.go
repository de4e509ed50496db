package trace

import (
	"bytes"
	"fmt"
	"math"
)

func (r *Reader) dramsys(f fields) (Request, error) {
	clock, err := r.clockTime(stamp(f))
	if err != nil {
		return Request{}, err
	}
	return r.access(clock, f)
}

func (r *Reader) dramsysRelative(f fields) (Request, error) {
	clocks, err := r.number("clock", stamp(f), 10)
	if err != nil {
		return Request{}, err
	}
	if clocks > uint64(math.MaxInt64-r.clock) {
		return Request{}, r.fault("clock", f.at[0], fmt.Sprintf("makes more than 2^63-1 with the clock %d of the request above", r.clock))
	}
	return r.access(r.clock+int64(clocks), f)
}

// stamp is the first field of a line without its colon.
func stamp(f fields) []byte { return bytes.TrimSuffix(f.at[0], []byte(":")) }

// access parses what follows the clock.
func (r *Reader) access(clock int64, f fields) (Request, error) {
	op, length := 1, f.at[1]
	sized := len(length) > 2 && length[0] == '(' && length[len(length)-1] == ')'
	if sized {
		op = 2
	}
	q := Request{Cycle: clock}
	switch string(f.at[op]) {
	case "read":
	case "write":
		q.Write = true
	default:
		return Request{}, r.fault("operation", f.at[op], "is not read or write")
	}
	var err error
	if q.Address, err = r.hexAddress(f.at[op+1]); err != nil {
		return Request{}, err
	}
	if f.count > op+2 {
		if err := r.data(q, f, op+2); err != nil {
			return Request{}, err
		}
	}
	if !sized {
		return q, nil
	}
	n, err := r.number("length", length[1:len(length)-1], 10)
	if err != nil {
		return Request{}, err
	}
	return r.transfer(q, n, length)
}

// data accepts one last field with the data of a write, which mean nothing to a timing model.
func (r *Reader) data(q Request, f fields, at int) error {
	data := f.at[at]
	switch {
	case f.count > at+1:
		return r.fault("number of fields", nil, fmt.Sprintf("is %s, not at most %d", f.size(), at+1))
	case !q.Write:
		return r.fault("field", data, "follows a read")
	}
	digits, marked := cutHex(data)
	digit := func(c rune) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
	if !marked || len(digits) == 0 || bytes.IndexFunc(digits, func(c rune) bool { return !digit(c) }) >= 0 {
		return r.fault("data", data, "is no hexadecimal number with 0x")
	}
	return nil
}
