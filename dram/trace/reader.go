package trace

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// MaxLineBytes bounds a line of a trace file, its end included.
const MaxLineBytes = 1 << 16

// Options say how to read a trace file; the zero value is right for most.
type Options struct {
	Format     Format // Auto = by the ending of the name
	GapCycles  int64  // from one request to the next in formats without clocks; 0 = 1; at most 2^20
	BurstBytes uint64 // of one request; longer transfers of a file are split; a power of two from 8 to 4096; 0 = 64
}

// Reader streams a trace file in memory that does not depend on its length.
type Reader struct {
	name  string
	lines *bufio.Reader
	grammar
	gap   int64
	burst uint64

	line      int    // lines read
	sawHeader bool   // the header's line is behind
	requests  uint64 // lines with a request read
	clock     int64  // of the last of them
	rest      rest
	err       error // io.EOF at a regular end
}

// rest is the part of a long transfer that is still to be given out.
type rest struct {
	request Request
	bytes   uint64
}

// Open begins to read a trace, decompressing it if it starts like a gzip file. The name gives the format and is used in errors.
func Open(name string, r io.Reader, options Options) (*Reader, error) {
	if options.GapCycles == 0 {
		options.GapCycles = 1
	}
	if options.BurstBytes == 0 {
		options.BurstBytes = burst
	}
	var faults []error
	if options.Format >= formats {
		faults = append(faults, fmt.Errorf("trace: %s: format %d out of range [0, %d]", name, options.Format, formats-1))
	}
	if options.GapCycles < 0 || options.GapCycles > 1<<20 {
		faults = append(faults, fmt.Errorf("trace: %s: gap of %d cycles out of range [0, 2^20], 0 = 1", name, options.GapCycles))
	}
	if b := options.BurstBytes; b < 8 || b > MaxTransferBytes || b&(b-1) != 0 {
		faults = append(faults, fmt.Errorf("trace: %s: burst of %d bytes is not a power of two in [8, %d], 0 = %d", name, b, MaxTransferBytes, burst))
	}
	if options.Format == Auto {
		f, err := Detect(name)
		if err != nil {
			faults = append(faults, err)
		}
		options.Format = f
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	lines, err := plain(r)
	if err != nil {
		return nil, fmt.Errorf("trace: %s: %w", name, err)
	}
	return &Reader{
		name: name, lines: lines, grammar: options.Format.grammar(),
		gap: options.GapCycles, burst: options.BurstBytes,
	}, nil
}

// plain buffers r, or what it holds compressed.
func plain(r io.Reader) (*bufio.Reader, error) {
	buffered := bufio.NewReaderSize(r, MaxLineBytes)
	head, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return buffered, nil
	}
	z, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(z, MaxLineBytes), nil
}

// Next is the next request.
func (r *Reader) Next() (Request, bool) {
	if r.rest.bytes > 0 {
		return r.piece(), true
	}
	if r.err != nil {
		return Request{}, false
	}
	request, err := r.read()
	if err != nil {
		r.err = err
		return Request{}, false
	}
	r.requests++
	r.clock = request.Cycle
	return request, true
}

// Err is what went wrong, nil at a regular end.
func (r *Reader) Err() error {
	if r.err == io.EOF {
		return nil
	}
	return r.err
}

// read parses the next line with a request.
func (r *Reader) read() (Request, error) {
	for {
		line, err := r.readLine()
		if err != nil {
			return Request{}, err
		}
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0 || line[0] == '#':
		case r.header != "" && !r.sawHeader:
			if string(line) != r.header {
				return Request{}, r.fault("header", line, "is not that of the format")
			}
			r.sawHeader = true
		default:
			return r.parse(r, split(line, r.comma))
		}
	}
}

// readLine is the next line, valid until the next call, or io.EOF after the last one of a file with a request.
func (r *Reader) readLine() ([]byte, error) {
	line, err := r.lines.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		r.line++
		return nil, r.fault("text", line, fmt.Sprintf("does not end within %d bytes", MaxLineBytes))
	case err == io.EOF && len(line) == 0:
		if r.requests == 0 {
			return nil, fmt.Errorf("trace: %s: line %d: the file ends without a request; a line is %s", r.name, r.line, r.form)
		}
		return nil, io.EOF
	case err != nil && err != io.EOF:
		return nil, fmt.Errorf("trace: %s: line %d: %w", r.name, r.line+1, err)
	}
	r.line++
	return line, nil
}

// byFields takes the format of the first request of a file whose name is that of two formats.
func (r *Reader) byFields(f fields) (Request, error) {
	switch f.count {
	case 2:
		r.grammar = Ramulator.grammar()
	case 3:
		r.grammar = DRAMsim3.grammar()
	default:
		return Request{}, r.fault("number of fields", nil, "is "+f.size())
	}
	return r.parse(r, f)
}
