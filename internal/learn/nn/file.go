package nn

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
)

// Tensor is named numbers of a file. Its Values may be a view, such as Net.Params.
type Tensor struct {
	Name   string
	Dims   []int // any description of the shape; Read compares it
	Values []float64
}

// Tensor is the net's parameters, under a name.
func (n *Net) Tensor(name string) Tensor {
	dims := slices.Concat([]int{int(n.shape.Activation), n.shape.Inputs}, n.shape.Hidden, []int{n.shape.Outputs})
	return Tensor{Name: name, Dims: dims, Values: n.params}
}

// A file is the magic, the version, the label, the tensors (name, dims, values), all numbers little-endian of 32 or, the values, 64 bits, texts
// and lists preceded by their length, and last the CRC-32 (IEEE) of all that.
const (
	magic       = "codesign parameters\n"
	fileVersion = 1
	maxText     = 1 << 16 // of names and the label: bytes
)

// ErrFile is the cause of every error of Read that lies in the file.
var ErrFile = errors.New("nn: not a fitting parameter file")

// Write writes a file of tensors. The label says what they belong to.
func Write(w io.Writer, label string, tensors []Tensor) error {
	var b []byte
	number := func(v int) { b = binary.LittleEndian.AppendUint32(b, uint32(v)) }
	text := func(s string) { number(len(s)); b = append(b, s...) }
	b = append(b, magic...)
	number(fileVersion)
	text(label)
	number(len(tensors))
	for _, t := range tensors {
		text(t.Name)
		number(len(t.Dims))
		for _, d := range t.Dims {
			number(d)
		}
		number(len(t.Values))
		for _, v := range t.Values {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("nn: write parameters: %w", err)
	}
	return nil
}

// Read fills the tensors' Values from a file that Write made with the same label and with tensors of the same names and shapes. On an error
// nothing is changed.
func Read(r io.Reader, label string, tensors []Tensor) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("nn: read parameters: %w", err)
	}
	d := &decoder{rest: b}
	values, err := d.file(label, tensors)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	for i, t := range tensors {
		copy(t.Values, values[i])
	}
	return nil
}

type decoder struct{ rest []byte }

func (d *decoder) file(label string, tensors []Tensor) ([][]float64, error) {
	if !bytes.HasPrefix(d.rest, []byte(magic)) {
		return nil, fmt.Errorf("it does not begin with %q", magic)
	}
	body, sum := d.rest, len(d.rest)-4
	d.rest = d.rest[len(magic):]
	if version, err := d.number(); err != nil || version != fileVersion {
		return nil, errors.Join(err, fmt.Errorf("version %d is not %d", version, fileVersion))
	}
	if sum < len(magic) || binary.LittleEndian.Uint32(body[sum:]) != crc32.ChecksumIEEE(body[:sum]) {
		return nil, errors.New("the checksum is wrong: it is cut off or damaged")
	}
	if got, err := d.text(); err != nil || got != label {
		return nil, errors.Join(err, fmt.Errorf("it holds %q, not %q", got, label))
	}
	if count, err := d.number(); err != nil || count != len(tensors) {
		return nil, errors.Join(err, fmt.Errorf("it holds %d tensors, not %d", count, len(tensors)))
	}
	values := make([][]float64, len(tensors))
	for i, t := range tensors {
		var err error
		if values[i], err = d.tensor(t); err != nil {
			return nil, fmt.Errorf("tensor %d: %w", i, err)
		}
	}
	return values, nil
}

// tensor reads one tensor that must be like want.
func (d *decoder) tensor(want Tensor) ([]float64, error) {
	name, err := d.text()
	if err != nil || name != want.Name {
		return nil, errors.Join(err, fmt.Errorf("%q, not %q", name, want.Name))
	}
	count, err := d.number()
	if err != nil || count > len(d.rest)/4 {
		return nil, errors.Join(err, fmt.Errorf("%q: %d dimensions", name, count))
	}
	dims := make([]int, count)
	for k := range dims {
		if dims[k], err = d.number(); err != nil {
			return nil, err
		}
	}
	if !slices.Equal(dims, want.Dims) {
		return nil, fmt.Errorf("%q has the shape %v, not %v", name, dims, want.Dims)
	}
	if count, err = d.number(); err != nil || count != len(want.Values) || count > len(d.rest)/8 {
		return nil, errors.Join(err, fmt.Errorf("%q has %d values, not %d", name, count, len(want.Values)))
	}
	values := make([]float64, count)
	for k := range values {
		values[k] = math.Float64frombits(binary.LittleEndian.Uint64(d.rest))
		d.rest = d.rest[8:]
		if math.IsNaN(values[k]) || math.IsInf(values[k], 0) {
			return nil, fmt.Errorf("%q: value %d is %v: must be finite", name, k, values[k])
		}
	}
	return values, nil
}

func (d *decoder) number() (int, error) {
	if len(d.rest) < 4 {
		return 0, io.ErrUnexpectedEOF
	}
	v := binary.LittleEndian.Uint32(d.rest)
	d.rest = d.rest[4:]
	return int(v), nil
}

func (d *decoder) text() (string, error) {
	n, err := d.number()
	if err != nil {
		return "", err
	}
	if n > maxText || n > len(d.rest) {
		return "", fmt.Errorf("a text of %d bytes", n)
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s, nil
}
