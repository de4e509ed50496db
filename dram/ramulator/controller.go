package ramulator

import (
	"math"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// forever is later than every clock.
const forever = math.MaxInt64

// controller serves one channel.
type controller struct {
	config   Config
	high     float32 // writes above which the buffer drains
	low      float32 // writes below which it stops
	channel  *memory.Channel
	recorder *memory.Recorder
	rules    *device.Rules
	limited  bool // the source waits for responses

	active        list // requests whose row was opened for them, at most as many as banks
	reads, writes list
	priority      []task
	writeMode     bool
	held          int   // writes marked so
	nextRefresh   int64 // clock in which the next refresh becomes due
	interval      int64
	ranks         int

	banks    []bank
	inRank   []int // requests of the active list by rank
	exceeded int   // banks that reached the cap and have no PRE in the priority list
	scan     int64 // number of the last scan of a list

	wake     int64 // first clock in which something can happen
	progress int64 // clock in which a request was served last, or came in while none was there
	readEnd  int64 // clock of the last read response
	end      int64 // clock of the last response
	owed     [directions]outstanding
	rows     [findings]int64 // requests by how they found their row
}

// bank is what the controller knows of a bank beyond the open row.
type bank struct {
	active   int   // requests that the controller thinks the active list holds for the bank
	uses     int   // column commands since the row was opened, for ClosedCap
	injected bool  // a PRE of the bank is in the priority list
	hitIn    int64 // number of the last scan that met a hit of the bank
}

// newController is the controller of a channel of the job.
func newController(c Config, j *memory.Job, rules *device.Rules, channel *memory.Channel, recorder *memory.Recorder) *controller {
	m := &controller{
		config: c, channel: channel, recorder: recorder, rules: rules, limited: j.MaxOutstanding > 0,
		high:   float32(c.HighWatermarkFrac) * float32(c.WriteBufferSize),
		low:    float32(c.LowWatermarkFrac) * float32(c.WriteBufferSize),
		active: make(list, 0, channel.Banks()), reads: make(list, 0, c.ReadBufferSize), writes: make(list, 0, c.WriteBufferSize),
		interval: int64(j.Device.Timing.TREFI), nextRefresh: forever, ranks: j.Ranks,
		banks: make([]bank, channel.Banks()), inRank: make([]int, j.Ranks),
		end: -1, readEnd: -1,
	}
	if c.Refresh == AllBank {
		m.nextRefresh = m.interval - 1
	}
	return m
}

// holds tells whether any request waits for its column command.
func (m *controller) holds() bool { return len(m.active)+len(m.reads)+len(m.writes) > 0 }

// tick is clock t of the controller: at most one command. It sets wake, and tells whether a command issued.
func (m *controller) tick(t int64) bool {
	m.wake = forever
	m.refresh(t)
	m.closeRows(t)
	p, earliest := m.choose(t)
	if p.kind == nothing {
		m.wake = min(m.wake, earliest, m.nextRefresh)
		return false
	}
	m.issue(t, p)
	m.wake = t + 1
	return true
}
