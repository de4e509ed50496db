package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// room is a waiting room of two banks. Each letter of the text is a request to bank 0: r and w go to row 1, which is open, R and W to
// row 2; each to a column of its own, but the digit after a letter is one. The last column command went in the direction of last.
func room(c Config, text string, last int) (*waiting, *bank) {
	requests := &pool{}
	banks := []bank{{index: 0, row: 1, current: nobody, list: list{nobody, nobody, 0}}, {index: 1, row: memory.Closed, list: list{nobody, nobody, 0}}}
	w := newWaiting(c, banks, requests)
	w.last = last
	for i, letter := range text {
		if letter >= '0' && letter <= '9' {
			requests.all[len(requests.all)-1].Column = letter - '0'
			continue
		}
		r := request{Demand: memory.Demand{Request: trace.Request{Write: letter == 'w' || letter == 'W'}, Row: 1, Column: int32(100 + i)}, number: int64(i)}
		if letter == 'R' || letter == 'W' {
			r.Row = 2
		}
		at := requests.acquire()
		requests.all[at] = r
		w.store(&banks[0], at)
	}
	return &w, &banks[0]
}

func TestSchedulersPick(t *testing.T) {
	const read, write = 0, 1
	for _, test := range []struct {
		name      string
		scheduler Scheduler
		waiting   string
		last      int
		want      int32
	}{
		{"fifo takes the oldest", Fifo, "Rr", read, 0},
		{"frfcfs takes the first hit", FrFcfs, "RWwr", read, 2},
		{"frfcfs without a hit takes the oldest", FrFcfs, "RW", write, 0},
		{"grp takes the first hit of the direction", FrFcfsGrp, "Rrww", write, 2},
		{"grp without one takes the first hit", FrFcfsGrp, "WrR", write, 1},
		{"grp without a hit takes the oldest", FrFcfsGrp, "RW", write, 0},
		{"grp does not overtake a hit to the same burst", FrFcfsGrp, "r5w5w6", write, 2},
		{"grp falls back to the first hit", FrFcfsGrp, "r5w5", write, 0},
		{"grouped takes the direction before hits", GrpFrFcfs, "rW", write, 1},
		{"grouped takes the hit of the direction", GrpFrFcfs, "rWw", write, 2},
		{"grouped turns when the direction has none", GrpFrFcfs, "Rr", write, 1},
		{"watermarks serve reads first", GrpFrFcfsWm, "wR", write, 1},
		{"watermarks leave writes below the mark", GrpFrFcfsWm, "RWww", write, 0},
		{"watermarks drain above the mark", GrpFrFcfsWm, "rWwww", read, 2},
		{"watermarks drain when no reads wait", GrpFrFcfsWm, "Ww", read, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			c.Scheduler, c.LowWatermark, c.HighWatermark = test.scheduler, 1, 3
			w, b := room(c, test.waiting, test.last)
			require.Equal(t, test.want, newScheduler(c, w).pick(b))
		})
	}
}

func TestFrFcfsTakesTheOldestForAClosedBank(t *testing.T) {
	w, b := room(Default(), "Rr", 0)
	b.row = memory.Closed
	require.EqualValues(t, 0, newScheduler(Default(), w).pick(b))
}

func TestWatermarksAreAHysteresis(t *testing.T) {
	w := watermarks{low: 1, high: 3}
	for _, step := range []struct {
		reads, writes int
		writing       bool
	}{{1, 0, false}, {1, 3, false}, {1, 4, true}, {1, 2, true}, {0, 1, true}, {1, 1, false}, {0, 1, true}, {0, 0, true}, {1, 0, false}} {
		before := w.writing
		require.Equal(t, before != step.writing, w.update([2]int{step.reads, step.writes}), step)
		require.Equal(t, step.writing, w.writing, step)
	}
}

func TestPagePoliciesClose(t *testing.T) {
	for _, test := range []struct {
		name      string
		page      PagePolicy
		scheduler Scheduler
		waiting   string
		want      bool
	}{
		{"open, alone", Open, FrFcfs, "r", false},
		{"open, conflict waits", Open, FrFcfs, "rR", false},
		{"closed, hit waits", Closed, FrFcfs, "rr", true},
		{"open adaptive, alone", OpenAdaptive, FrFcfs, "r", false},
		{"open adaptive, hit waits", OpenAdaptive, FrFcfs, "rRr", false},
		{"open adaptive, conflict waits", OpenAdaptive, FrFcfs, "rR", true},
		{"open adaptive, fifo sees only the second", OpenAdaptive, Fifo, "rRr", true},
		{"open adaptive, hit in the other direction", OpenAdaptive, FrFcfs, "rw", false},
		{"open adaptive, grouped sees one direction", OpenAdaptive, GrpFrFcfs, "rwR", true},
		{"open adaptive, grouped is alone in its direction", OpenAdaptive, GrpFrFcfs, "rw", false},
		{"closed adaptive, alone", ClosedAdaptive, FrFcfs, "r", true},
		{"closed adaptive, hit waits", ClosedAdaptive, FrFcfs, "rRr", false},
		{"closed adaptive, conflict waits", ClosedAdaptive, FrFcfs, "rR", true},
		{"closed adaptive, fifo sees only the second", ClosedAdaptive, Fifo, "rRr", true},
		{"closed adaptive, fifo, hit is second", ClosedAdaptive, Fifo, "rr", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			c.PagePolicy, c.Scheduler = test.page, test.scheduler
			w, b := room(c, test.waiting, 0)
			b.current = 0
			require.Equal(t, test.want, newPagePolicy(c).closes(newScheduler(c, w), b))
		})
	}
}

func TestBuffersHaveRoom(t *testing.T) {
	for _, test := range []struct {
		name    string
		buffer  SchedulerBuffer
		waiting string
		want    bool
	}{
		{"bankwise, below", Bankwise, "rr", true},
		{"bankwise, the bank stored last is full", Bankwise, "rwr", false},
		{"readwrite, both below", ReadWrite, "rrww", true},
		{"readwrite, the writes are full", ReadWrite, "www", false},
		{"readwrite, the reads are full", ReadWrite, "rRr", false},
		{"shared, below", Shared, "rw", true},
		{"shared, full", Shared, "rwR", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			c.SchedulerBuffer, c.RequestBufferSize = test.buffer, 3
			w, _ := room(c, test.waiting, 0)
			require.Equal(t, test.want, newBuffer(c).hasRoom(w))
		})
	}
}

func TestBankwiseLooksAtTheBankStoredLast(t *testing.T) {
	c := Default()
	c.RequestBufferSize = 1
	w, _ := room(c, "r", 0)
	at := w.requests.acquire()
	w.requests.all[at] = request{Demand: memory.Demand{Bank: 1}}
	require.False(t, newBuffer(c).hasRoom(w), "bank 0 is full, so that a request for bank 1 waits as well")
	w.store(&w.banks[1], at)
	w.remove(&w.banks[1], at)
	require.True(t, newBuffer(c).hasRoom(w), "bank 1 is empty, so that even bank 0 may get one more")
}
