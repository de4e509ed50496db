package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// tape is a study's journal while the study runs: what was recorded is served or compared first, what is new is appended.
type tape struct {
	reader  *journal.Reader // nil for a new journal
	kept    int             // records to replay
	dropped int64           // bytes of a torn tail that was cut off

	mu     sync.Mutex // between the study and the once-a-second sync
	writer *journal.Writer
}

// openTape creates the study's journal or opens the one of an earlier attempt.
func openTape(path string, identity []byte) (*tape, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		w, err := journal.Create(path, identity)
		return &tape{writer: w}, err
	}
	r, err := journal.Resume(path, identity)
	if err != nil {
		return nil, err
	}
	return &tape{reader: r.Reader, kept: r.Kept, dropped: r.DroppedBytes, writer: r.Writer}, nil
}

// Next serves the recorded trials to wrap.Replay.
func (t *tape) Next() (wrap.Evaluation, bool, error) {
	if t.reader == nil {
		return wrap.Evaluation{}, false, nil
	}
	rec, ok, err := t.reader.Next()
	return wrap.Evaluation(rec), ok, err
}

// Record takes new trials from wrap.Record.
func (t *tape) Record(id int, p space.Point, r simulators.Result) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.writer.Record(id, p, r)
}

// Kept is how many trials the journal held when it was opened.
func (t *tape) Kept() int { return t.kept }

// Sync makes what is recorded survive a power loss.
func (t *tape) Sync() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.writer.Sync()
}

// finish marks the journal as complete.
func (t *tape) finish() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.writer.Finish()
}

func (t *tape) close() error {
	var err error
	if t.reader != nil {
		err = t.reader.Close()
	}
	return errors.Join(err, t.writer.Close())
}

// Identity names what the run computes: the resolved file, the rows of its warm starts, and the policy that is evaluated. Without the last two it is the
// file's hash.
func (p *Plan) Identity() string {
	if p.identity != "" {
		return p.identity
	}
	text := []byte(p.File.Hash())
	for _, s := range p.Scenarios {
		if s.Warm.SHA256 != "" {
			text = fmt.Appendf(text, "\nwarm start of %q %s", s.Name, s.Warm.SHA256)
		}
	}
	if p.evaluated != nil {
		text = fmt.Appendf(text, "\npolicy %s", p.policyHash())
	}
	if len(text) == len(p.File.Hash()) {
		return string(text)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// journalIdentity is what a study's journal must be of: the resolved file and the study's key.
func (p *Plan) journalIdentity(s Study) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%s", p.Identity(), s.Index, s.Key()))
	return sum[:]
}
