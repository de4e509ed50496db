package sweep

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// LiveName is the file that says who is at work on a results folder: rewritten once a second while a run lasts, so that its age tells a run from one that
// was killed. Nothing of it enters the dataset.
const LiveName = "live.json"

// Live is the content of LiveName.
type Live struct {
	Host    string    `json:"host"` // of the process that owns the folder
	PID     int       `json:"pid"`
	Updated time.Time `json:"updated"` // by that process's clock
	Workers []Worker  `json:"workers"`
}

// Worker is a process that plays studies or evaluates designs: the one that owns the folder, or those of its fleet.
type Worker struct {
	Name        string    `json:"name"`
	Joined      time.Time `json:"joined"`
	Heard       time.Time `json:"heard"`          // last sign of life
	Left        bool      `json:"left,omitempty"` // it said goodbye
	Studies     []int     `json:"studies,omitempty"`
	Finished    int       `json:"finished"`    // studies that it brought to their end
	Evaluations int       `json:"evaluations"` // single ones, where the agents stay with the run
}

// Crew is a Fleet that knows its workers.
type Crew interface {
	Workers() []Worker
}

// ReadLive reads who is at work on a results folder; false where no run has said so.
func ReadLive(dir string) (Live, bool, error) {
	path := filepath.Join(dir, LiveName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Live{}, false, nil
	}
	var l Live
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	if err != nil {
		return Live{}, false, fmt.Errorf("%s: %w", path, err)
	}
	return l, true, nil
}

// live is who is at work now.
func (r *runner) live() Live {
	l := Live{Host: r.host, PID: os.Getpid(), Updated: time.Now().UTC()}
	if crew, ok := r.o.Fleet.(Crew); ok {
		l.Workers = crew.Workers()
		return l
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	l.Workers = []Worker{{
		Name: fmt.Sprintf("%s:%d", l.Host, l.PID), Joined: r.begun, Heard: l.Updated, Studies: slices.Sorted(maps.Keys(r.open)), Finished: r.here,
	}}
	return l
}

// showLive writes LiveName anew, through one temporary name: the folder has one writer. A failure is nobody's: results do not depend on it, and a disk that
// is full fails the journals.
func (r *runner) showLive() {
	text, err := json.Marshal(r.live())
	if err != nil {
		return
	}
	path := filepath.Join(r.dir.path, LiveName)
	temporary := filepath.Join(r.dir.path, "."+LiveName)
	if os.WriteFile(temporary, append(text, '\n'), 0o644) == nil {
		_ = os.Rename(temporary, path)
	}
}

// Ended is how a study went, as kept beside its journal; false while it has not come to its end.
func Ended(dir string, study int) (Played, bool, error) {
	e, done, err := readEnding(endingPath(dir, study))
	return Played{ending: e}, done, err
}
