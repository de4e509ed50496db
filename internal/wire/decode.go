package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// decoder reads the fields of one message.
type decoder struct {
	fields []field
	tail   []byte // the binary arrays
	binary bool   // whether there may be any
	used   []span // of tail
	err    error  // the first mistake
}

// decode fills in m, whose type and id are taken care of, from all fields.
func (d *decoder) decode(m message) error {
	d.used, d.err = d.used[:0], nil
	m.fields(d)
	for _, f := range d.fields {
		if !f.seen && d.err == nil {
			d.err = suggest.Unknown("field", f.key, keysOf(m))
		}
	}
	return d.err
}

// take is the text of a field; false when it is absent, or something is wrong already.
func (d *decoder) take(key string, need need) ([]byte, bool) {
	if d.err != nil {
		return nil, false
	}
	for i := range d.fields {
		if d.fields[i].key == key {
			d.fields[i].seen = true
			return d.fields[i].text, true
		}
	}
	if need {
		d.err = fmt.Errorf("the field %q is missing", key)
	}
	return nil, false
}

// wrong keeps the first mistake.
func (d *decoder) wrong(key string, err error) {
	if err != nil && d.err == nil {
		d.err = fmt.Errorf("field %q: %w", key, err)
	}
}

// protocol is read before anything else of a hello: another version may have other fields.
func (d *decoder) protocol(v *int) {
	d.count("protocol", v, required)
	if d.err == nil && *v != Version {
		d.err = &VersionError{Theirs: *v}
	}
}

// VersionError says that the peer speaks another version of the protocol.
type VersionError struct{ Theirs int }

// Error names both versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the other side speaks version %d of the protocol, this program speaks version %d", e.Theirs, Version)
}

func (d *decoder) text(key string, v *string, need need) { d.json(key, v, true, need) }

func (d *decoder) choice(key string, v *string, known ...string) {
	*v = known[0]
	d.json(key, v, true, optional)
	if d.err == nil && !slices.Contains(known, *v) {
		d.wrong(key, suggest.Unknown("value", *v, known))
	}
}

func (d *decoder) flag(key string, v *bool) {
	text, ok := d.take(key, optional)
	if !ok {
		return
	}
	switch string(text) {
	case "true":
		*v = true
	case "false":
		*v = false
	default:
		d.wrong(key, fmt.Errorf("%s is neither true nor false", Excerpt(text, 40)))
	}
}

func (d *decoder) count(key string, v *int, need need) {
	var n uint64
	d.whole(key, &n, math.MaxInt32, need)
	*v = int(n)
}

func (d *decoder) seed(key string, v *uint64) { d.whole(key, v, math.MaxUint64, optional) }

// whole reads a whole number.
func (d *decoder) whole(key string, v *uint64, most uint64, need need) {
	text, ok := d.take(key, need)
	if !ok {
		return
	}
	n, err := wholeNumber(text, most)
	d.wrong(key, err)
	*v = n
}

func wholeNumber(text []byte, most uint64) (uint64, error) {
	n, err := strconv.ParseUint(string(text), 10, 64)
	if err != nil || n > most || len(text) > 1 && text[0] == '0' {
		return 0, fmt.Errorf("%s is not a whole number in [0, %d]", Excerpt(text, 40), most)
	}
	return n, nil
}

func (d *decoder) json(key string, v any, _ bool, need need) {
	text, ok := d.take(key, need)
	if !ok {
		return
	}
	if string(text) == "null" {
		d.wrong(key, errors.New("null stands for nothing here: leave it out"))
		return
	}
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	err := in.Decode(v)
	if err == nil {
		if _, err = in.Token(); err == io.EOF {
			return
		}
		err = errors.New("more than one value")
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		err = fmt.Errorf("found a JSON %s, which is no %s", wrong.Value, wrong.Type)
		if wrong.Field != "" {
			err = fmt.Errorf("%s: %w", wrong.Field, err)
		}
	}
	d.wrong(key, err)
}
