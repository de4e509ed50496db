package dashboard

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// maxIdle is how many sweeps that do not run are kept.
const maxIdle = 8

// board is all sweeps below a folder.
type board struct {
	root    string
	catalog sweep.Catalog
	epoch   string
	ctx     context.Context // of all that is followed
	tempo   tempo

	mu      sync.Mutex
	entries map[string]*entry // by ID
	version uint64
	listed  uint64 // version in which sweeps came or went
	note    string // why the folder cannot be read
	signal  signal

	following sync.WaitGroup
}

// entry is a sweep on the board.
type entry struct {
	place
	manifest sweep.Manifest
	modified time.Time // of the manifest
	idle     Card      // while nobody follows it
	watch    *watch    // nil while nobody follows it
	stop     context.CancelFunc
	asked    time.Time

	card    []byte // as it was shown last
	changed uint64
}

func newBoard(ctx context.Context, root string, c sweep.Catalog) *board {
	return &board{root: root, catalog: c, ctx: ctx, tempo: usual(), epoch: rand.Text()[:8], entries: map[string]*entry{}, version: 1, signal: newSignal()}
}

// run keeps the board up to date until its context ends.
func (b *board) run() {
	tick := time.NewTicker(b.tempo.look)
	defer tick.Stop()
	defer b.following.Wait()
	for found := (time.Time{}); ; {
		if time.Since(found) >= b.tempo.find {
			b.find()
			found = time.Now()
		}
		b.refresh()
		select {
		case <-b.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// find looks for sweeps that came, went or began again.
func (b *board) find() {
	places, err := find(b.root)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.note = ""; err != nil {
		b.note = err.Error()
	}
	there := map[string]bool{}
	for _, p := range places {
		there[p.id] = true
		b.meet(p)
	}
	for id, e := range b.entries {
		if !there[id] {
			e.leave()
			delete(b.entries, id)
			b.listed = b.version + 1
		}
	}
	b.forget()
}

// meet takes a folder in, or takes up what has changed in its manifest. The caller holds the lock, likewise below.
func (b *board) meet(p place) {
	e := b.entries[p.id]
	if e == nil {
		e = &entry{place: p}
		b.entries[p.id] = e
		b.listed = b.version + 1
	}
	if e.watch != nil && e.watch.isReplaced() {
		e.leave()
		e.modified = time.Time{}
	}
	info, err := os.Stat(filepath.Join(p.dir, manifestName))
	if err != nil || info.ModTime().Equal(e.modified) {
		return
	}
	m, err := sweep.ReadManifest(p.dir)
	e.modified = info.ModTime()
	if err != nil {
		e.leave()
		e.idle = Card{ID: p.id, Folder: p.name, Name: p.name, Status: Status(sweep.Broken), Note: err.Error(), PerSecond: None(), LeftS: None()}
		return
	}
	if m.Status != e.manifest.Status {
		b.listed = b.version + 1
	}
	e.manifest, e.idle = m, idleCard(p, m)
	if e.watch != nil && e.watch.isSettled() && m.Status != sweep.Complete {
		e.leave() // it goes on
	}
	if e.watch == nil && m.Status == sweep.Running {
		b.follow(e)
	}
}

// idleCard is what is cheap to know of a sweep that nobody follows.
func idleCard(p place, m sweep.Manifest) Card {
	c := manifestCard(p, m)
	if m.Status != sweep.Complete {
		return c
	}
	r, err := dataset.Open(filepath.Join(p.dir, sweep.DatasetName))
	if err != nil {
		c.Note = err.Error()
		return c
	}
	c.Known, c.Studies, c.Trials = true, Share{len(r.Studies()), len(r.Studies())}, Share{int(r.Len()), int(r.Len())}
	_ = r.Close() // read only
	return c
}

// follow begins to read a sweep.
func (b *board) follow(e *entry) {
	ctx, stop := context.WithCancel(b.ctx)
	e.stop = stop
	e.watch = newWatch(e.place, b.catalog, e.manifest, b.tempo)
	w := e.watch
	b.following.Go(func() { w.follow(ctx) })
}

// leave ends reading a sweep.
func (e *entry) leave() {
	if e.watch != nil {
		e.stop()
		close(e.watch.left)
		e.watch = nil
	}
}

// forget leaves sweeps that do not run and were not asked for lately.
func (b *board) forget() {
	var idle []*entry
	for _, e := range b.entries {
		if e.watch != nil && e.manifest.Status != sweep.Running {
			idle = append(idle, e)
		}
	}
	slices.SortFunc(idle, func(x, y *entry) int { return y.asked.Compare(x.asked) })
	for _, e := range idle[min(maxIdle, len(idle)):] {
		e.leave()
	}
}

// watch is the watch of a sweep, which begins to be followed when nobody does; nil without such a sweep, or where its manifest cannot be read.
func (b *board) watch(id string) *watch {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entries[id]
	if e == nil {
		return nil
	}
	e.asked = time.Now()
	if e.watch == nil && e.manifest.Format != 0 {
		b.follow(e)
	}
	return e.watch
}

// folder is where a sweep is; false without such a sweep.
func (b *board) folder(id string) (string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entries[id]
	if e == nil {
		return "", false
	}
	return e.dir, true
}

// refresh takes up what has changed in the cards.
func (b *board) refresh() {
	b.mu.Lock()
	defer b.mu.Unlock()
	changed := b.listed > b.version
	for _, e := range b.entries {
		text, err := json.Marshal(e.now())
		if err == nil && !bytes.Equal(text, e.card) {
			e.card, e.changed, changed = text, b.version+1, true
		}
	}
	if changed {
		b.version++
		b.signal.raise()
	}
}

// now is the sweep's card.
func (e *entry) now() Card {
	if e.watch != nil {
		return e.watch.card()
	}
	return e.idle
}

// Board is the list of sweeps, in an event those that have changed.
type Board struct {
	Version uint64            `json:"version"`
	Whole   bool              `json:"whole"`
	Note    string            `json:"note,omitempty"`
	Order   []string          `json:"order,omitempty"` // IDs, the latest first; left out when none came or went
	Cards   []json.RawMessage `json:"cards"`           // see Card
}

// since is the board as far as it has changed since a version; 0 = all of it.
func (b *board) since(version uint64) Board {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := Board{Version: b.version, Whole: version == 0, Note: b.note, Cards: []json.RawMessage{}}
	list := b.ordered()
	if d.Whole || b.listed > version {
		d.Order = []string{}
		for _, e := range list {
			d.Order = append(d.Order, e.id)
		}
	}
	for _, e := range list {
		if e.card != nil && e.changed > version {
			d.Cards = append(d.Cards, e.card)
		}
	}
	return d
}

// cards are all sweeps, the latest first.
func (b *board) cards() []Card {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []Card
	for _, e := range b.ordered() {
		list = append(list, e.now())
	}
	return list
}

// ordered are the entries, running ones first and then the latest. The caller holds the lock.
func (b *board) ordered() []*entry {
	list := make([]*entry, 0, len(b.entries))
	for _, e := range b.entries {
		list = append(list, e)
	}
	rank := func(e *entry) int {
		if e.manifest.Status == sweep.Running {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(x, y *entry) int {
		return cmp.Or(rank(x)-rank(y), cmp.Compare(y.manifest.Started, x.manifest.Started), cmp.Compare(x.name, y.name))
	})
	return list
}
