package trace

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// maxFields is one more than the longest line of any format has.
const maxFields = 6

// fields are the parts of a line; there may be more than are kept.
type fields struct {
	count int
	at    [maxFields][]byte
}

// split cuts a line, which has no space at its ends, at commas, or at spaces and tabs.
func split(line []byte, comma bool) fields {
	var f fields
	if comma {
		for more := true; more && f.count < maxFields; f.count++ {
			var field []byte
			field, line, more = bytes.Cut(line, []byte(","))
			f.at[f.count] = bytes.TrimSpace(field)
		}
		return f
	}
	for end := 0; end < len(line) && f.count < maxFields; f.count++ {
		start := end
		for line[start] == ' ' || line[start] == '\t' {
			start++
		}
		end = start
		for end < len(line) && line[end] != ' ' && line[end] != '\t' {
			end++
		}
		f.at[f.count] = line[start:end]
	}
	return f
}

// fault is the error for a value in the current line.
func (r *Reader) fault(what string, value []byte, why string) error {
	const shown = 40
	text := ""
	if value != nil {
		text = fmt.Sprintf(" %q", value[:min(len(value), shown)])
		if len(value) > shown {
			text += "..."
		}
	}
	return fmt.Errorf("trace: %s: line %d: %s%s %s; a line is %s", r.name, r.line, what, text, why, r.form)
}

// want refuses a line with another number of fields.
func (r *Reader) want(f fields, count int) error {
	if f.count == count {
		return nil
	}
	return r.fault("number of fields", nil, fmt.Sprintf("is %s, not %d", f.size(), count))
}

func (f fields) size() string {
	if f.count == maxFields {
		return fmt.Sprintf("%d or more", maxFields)
	}
	return strconv.Itoa(f.count)
}

// number is a decimal or hexadecimal number from 0 to 2^63-1.
func (r *Reader) number(what string, text []byte, base int) (uint64, error) {
	digits := text
	if base == 16 {
		if d, ok := cutHex(text); ok {
			digits = d
		}
	}
	v, err := strconv.ParseUint(string(digits), base, 63)
	switch {
	case err == nil:
		return v, nil
	case errors.Is(err, strconv.ErrRange):
		return 0, r.fault(what, text, "is above 2^63-1")
	case negative(text, base):
		return 0, r.fault(what, text, "is negative")
	case base == 16:
		return 0, r.fault(what, text, "is no hexadecimal number")
	default:
		return 0, r.fault(what, text, "is no decimal number")
	}
}

func negative(text []byte, base int) bool {
	_, err := strconv.ParseInt(string(text), base, 64)
	return len(text) > 0 && text[0] == '-' && (err == nil || errors.Is(err, strconv.ErrRange))
}

// cutHex takes off the mark of a hexadecimal number.
func cutHex(text []byte) ([]byte, bool) {
	if d, ok := bytes.CutPrefix(text, []byte("0x")); ok {
		return d, true
	}
	return bytes.CutPrefix(text, []byte("0X"))
}

// hexAddress is an address that is hexadecimal with or without 0x.
func (r *Reader) hexAddress(text []byte) (uint64, error) { return r.number("address", text, 16) }

// address is an address that is decimal without 0x.
func (r *Reader) address(text []byte) (uint64, error) {
	if _, ok := cutHex(text); ok {
		return r.number("address", text, 16)
	}
	return r.number("address", text, 10)
}

// clockTime is an arrival clock, not before the one of the request above.
func (r *Reader) clockTime(text []byte) (int64, error) {
	v, err := r.number("clock", text, 10)
	if err == nil && int64(v) < r.clock {
		err = r.fault("clock", text, fmt.Sprintf("is before the clock %d of the request above", r.clock))
	}
	return int64(v), err
}
