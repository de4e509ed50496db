package wire

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Conn is one end of a conversation. It serves one goroutine that sends and one that receives.
type Conn struct {
	in  *bufio.Reader
	out io.Writer
	enc encoder
	dec decoder

	line, tail []byte // of the message that was read last
}

// bufferSize is what is read at once, and what of a large message is kept for the next one.
const bufferSize = 1 << 16

// NewConn is a conversation over two streams.
func NewConn(in io.Reader, out io.Writer) *Conn {
	return &Conn{in: bufio.NewReaderSize(in, bufferSize), out: out}
}

// AgreeBinary allows binary arrays from now on, in both directions: both sides have said so in their hello.
func (c *Conn) AgreeBinary() { c.enc.binary, c.dec.binary = true, true }

// LineError says that what was read is no message, so that nothing behind it can be understood: the conversation is over.
type LineError struct {
	Line string // the beginning of it
	Err  error
}

// Error shows the line.
func (e *LineError) Error() string {
	if e.Line == "" {
		return e.Err.Error()
	}
	return fmt.Sprintf("%v, in the line %s", e.Err, e.Line)
}

// Unwrap is what is wrong.
func (e *LineError) Unwrap() error { return e.Err }

// RequestError says that a request is wrong; its sender can be told, and the conversation goes on.
type RequestError struct {
	ID  int64
	Err error
}

// Error is what is wrong.
func (e *RequestError) Error() string { return e.Err.Error() }

// Unwrap is what is wrong.
func (e *RequestError) Unwrap() error { return e.Err }

// Request sends a request.
func (c *Conn) Request(id int64, m Request) error {
	if hello, ok := m.(*Hello); ok {
		hello.Protocol = Version
	}
	return c.send(id, m)
}

// Reply sends a reply; id < 0 is none, for an Error only.
func (c *Conn) Reply(id int64, m Reply) error {
	if welcome, ok := m.(*Welcome); ok {
		welcome.Protocol = Version
	}
	return c.send(id, m)
}

func (c *Conn) send(id int64, m message) error {
	if err := c.enc.encode(id, m); err != nil {
		return err
	}
	frame := append(c.enc.line, c.enc.tail...) // one write
	_, err := c.out.Write(frame)
	c.enc.line = trim(frame)
	c.enc.tail = trim(c.enc.tail)
	return err
}

// trim empties a buffer, and forgets a large one.
func trim(b []byte) []byte {
	if cap(b) > 16*bufferSize {
		return nil
	}
	return b[:0]
}

// NextRequest reads a request. io.EOF is the end of the stream, a *RequestError and a *LineError are what they say.
func (c *Conn) NextRequest() (id int64, m Request, err error) {
	id, name, err := c.read()
	if err != nil {
		return 0, nil, err
	}
	if id < 0 {
		return 0, nil, c.lineError(errors.New("a request without an id"))
	}
	if m = newRequest(name); m == nil {
		return 0, nil, &RequestError{id, suggest.Unknown("message", name, Requests())}
	}
	if err := c.dec.decode(m); err != nil {
		return 0, nil, &RequestError{id, fmt.Errorf("%s: %w", name, err)}
	}
	return id, m, nil
}

// NextReply reads a reply; its id is -1 for an Error without one. io.EOF is the end of the stream, every other mistake of the sender a *LineError.
func (c *Conn) NextReply() (id int64, m Reply, err error) {
	id, name, err := c.read()
	if err != nil {
		return 0, nil, err
	}
	if m = newReply(name); m == nil {
		return 0, nil, c.lineError(fmt.Errorf("an unknown message %q", name))
	}
	if err := c.dec.decode(m); err != nil {
		return 0, nil, c.lineError(fmt.Errorf("%s: %w", name, err))
	}
	if _, isError := m.(*Error); id < 0 && !isError {
		return 0, nil, c.lineError(fmt.Errorf("%s: a reply without an id", name))
	}
	return id, m, nil
}

// read reads a frame, up to the decoding of its fields; id is -1 when there is none.
func (c *Conn) read() (id int64, name string, err error) {
	if err := c.readLine(); err != nil {
		return 0, "", err
	}
	c.dec.fields, err = scan(c.line, c.dec.fields[:0])
	if err != nil {
		return 0, "", c.lineError(err)
	}
	id = -1
	bytes := uint64(0)
	for i := range c.dec.fields {
		f := &c.dec.fields[i]
		var n uint64
		switch f.key {
		case "type":
			err = json.Unmarshal(f.text, &name)
		case "id":
			n, err = wholeNumber(f.text, MaxID)
			id = int64(n)
		case "bytes":
			bytes, err = wholeNumber(f.text, MaxBytes)
		default:
			continue
		}
		if err != nil {
			return 0, "", c.lineError(fmt.Errorf("field %q: %w", f.key, err))
		}
		f.seen = true
	}
	if name == "" {
		return 0, "", c.lineError(errors.New(`a message without a "type"`))
	}
	return id, name, c.readTail(int(bytes))
}

// readLine reads a line of any length within the limit.
func (c *Conn) readLine() error {
	c.line = trim(c.line)
	for {
		part, err := c.in.ReadSlice('\n')
		if err == nil && len(c.line) == 0 {
			c.line = append(c.line, part...)
			return nil
		}
		c.line = append(c.line, part...)
		switch {
		case len(c.line) > MaxLine:
			return c.lineError(fmt.Errorf("a line of more than %d bytes", MaxLine))
		case err == nil:
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
		case err == io.EOF && len(c.line) > 0:
			return c.lineError(errors.New("the stream ends inside a line"))
		default:
			return err
		}
	}
}

// readTail reads the binary bytes behind a line.
func (c *Conn) readTail(n int) error {
	c.dec.tail = nil
	if n == 0 {
		return nil
	}
	if !c.dec.binary {
		return c.lineError(errors.New("binary arrays, which the hello of both sides did not agree on"))
	}
	c.tail = trim(c.tail)
	for len(c.tail) < n { // piece by piece: memory is taken for what comes, not for what is announced
		piece := min(n-len(c.tail), 16*bufferSize)
		start := len(c.tail)
		c.tail = append(c.tail, make([]byte, piece)...)
		if _, err := io.ReadFull(c.in, c.tail[start:]); err != nil {
			return c.lineError(fmt.Errorf("the stream ends inside %d binary bytes", n))
		}
	}
	c.dec.tail = c.tail
	return nil
}

func (c *Conn) lineError(err error) error {
	return &LineError{Line: Excerpt(c.line, 200), Err: err}
}

// TypeOf is the type of a request on the wire.
func TypeOf(r Request) string { return r.name() }
