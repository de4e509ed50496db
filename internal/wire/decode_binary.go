package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// span is a part of the binary bytes.
type span struct{ from, to int }

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
