package dramsim3

import (
	"math"
	"math/bits"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// far is the clock of what is not going to happen by itself.
const far = math.MaxInt64

// controller is the controller of one channel.
type controller struct {
	Config
	number int
	memory *memory.Channel
	source *source

	entries       pool[entry]
	pendingReads  index // bursts that reads wait for, up to the RD
	pendingWrites index // bursts to be written, up to the WR
	reads, writes queue // transaction queues; reads is the unified one
	draining      int   // writes still to be moved before reads are again
	transferAt    int64 // next clock in which the transfer can do anything

	banks       []bank
	busy        []int32 // banks with entries in their command queue, in order
	queues      []commandQueue
	span        int32 // banks of a command queue
	turn        int32 // queue that issued last
	commandAt   int64 // next clock in which a command can issue
	read, write device.Command

	refresh  refresh
	standby  []standby // by rank
	readData int64     // clocks from RD to the end of its data
	writeEnd int64     // clocks from WR to the end of its data
	offset   int       // address bits within a burst
	moved    int64     // requests moved to the command queues so far
	queued   int       // requests in the command queues
}

// bank is what waits for a bank in its command queue.
type bank struct {
	queue    queue // all for this bank; several may share the room of one command queue
	number   int32
	group    int // of the channel's
	rank     int
	in       int32 // command queue
	accesses int   // column commands since the last ACT
	plan     [3]candidate
	plans    int
}

// commandQueue counts the entries of its banks.
type commandQueue struct{ length, size int }

// standby counts the clocks in which a rank has a row open.
type standby struct {
	open         bool
	since        int64
	activeCycles int64
}

// newController is the controller of an empty channel.
func newController(c Config, number int, m *memory.Channel, rules *device.Rules, j *memory.Job, s *source) *controller {
	ch := &controller{
		Config: c, number: number, memory: m, source: s,
		reads: newQueue(c.TransactionQueueSize), writes: newQueue(c.TransactionQueueSize),
		banks: make([]bank, m.Banks()), busy: make([]int32, 0, m.Banks()), span: 1,
		transferAt: far, commandAt: far, read: device.RD, write: device.WR,
		refresh: newRefresh(c.RefreshPolicy, j), standby: make([]standby, j.Ranks),
		readData: int64(rules.ReadData), writeEnd: int64(rules.WriteData), offset: bits.TrailingZeros(uint(j.Device.BurstBytes())),
	}
	if c.PagePolicy == Closed {
		ch.read, ch.write = device.RDA, device.WRA
	}
	if c.QueuePer == PerRank {
		ch.span = int32(j.Device.Banks())
	}
	ch.queues = make([]commandQueue, len(ch.banks)/int(ch.span))
	for i := range ch.queues {
		ch.queues[i].size = c.CommandQueueSize
	}
	for i := range ch.banks {
		ch.banks[i] = bank{
			queue: newQueue(c.CommandQueueSize), number: int32(i), group: m.Group(i), rank: m.Rank(i), in: int32(i) / ch.span,
		}
	}
	held := 2*c.TransactionQueueSize + len(ch.queues)*c.CommandQueueSize
	ch.pendingReads, ch.pendingWrites = newIndex(held), newIndex(held)
	return ch
}

// accept takes a request in step c, or refuses it for lack of room.
func (ch *controller) accept(d *memory.Demand, c int64) bool {
	into, _ := ch.queueOf(d.Write)
	if into.full() {
		return false
	}
	burst := d.Address >> ch.offset
	written := ch.pendingWrites.find(ch.entries.slots, burst) != none
	switch {
	case d.Write && written:
		ch.source.recorder.Coalesced++
		ch.source.answerAtOnce(c)
	case d.Write:
		slot := ch.enter(into, d, burst)
		ch.pendingWrites.add(ch.entries.slots, slot)
		ch.source.hold(c)
		ch.source.answerAtOnce(c)
	case written:
		ch.source.recorder.Forwarded++
		ch.source.answerAtOnce(c)
	default:
		slot := ch.pendingReads.find(ch.entries.slots, burst)
		if slot == none {
			slot = ch.enter(into, d, burst)
			ch.pendingReads.add(ch.entries.slots, slot)
		} else {
			ch.source.recorder.Forwarded++
		}
		ch.source.wait(&ch.entries.slots[slot], c)
	}
	return true
}

// enter puts a request into a transaction queue.
func (ch *controller) enter(into *queue, d *memory.Demand, burst uint64) (slot int32) {
	slot = ch.entries.put(entry{burst: burst, bank: d.Bank, row: d.Row, column: d.Column, write: d.Write, firstWait: none})
	into.push(ch.entries.slots, slot)
	ch.transferAt = 0
	return slot
}

// wake is the next clock in which anything can change by itself.
func (ch *controller) wake() int64 { return min(ch.commandAt, ch.transferAt, ch.refresh.next) }

// tick is one clock: refresh, one command, one transfer. It changes nothing in clocks before wake.
func (ch *controller) tick(c int64) {
	if ch.refresh.becomeDue(c) {
		ch.commandAt = c
	}
	if c >= ch.commandAt {
		ch.command(c)
	}
	if c >= ch.transferAt {
		ch.transfer(c)
	}
}

// countStandby follows whether a rank has a row open after a command in clock c.
func (ch *controller) countStandby(c int64, rank int) {
	s := &ch.standby[rank]
	open := ch.memory.OpenBanks(rank) > 0
	if open == s.open {
		return
	}
	if s.open {
		s.activeCycles += c - s.since
	}
	s.open, s.since = open, c
}
