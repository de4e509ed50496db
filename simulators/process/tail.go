package process

import (
	"io"
	"strings"
	"sync"
)

// maxStderr is how much of the end of standard error is kept, in bytes.
const maxStderr = 2048

// tail keeps the end of a stream. It is safe for concurrent use.
type tail struct {
	mu      sync.Mutex
	kept    []byte
	dropped bool
}

// drain reads a stream to its end, however much comes.
func (t *tail) drain(from io.Reader) {
	buffer := make([]byte, 1<<15)
	for {
		n, err := from.Read(buffer)
		t.add(buffer[:n])
		if err != nil {
			return
		}
	}
}

func (t *tail) add(text []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(text) > maxStderr {
		text, t.dropped = text[len(text)-maxStderr:], true
	}
	if over := len(t.kept) + len(text) - maxStderr; over > 0 {
		t.kept, t.dropped = append(t.kept[:0], t.kept[over:]...), true
	}
	t.kept = append(t.kept, text...)
}

// String is what was kept, as valid text; … stands for what was not.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "�"))
	if t.dropped && text != "" {
		text = "…" + text
	}
	return text
}
