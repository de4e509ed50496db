package wire

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// seeds adds the document's examples of one direction.
func seeds(f *testing.F, direction string) {
	text, err := os.ReadFile("../../docs/protocol.md")
	require.NoError(f, err)
	for line := range strings.Lines(string(text)) {
		if example, ok := strings.CutPrefix(line, direction+" {"); ok {
			f.Add([]byte("{"+example), false)
		}
	}
	f.Add([]byte(`{"type":"evaluate","id":1,"points":{"dtype":"u32","shape":[1,2],"at":0},"bytes":8}`+"\n12345678"), true)
	f.Add([]byte(`{"type":"evaluate","id":1,"values":{"dtype":"f64","shape":[1,2],"at":0},"bytes":16}`+"\n1234567812345678"), true)
}

// FuzzRequests: whatever comes, a request that is accepted was JSON, and is the same after it is written and read again.
func FuzzRequests(f *testing.F) {
	seeds(f, ">")
	f.Fuzz(func(t *testing.T, data []byte, binary bool) {
		in := NewConn(bytes.NewReader(data), io.Discard)
		if binary {
			in.AgreeBinary()
		}
		id, m, err := in.NextRequest()
		if err != nil {
			return
		}
		line, _, _ := bytes.Cut(data, []byte("\n"))
		require.True(t, json.Valid(line), "%q", line)
		repeats(t, func(c *Conn) error { return c.Request(id, m) }, func(c *Conn) (func(*Conn) error, error) {
			id, m, err := c.NextRequest()
			return func(c *Conn) error { return c.Request(id, m) }, err
		})
	})
}

// FuzzReplies is the same for replies.
func FuzzReplies(f *testing.F) {
	seeds(f, "<")
	f.Fuzz(func(t *testing.T, data []byte, binary bool) {
		in := NewConn(bytes.NewReader(data), io.Discard)
		if binary {
			in.AgreeBinary()
		}
		id, m, err := in.NextReply()
		if err != nil {
			return
		}
		line, _, _ := bytes.Cut(data, []byte("\n"))
		require.True(t, json.Valid(line), "%q", line)
		repeats(t, func(c *Conn) error { return c.Reply(id, m) }, func(c *Conn) (func(*Conn) error, error) {
			id, m, err := c.NextReply()
			return func(c *Conn) error { return c.Reply(id, m) }, err
		})
	})
}

// repeats writes a message in both framings, reads it, and compares what it is as text.
func repeats(t *testing.T, write func(*Conn) error, read func(*Conn) (func(*Conn) error, error)) {
	var want string
	for _, binary := range []bool{false, true} {
		var frame, again bytes.Buffer
		c := NewConn(&frame, &frame)
		if binary {
			c.AgreeBinary()
		}
		require.NoError(t, write(c))
		if !binary {
			want = frame.String()
		}
		rewrite, err := read(c)
		require.NoError(t, err, "%q", want)
		require.NoError(t, rewrite(NewConn(&again, &again)))
		require.Equal(t, want, again.String())
	}
}
