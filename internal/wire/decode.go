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

// span is a part of the binary bytes.
type span struct{ from, to int }

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

func (d *decoder) levels(key string, v *Levels, need need) {
	text, ok := d.take(key, need)
	if !ok {
		return
	}
	if text[0] == '{' {
		if shape, data, ok := d.place(key, text, dtypeU32, 2); ok {
			*v = NewLevels(shape[0], shape[1])
			readU32(v.Data, data)
		}
		return
	}
	n, known := numbers{scanner{text: text}}, false
	v.Rows, d.err = n.rows(func(isNull bool) error {
		if isNull {
			return errors.New("a row of levels cannot be null")
		}
		cols, err := n.items(func() error {
			level, err := n.level()
			v.Data = append(v.Data, level)
			return err
		})
		err = errors.Join(err, sameCols(&v.Cols, cols, !known))
		known = true
		return err
	})
	d.named(key)
}

func (d *decoder) table(key string, v *Table, need need) {
	text, ok := d.take(key, need)
	if !ok {
		return
	}
	if text[0] == '{' {
		if shape, data, ok := d.place(key, text, dtypeF64, 2); ok {
			*v = NewTable(shape[0], shape[1])
			readF64(v.Data, data)
			d.wrong(key, checkRows(*v))
		}
		return
	}
	rows := tableRows{numbers: numbers{scanner{text: text}}, table: v}
	v.Rows, d.err = rows.rows(rows.row)
	if d.err == nil && rows.before > 0 && !rows.known {
		v.Cols = 1 // nobody knows: no row has values
		d.err = rows.nulls(rows.before)
	}
	d.named(key)
}

// tableRows reads the rows of a table.
type tableRows struct {
	numbers
	table  *Table
	before int  // null rows before the first other one, whose length is not known until then
	known  bool // whether there was another one
}

func (r *tableRows) row(isNull bool) error {
	t := r.table
	if isNull {
		if !r.known {
			r.before++
			return nil
		}
		return r.nulls(1)
	}
	if !r.known {
		at := r.at
		cols, err := r.items(r.skip)
		if err != nil {
			return err
		}
		r.at, t.Cols, r.known = at, cols, true
		if err := r.nulls(r.before); err != nil {
			return err
		}
	}
	cols, err := r.items(func() error {
		value, err := r.number()
		t.Data = append(t.Data, value)
		return err
	})
	return errors.Join(err, sameCols(&t.Cols, cols, false))
}

func (r *tableRows) skip() error {
	_, err := r.number()
	return err
}

// nulls appends rows without values.
func (r *tableRows) nulls(n int) error {
	t := r.table
	if (len(t.Data)+n*t.Cols)*8 > MaxBytes {
		return fmt.Errorf("a table of more than %d bytes", MaxBytes)
	}
	for range n * t.Cols {
		t.Data = append(t.Data, math.NaN())
	}
	return nil
}

// sameCols reports a row of another length than the first one.
func sameCols(cols *int, got int, first bool) error {
	if first {
		*cols = got
	}
	if *cols != got {
		return fmt.Errorf("rows of %d and of %d numbers in one table", *cols, got)
	}
	return nil
}

// checkRows reports numbers that are not finite, apart from whole rows of NaN.
func checkRows(t Table) error {
	for i := range t.Rows {
		row := t.Data[i*t.Cols : (i+1)*t.Cols]
		nans := 0
		for _, v := range row {
			if math.IsInf(v, 0) {
				return fmt.Errorf("row %d: %v is not a finite number", i, v)
			}
			if math.IsNaN(v) {
				nans++
			}
		}
		if nans > 0 && nans < len(row) {
			return fmt.Errorf("row %d: NaN is not a finite number (only a whole row of NaN means something: it has no values)", i)
		}
	}
	return nil
}

func (d *decoder) list(key string, v *[]float64) {
	text, ok := d.take(key, optional)
	if !ok {
		return
	}
	if text[0] == '{' {
		shape, data, ok := d.place(key, text, dtypeF64, 1)
		if !ok {
			return
		}
		*v = make([]float64, shape[0])
		readF64(*v, data)
		for _, x := range *v {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				d.wrong(key, fmt.Errorf("%v is not a finite number", x))
			}
		}
		return
	}
	n := numbers{scanner{text: text}}
	_, err := n.items(func() error {
		value, err := n.number()
		*v = append(*v, value)
		return err
	})
	d.wrong(key, errors.Join(err, n.endUnless(err)))
}

func (d *decoder) indices(key string, v *[]uint32) {
	text, ok := d.take(key, optional)
	if !ok {
		return
	}
	if text[0] == '{' {
		if shape, data, ok := d.place(key, text, dtypeU32, 1); ok {
			*v = make([]uint32, shape[0])
			readU32(*v, data)
		}
	} else {
		n := numbers{scanner{text: text}}
		_, err := n.items(func() error {
			index, err := n.level()
			*v = append(*v, index)
			return err
		})
		d.wrong(key, errors.Join(err, n.endUnless(err)))
	}
	for i := 1; i < len(*v); i++ {
		if (*v)[i] <= (*v)[i-1] {
			d.wrong(key, fmt.Errorf("%d after %d: they must ascend", (*v)[i], (*v)[i-1]))
		}
	}
}

func (n *numbers) endUnless(err error) error {
	if err != nil {
		return nil
	}
	return n.end()
}

// named puts the key before the mistake that was just made.
func (d *decoder) named(key string) {
	if err := d.err; err != nil {
		d.err = nil
		d.wrong(key, err)
	}
}

// place is the shape and the bytes of a binary array; false after a mistake.
func (d *decoder) place(key string, text []byte, dtype string, dimensions int) ([]int, []byte, bool) {
	shape, data, err := d.find(text, dtype, dimensions)
	d.wrong(key, err)
	return shape, data, err == nil
}

func (d *decoder) find(text []byte, dtype string, dimensions int) ([]int, []byte, error) {
	var p place
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&p); err != nil {
		return nil, nil, err
	}
	if in.More() {
		return nil, nil, errors.New("not JSON: more than one value")
	}
	if !d.binary {
		return nil, nil, errors.New("a binary array, which the hello of both sides did not agree on")
	}
	if p.DType != dtype || len(p.Shape) != dimensions {
		return nil, nil, fmt.Errorf("a binary array of dtype %q and %d dimensions, expected %q and %d", p.DType, len(p.Shape), dtype, dimensions)
	}
	size := 4
	if dtype == dtypeF64 {
		size = 8
	}
	elements := 1
	for i, n := range p.Shape {
		if n < 0 || i == 0 && n > MaxRows || n > 0 && elements > MaxBytes/n {
			return nil, nil, fmt.Errorf("a binary array of shape %v is beyond the limits", p.Shape)
		}
		elements *= n
	}
	s := span{p.At, p.At + elements*size}
	if p.At < 0 || p.At > len(d.tail) || s.to > len(d.tail) {
		return nil, nil, fmt.Errorf("the binary array lies in bytes [%d, %d) of %d", p.At, s.to, len(d.tail))
	}
	for _, other := range d.used {
		if s.from < other.to && other.from < s.to {
			return nil, nil, fmt.Errorf("the binary array in bytes [%d, %d) overlaps another one", s.from, s.to)
		}
	}
	d.used = append(d.used, s)
	return p.Shape, d.tail[s.from:s.to:s.to], nil
}
