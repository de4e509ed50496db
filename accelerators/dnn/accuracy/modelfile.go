package accuracy

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// The file of a model is gzip over one line of JSON, a fileHeader, and then little-endian 32-bit words: the means and scales of the inputs,
// the nets, the hashes of the classes.
const (
	fileFormat  = "codesign-accuracy"
	fileVersion = 1

	// MaxFileBytes bounds a file that is read, before and after decompression.
	MaxFileBytes = 16 << 20
	// maxLine bounds the line of JSON.
	maxLine = 64 << 10
)

type fileHeader struct {
	Format  string
	Version int
	Header
	Nets, Fitted int
}

// ErrModelFile is the cause of every error of ReadModel that lies in the file.
var ErrModelFile = errors.New("accuracy: not a model of this version")

// Write writes the file of a model; equal models give equal bytes.
func (m *Model) Write(w io.Writer) error {
	if err := m.check(); err != nil {
		return err
	}
	line, err := json.Marshal(fileHeader{Format: fileFormat, Version: fileVersion, Header: m.Header, Nets: len(m.Nets), Fitted: len(m.Fitted)})
	if err != nil {
		return err
	}
	var body bytes.Buffer
	body.Write(append(line, '\n'))
	for _, values := range append([]Net{m.Mean, m.Scale}, m.Nets...) {
		if err := binary.Write(&body, binary.LittleEndian, values); err != nil {
			return err
		}
	}
	if err := binary.Write(&body, binary.LittleEndian, m.Fitted); err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(body.Bytes()); err != nil {
		return err
	}
	return z.Close()
}

// ReadModel reads a file that Write made.
func ReadModel(r io.Reader) (*Model, error) {
	m, err := readModel(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrModelFile, err)
	}
	return m, nil
}

func readModel(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	body := bufio.NewReaderSize(io.LimitReader(z, MaxFileBytes), maxLine)
	line, err := body.ReadSlice('\n')
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	var h fileHeader
	if err := json.Unmarshal(line, &h); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if h.Format != fileFormat || h.Version != fileVersion {
		return nil, fmt.Errorf("format %q, version %d: want %q, version %d", h.Format, h.Version, fileFormat, fileVersion)
	}
	const mostClasses = MaxFileBytes / 4
	if h.Nets < 1 || h.Nets > MaxNets || h.Inputs < 1 || h.Inputs > MaxInputs || min(h.Hidden[0], h.Hidden[1]) < 1 ||
		max(h.Hidden[0], h.Hidden[1]) > MaxHidden || h.Fitted < 0 || h.Fitted > mostClasses {
		return nil, fmt.Errorf("%d nets of %d inputs and hidden layers %v, %d classes: out of range", h.Nets, h.Inputs, h.Hidden, h.Fitted)
	}
	m := &Model{Header: h.Header, Mean: make([]float32, h.Inputs), Scale: make([]float32, h.Inputs), Nets: make([]Net, h.Nets)}
	for i := range m.Nets {
		m.Nets[i] = make(Net, h.coefficients())
	}
	for _, values := range append([]Net{m.Mean, m.Scale}, m.Nets...) {
		if err := binary.Read(body, binary.LittleEndian, values); err != nil {
			return nil, fmt.Errorf("coefficients: %w", err)
		}
		if slices.ContainsFunc(values, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }) {
			return nil, errors.New("coefficients: one is not a number")
		}
	}
	if slices.Contains(m.Scale, 0) {
		return nil, errors.New("coefficients: a scale is 0")
	}
	m.Fitted = make([]uint32, h.Fitted)
	if err := binary.Read(body, binary.LittleEndian, m.Fitted); err != nil {
		return nil, fmt.Errorf("classes: %w", err)
	}
	if _, err := body.ReadByte(); err != io.EOF {
		return nil, errors.New("more after the classes")
	}
	return m, m.check()
}
