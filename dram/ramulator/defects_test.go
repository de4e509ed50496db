package ramulator

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// The map of the test device (DDR4-2400): 64 bytes to the next column, 128 KiB to the next row.
const (
	nextColumn = 64
	nextRow    = 1 << 17
)

func read(cycle int64, address uint64) trace.Request {
	return trace.Request{Cycle: cycle, Address: address}
}
func write(cycle int64, address uint64) trace.Request {
	return trace.Request{Cycle: cycle, Address: address, Write: true}
}

// unrefreshed is the default without refresh.
func unrefreshed(defects bool) Config {
	c := Default()
	c.Refresh, c.Defects = NoRefresh, defects
	return c
}

// played runs requests on the test device.
func played(t *testing.T, c Config, requests ...trace.Request) (memory.Stats, []device.Issued) {
	t.Helper()
	s, log, err := recorded(c, jobOf(t, "ddr4-2400-8gb-x8", 1, 1, nil), requests, false)
	require.NoError(t, err)
	return s, log
}

// DDR4-2400: tRCD = CL = tRP = 16, CWL 12, BL/2 = 4, tRAS 39, tRC 55, tCCD_L 6, tRTP 9, WR to RD 25 in a bank group, RD to WR 10.
func TestLatencies(t *testing.T) {
	for _, c := range []struct {
		name     string
		defects  bool
		requests []trace.Request
		reads    float64 // mean
		writes   float64
		total    int64
	}{
		{"closed bank: 16 + 16 + 4", false, []trace.Request{read(0, 0)}, 36, 0, 37},
		{"hit: 16 + 4, mean of 36 and 20", false, []trace.Request{read(0, 0), read(100, nextColumn)}, 28, 0, 121},
		{"conflict: 16 + 16 + 16 + 4, mean of 36 and 52", false, []trace.Request{read(0, 0), read(100, nextRow)}, 44, 0, 153},
		{"write until its data end: 16 + 12 + 4", false, []trace.Request{write(0, 0)}, 0, 32, 33},
		{"write until WR", true, []trace.Request{write(0, 0)}, 0, 16, 17},
		{"forwarded at once, mean of 36 and 0; WR 26", false, []trace.Request{read(0, 0), write(17, nextColumn), read(18, nextColumn)}, 18, 25, 43},
		{"forwarded behind the read of clock 0", true, []trace.Request{read(0, 0), write(17, nextColumn), read(18, nextColumn)}, 27, 9, 37},
		{"forwarded from the active list; WR 16", false, []trace.Request{write(0, 0), read(1, 0)}, 0, 32, 33},
		{"forgotten when activated: RD 16 + 25", true, []trace.Request{write(0, 0), read(1, 0)}, 60, 16, 62},
		{"coalesced in the active list, mean of 32 and 0", false, []trace.Request{write(0, 0), write(1, 0)}, 0, 16, 33},
		{"not coalesced once activated: WR 16 and 22", true, []trace.Request{write(0, 0), write(1, 0)}, 0, 18.5, 23},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := played(t, unrefreshed(c.defects), c.requests...)
			require.Equal(t, c.reads, s.ReadLatency.Accepted.MeanCycles)
			require.Equal(t, c.writes, s.WriteLatency.Accepted.MeanCycles)
			require.Equal(t, c.total, s.TotalCycles)
		})
	}
}

// Four reads of a row, at a cap of 1. The peer: ACT 0, RD 16, RDA 22, ACT 55, RD 71, RDA 77; repaired: ACT 0, 55, 110, 165 and RDA 16 later.
func TestCapCounts(t *testing.T) {
	requests := []trace.Request{read(0, 0), read(1, nextColumn), read(2, 2*nextColumn), read(3, 3*nextColumn)}
	for _, want := range []struct {
		defects      bool
		act, rd, rda int64
		total        int64
	}{
		{true, 2, 2, 2, 98},
		{false, 4, 0, 4, 202},
	} {
		c := unrefreshed(want.defects)
		c.RowPolicy, c.Cap = ClosedCap, 1
		s, _ := played(t, c, requests...)
		n := s.Commands
		require.Equal(t, []int64{want.act, want.rd, want.rda, want.total},
			[]int64{n[device.ACT], n[device.RD], n[device.RDA], s.TotalCycles}, "defects %t", want.defects)
	}
}

// Two writes start write mode while a read of the first one's address waits for another row of the bank.
func TestWriteOvertakesReadOnlyInThePeer(t *testing.T) {
	for _, want := range []struct {
		defects bool
		columns []device.Command // of column 0 in row 0
	}{
		{true, []device.Command{device.WR, device.RD}},
		{false, []device.Command{device.RD, device.WR}},
	} {
		c := unrefreshed(want.defects)
		c.WriteBufferSize, c.HighWatermarkFrac = 4, 0.25
		_, log := played(t, c, read(0, nextRow), read(1, 0), write(2, 0), write(3, nextColumn))
		var columns []device.Command
		for _, i := range log {
			if i.Command.IsColumn() && i.Row == 0 && i.Column == 0 {
				columns = append(columns, i.Command)
			}
		}
		require.Equal(t, want.columns, columns, "defects %t", want.defects)
	}
}

// A low watermark of 0 keeps the peer in write mode for ever.
func TestLowWatermarkOfZero(t *testing.T) {
	c := unrefreshed(true)
	c.LowWatermarkFrac = 0
	_, _, err := recorded(c, jobOf(t, "ddr4-2400-8gb-x8", 1, 1, nil), []trace.Request{read(5, 0)}, false)
	var stuck *memory.Stuck
	require.ErrorAs(t, err, &stuck)
	require.EqualValues(t, 5, stuck.Since)
	require.Contains(t, stuck.Waiting, "in the read buffer for ACT of bank 0")
	require.Contains(t, stuck.Waiting, "served are writes")

	c.Defects = false
	s, _ := played(t, c, read(5, 0))
	require.EqualValues(t, 42, s.TotalCycles)
}

func TestPeerRules(t *testing.T) {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	require.NoError(t, err)
	d.Timing.TWR = 20 // 2 more than shipped, where the delay of a read after a write hides that of RDA
	legal, peer := d.Rules().Constraints, peerRules(d).Constraints
	missing := []device.Constraint{
		{From: device.WR, To: device.RDA, Scope: device.SameBank, Clocks: 27},
		{From: device.RDA, To: device.PREA, Scope: device.SameRank, Clocks: 9},
		{From: device.WRA, To: device.PREA, Scope: device.SameRank, Clocks: 36},
		{From: device.REF, To: device.REF, Scope: device.SameRank, Clocks: 420},
	}
	require.Subset(t, legal, missing)
	for _, c := range missing {
		require.NotContains(t, peer, c)
	}
	require.Contains(t, peer, device.Constraint{From: device.REF, To: device.PREA, Scope: device.SameRank, Clocks: 420})
	require.Len(t, peer, len(legal)-3)
}
