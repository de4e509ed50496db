package jedec

import (
	"math"

	"github.com/codesign-gym/codesign/dram/device"
)

// record is a command that was seen.
type record struct {
	device.Issued
	edge int64 // its last clock on the command bus
}

// never is the edge of a command that was not seen: too long ago for every delay.
const never = math.MinInt64 / 4

func (r *record) seen() bool { return r.edge != never }

// newer keeps the later of two records.
func newer(a, b *record) *record {
	if b.edge > a.edge {
		return b
	}
	return a
}

// bank remembers the last command of each kind.
type bank struct {
	last      [device.BankCommands]record
	open      bool
	row       int
	refreshed bool // in this round of REFPB
}

// recent points to the last commands of the banks of a group or of a rank.
type recent struct {
	act, pre, refresh               *record
	read, write                     *record // plain or with auto-precharge
	readAuto, writeAuto             *record // RDA, WRA
	writePlain                      *record // WR
	actGroup, readGroup, writeGroup int     // the bank groups of act, read and write
}

// rank remembers what concerns all its banks.
type rank struct {
	recent
	banks     []bank
	groups    []recent
	last      [device.Commands]record // rank commands only
	open      int                     // banks
	entry     *record                 // of the low-power state that the rank is in; nil = none
	windows   [2]window
	refreshes refreshes
	due       int // banks still to refresh in this round
}

// window holds the last activations: as many as its length.
type window struct {
	rule   Rule
	clocks int64
	acts   []record // ring
	oldest int
}

func (w *window) add(r *record) {
	w.acts[w.oldest] = *r
	if w.oldest++; w.oldest == len(w.acts) {
		w.oldest = 0
	}
}

// channel remembers what concerns its buses.
type channel struct {
	ranks    []rank
	commands [2]record // the last on each command bus
	data     bursts
	clock    int64
}

func unseen() record { return record{edge: never} }

func newRecent() recent {
	r := unseen()
	return recent{act: &r, pre: &r, refresh: &r, read: &r, write: &r, readAuto: &r, writeAuto: &r, writePlain: &r}
}

func newRank(d *device.Device, w *delays) rank {
	r := rank{recent: newRecent(), banks: make([]bank, d.Banks()), groups: make([]recent, d.BankGroups), due: d.Banks()}
	for i := range r.banks {
		for c := range r.banks[i].last {
			r.banks[i].last[c] = unseen()
		}
	}
	for i := range r.groups {
		r.groups[i] = newRecent()
	}
	for c := range r.last {
		r.last[c] = unseen()
	}
	r.windows = [2]window{newWindow(TFAW, 4, w.fourActs), newWindow(T32AW, 32, w.acts32)}
	return r
}

func newWindow(rule Rule, count int, clocks int64) window {
	w := window{rule: rule, clocks: clocks, acts: make([]record, count)}
	for i := range w.acts {
		w.acts[i] = unseen()
	}
	return w
}

func newChannel(d *device.Device, w *delays, ranks int) channel {
	c := channel{ranks: make([]rank, ranks), clock: never, data: newBursts()}
	for i := range c.commands {
		c.commands[i] = unseen()
	}
	for i := range c.ranks {
		c.ranks[i] = newRank(d, w)
	}
	return c
}

// remember makes the record the last of its kind in a group or rank.
func (r *recent) remember(at *record, group int) {
	switch at.Command {
	case device.ACT:
		r.act, r.actGroup = at, group
	case device.PRE:
		r.pre = at
	case device.REFPB:
		r.refresh = at
	case device.RD:
		r.read, r.readGroup = at, group
	case device.RDA:
		r.read, r.readAuto, r.readGroup = at, at, group
	case device.WR:
		r.write, r.writePlain, r.writeGroup = at, at, group
	case device.WRA:
		r.write, r.writeAuto, r.writeGroup = at, at, group
	}
}
