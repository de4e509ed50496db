package dramsim3

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/trace"
)

// access is a request by place: bank 0 to 15 of a DDR4 rank.
type access struct {
	cycle             int64
	op                string // R or W
	bank, row, column int32
}

// play serves accesses on DDR4-2400 (tRCD = CL = tRP = 16, CWL 12, burst 4, tRAS 39, tCCD_L 6, tRTP 9, tWR 18, tREFI 9360) and returns the
// result and the commands as "clock command bank".
func play(t *testing.T, c Config, accesses ...access) (Result, []string) {
	t.Helper()
	job := testJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1, nil)
	var requests []trace.Request
	for _, a := range accesses {
		at := address.Location{Bank: a.bank, Row: a.row, Column: a.column}
		requests = append(requests, trace.Request{Cycle: a.cycle, Write: a.op == "W", Address: job.Map.Encode(at)})
	}
	job.Source = trace.NewSlice(requests)
	var log []string
	job.Log = func(i device.Issued) { log = append(log, fmt.Sprint(i.Cycle, " ", i.Command, " ", i.Bank)) }
	r, err := Simulate(c, job)
	require.NoError(t, err)
	return r, log
}

func TestIdleReads(t *testing.T) {
	// Accepted and moved in step c, ACT in c+1, RD tRCD later, data CL + 4 later: 1 + 16 + 20 clocks. A hit drops tRCD, a conflict adds tRP.
	r, log := play(t, Default(), access{0, "R", 3, 0, 0}, access{100, "R", 3, 0, 1}, access{200, "R", 3, 1, 0})
	require.Equal(t, []string{"1 ACT 3", "17 RD 3", "101 RD 3", "201 PRE 3", "217 ACT 3", "233 RD 3"}, log)
	require.EqualValues(t, 254, r.TotalCycles)
	require.InDelta(t, (37+21+53)/3.0, r.ReadLatency.Accepted.MeanCycles, 1e-12)
	require.EqualValues(t, 53, r.ReadLatency.Arrival.MaxCycles)
	require.Equal(t, [3]int64{1, 1, 1}, [3]int64{r.RowHits, r.RowMisses, r.RowConflicts})
	require.EqualValues(t, (201-1)+(254-217), r.ActiveCycles)
	require.EqualValues(t, 1+(217-201), r.IdleCycles)
}

func TestClosedPageUsesAutoPrecharge(t *testing.T) {
	c := Default()
	c.PagePolicy = Closed
	r, log := play(t, c, access{0, "R", 3, 0, 0}, access{100, "R", 3, 0, 1}, access{200, "W", 3, 1, 0})
	require.Equal(t, []string{"1 ACT 3", "17 RDA 3", "101 ACT 3", "117 RDA 3", "201 ACT 3", "217 WRA 3"}, log)
	require.EqualValues(t, 217+12+4+1, r.TotalCycles, "the run ends when the last write data are in the memory")
	require.EqualValues(t, 3*16, r.ActiveCycles, "a bank is closed as soon as the auto-precharge issues")
}

func TestForwardingAndMerging(t *testing.T) {
	r, log := play(t, Default(),
		access{0, "R", 0, 0, 0}, access{1, "R", 0, 0, 0}, // merged: answered together, in step 37
		access{50, "W", 0, 0, 9}, access{51, "W", 0, 0, 9}, // the second one overwrites the first
		access{52, "R", 0, 0, 9}) // served from the write buffer
	require.Equal(t, []string{"1 ACT 0", "17 RD 0", "53 WR 0"}, log)
	require.EqualValues(t, 2, r.ForwardedReads)
	require.EqualValues(t, 1, r.CoalescedWrites)
	require.InDelta(t, (37+36+1)/3.0, r.ReadLatency.Accepted.MeanCycles, 1e-12)
	require.EqualValues(t, 1, r.WriteLatency.Arrival.MaxCycles, "writes are posted")
	require.EqualValues(t, 53+12+4+1, r.TotalCycles)
}

func TestLastWritesStayInTheReference(t *testing.T) {
	accesses := []access{{0, "W", 0, 0, 0}, {1, "W", 1, 0, 0}, {2, "R", 2, 0, 0}}
	c := Default()
	c.Defects = true
	r, log := play(t, c, accesses...)
	require.Equal(t, []string{"3 ACT 2", "19 RD 2"}, log)
	require.EqualValues(t, 40, r.TotalCycles)
	require.EqualValues(t, 2, r.Writes)

	// Repaired: they are moved when the read has left the command queue, in clock 19.
	r, log = play(t, Default(), accesses...)
	require.Equal(t, []string{"3 ACT 2", "19 RD 2", "20 ACT 0", "26 ACT 1", "36 WR 0", "42 WR 1"}, log)
	require.EqualValues(t, 42+12+4+1, r.TotalCycles)
}

func TestWriteBufferDrains(t *testing.T) {
	var accesses []access
	for i := range int32(9) {
		accesses = append(accesses, access{int64(i), "W", 0, 0, i})
	}
	accesses = append(accesses, access{1000, "R", 15, 0, 0})
	count := func(change func(*Config)) int64 {
		c := Default()
		c.Defects = true
		change(&c)
		r, _ := play(t, c, accesses...)
		return r.Commands[device.WR]
	}
	require.EqualValues(t, 9, count(func(*Config) {}), "above the threshold of 8, with empty command queues")
	require.EqualValues(t, 0, count(func(c *Config) { c.WriteDrainThreshold = 9 }), "not above the threshold")
	require.EqualValues(t, 8, count(func(c *Config) { c.WriteDrainThreshold, c.TransactionQueueSize = 9, 4 }), "twice full")
	require.EqualValues(t, 9, count(func(c *Config) { c.Unified = true }), "no write buffer")
}

// Every bank has a hit waiting all the time: a command queue is passed over until all others have had their turn.
func TestRoundRobin(t *testing.T) {
	c := Default()
	c.RefreshPolicy = NoRefresh
	accesses := []access{{0, "R", 0, 0, 0}, {0, "R", 4, 0, 0}, {0, "R", 8, 0, 0}} // three bank groups
	for i := range int32(2) {
		accesses = append(accesses, access{100, "R", 0, 0, 1 + i}, access{100, "R", 4, 0, 1 + i}, access{100, "R", 8, 0, 1 + i})
	}
	_, log := play(t, c, accesses...)
	require.Equal(t, []string{"101 RD 0", "105 RD 4", "109 RD 8", "113 RD 0", "117 RD 4", "121 RD 8"}, log[6:])
}

// Bank 0 has had two accesses when a request to another of its rows waits before a further hit. Its PRE is legal in 101 + tRTP = 110, the
// hit, behind reads of two other banks, only in 113.
func TestRowHitCap(t *testing.T) {
	accesses := []access{
		{0, "R", 0, 0, 0}, {0, "R", 4, 0, 0}, {0, "R", 8, 0, 0},
		{100, "R", 0, 0, 1}, {100, "R", 4, 0, 1}, {100, "R", 8, 0, 1}, {100, "R", 0, 1, 0}, {100, "R", 0, 0, 2},
	}
	after := func(accessesToRow int) []string {
		c := Default()
		c.RowHitCap = accessesToRow
		_, log := play(t, c, accesses...)
		require.Equal(t, []string{"101 RD 0", "105 RD 4", "109 RD 8"}, log[6:9])
		return log[9:]
	}
	require.Equal(t, []string{"110 PRE 0", "126 ACT 0", "142 RD 0", "165 PRE 0"}, after(2)[:4])
	require.Equal(t, []string{"113 RD 0", "122 PRE 0", "138 ACT 0", "154 RD 0"}, after(3))
}

// As long as hits keep coming at full speed the PRE never becomes legal, cap or no cap.
func TestEndlessHitsHoldBackAConflict(t *testing.T) {
	var accesses []access
	for i := range int32(1000) {
		accesses = append(accesses, access{6 * int64(i), "R", 0, 0, i % 128})
	}
	accesses[10].row = 1
	c := Default()
	c.RefreshPolicy = NoRefresh
	r, _ := play(t, c, accesses...)
	require.EqualValues(t, 6006, r.ReadLatency.Accepted.MaxCycles)
	require.EqualValues(t, 6067, r.TotalCycles)
}

func TestRefresh(t *testing.T) {
	// Due in 9360: the queues stop, the banks are closed one by one, REF tRP later, and then ACT tRFC later.
	r, log := play(t, Default(), access{0, "R", 5, 0, 0}, access{9350, "R", 6, 0, 0}, access{9400, "R", 5, 0, 1})
	require.Equal(t, []string{
		"1 ACT 5", "17 RD 5", "9351 ACT 6", // its RD would be legal in 9367
		"9360 PRE 5", "9390 PRE 6", // tRAS
		"9406 REF 0", "9826 ACT 5", "9832 ACT 6", "9842 RD 5", "9848 RD 6",
	}, log)
	require.EqualValues(t, 1, r.Commands[device.REF])
	c := Default()
	c.RefreshPolicy = NoRefresh
	r, _ = play(t, c, access{0, "R", 5, 0, 0}, access{30000, "R", 6, 0, 0})
	require.EqualValues(t, 0, r.Commands[device.REF])
}

// REF waits for the end of tRAS and tRP of a bank that closes itself, except in the reference.
func TestRefreshAfterAutoPrecharge(t *testing.T) {
	c := Default()
	c.PagePolicy = Closed
	last := func(defects bool) string {
		c.Defects = defects
		_, log := play(t, c, access{9340, "R", 5, 0, 0}, access{9900, "R", 5, 0, 0})
		require.Equal(t, []string{"9341 ACT 5", "9357 RDA 5"}, log[:2])
		return log[2]
	}
	require.Equal(t, "9396 REF 0", last(false), "ACT + tRC = 9341 + 55")
	require.Equal(t, "9382 REF 0", last(true), "RDA + tRTP + tRP = 9357 + 25")
}

// The rules of the reference differ from those of the devices in these delays, and in no other.
func TestRulesOfTheReference(t *testing.T) {
	clocks := func(rules *device.Rules, from, to device.Command, scope device.Scope) int {
		for _, c := range rules.Constraints {
			if c.From == from && c.To == to && c.Scope == scope {
				return c.Clocks
			}
		}
		return 0
	}
	ddr4, err := device.Lookup("ddr4-2400-8gb-x8")
	require.NoError(t, err)
	own, peer := ddr4.Rules(), peerRules(ddr4)
	require.Equal(t, 25, clocks(own, device.RDA, device.ACT, device.SameBank))
	require.Equal(t, 29, clocks(peer, device.RDA, device.ACT, device.SameBank))
	require.Equal(t, 55, clocks(own, device.ACT, device.REF, device.SameRank))
	require.Equal(t, 0, clocks(peer, device.ACT, device.REF, device.SameRank))
	differences := 0
	for _, c := range own.Constraints {
		if clocks(peer, c.From, c.To, c.Scope) != c.Clocks {
			differences++
		}
	}
	require.Equal(t, 2, differences)
	require.Len(t, peer.Constraints, len(own.Constraints)-1)

	lpddr4, err := device.Lookup("lpddr4-3200-8gb-x16x2")
	require.NoError(t, err)
	own, peer = lpddr4.Rules(), peerRules(lpddr4)
	require.Equal(t, [2]int{45, 36}, [2]int{own.ReadData, peer.ReadData})
	require.Equal(t, [2]int{4, 1}, [2]int{own.Clocks[device.ACT], peer.Clocks[device.ACT]})
	require.Equal(t, 30, clocks(own, device.RD, device.WR, device.SameRank), "28 + 6 + 8 - 14 + 2")
	require.Equal(t, 24, clocks(peer, device.RD, device.WR, device.SameRank), "28 + 8 + 2 - 14")
	require.Equal(t, 4, clocks(peer, device.PRE, device.PRE, device.SameRank))
}

func TestOutstandingLimit(t *testing.T) {
	// The next request is offered in the step after the answer.
	job := testJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1, trace.NewSlice(make([]trace.Request, 3)))
	job.MaxOutstanding = 1
	r, err := Run(Default(), job)
	require.NoError(t, err)
	require.EqualValues(t, 37+1+21+1+21+1, r.TotalCycles)
	require.Equal(t, r.ReadLatency.Accepted, r.ReadLatency.Arrival, "the wait for the answer before is not counted")
}

func TestNothingToDo(t *testing.T) {
	r, log := play(t, Default())
	require.Empty(t, log)
	require.Zero(t, r.TotalCycles)
	require.Zero(t, r.ActiveCycles+r.IdleCycles)
}

func TestFullQueueHoldsBackTheSource(t *testing.T) {
	// One place in each queue: the third read finds the first one in the command queue and the second one in the read queue.
	c := Default()
	c.TransactionQueueSize, c.CommandQueueSize = 1, 1
	r, log := play(t, c, access{0, "R", 0, 0, 0}, access{0, "R", 0, 0, 1}, access{0, "R", 0, 0, 2}, access{0, "R", 9, 0, 0})
	require.Equal(t, []string{"1 ACT 0", "17 RD 0", "23 RD 0", "25 ACT 9", "29 RD 0", "41 RD 9"}, log)
	require.EqualValues(t, 61, r.ReadLatency.Arrival.MaxCycles)
	require.Equal(t, 2, r.QueueMax)
}
