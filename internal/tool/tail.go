package tool

import (
	"strings"
	"sync"
)

// tailBytes is how much a Tail keeps.
const tailBytes = 2 << 10

// Tail is a writer that keeps the end of a stream: of standard error, where a program says what went wrong. It is safe for concurrent use.
type Tail struct {
	mu      sync.Mutex
	kept    []byte
	dropped bool
}

// Write never fails.
func (t *Tail) Write(text []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	end := text[max(0, len(text)-tailBytes):]
	t.dropped = t.dropped || len(end) < len(text)
	if over := len(t.kept) + len(end) - tailBytes; over > 0 {
		t.kept, t.dropped = append(t.kept[:0], t.kept[over:]...), true
	}
	t.kept = append(t.kept, end...)
	return len(text), nil
}

// String is what was kept, as valid text without blank ends; … stands for what was not.
func (t *Tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "\uFFFD"))
	if t.dropped && text != "" {
		text = "…" + text
	}
	return text
}
