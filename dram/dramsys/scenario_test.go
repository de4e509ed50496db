package dramsys

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// read is a read of a place in a clock.
func read(j memory.Job, cycle int64, at address.Location) trace.Request {
	return trace.Request{Cycle: cycle, Address: j.Map.Encode(at)}
}

// commands runs requests in the event model and is the log of commands as "clock command".
func commands(t *testing.T, c Config, j memory.Job, requests ...trace.Request) ([]string, memory.Stats) {
	t.Helper()
	var log []string
	j.Source = trace.NewSlice(requests)
	j.Log = func(i device.Issued) { log = append(log, fmt.Sprint(i.Cycle, " ", i.Command)) }
	s, err := runEvents(c, &j)
	require.NoError(t, err)
	return log, s
}

// DDR4-2400: tRCD = CL = tRP = 16, BL/2 = 4. DDR3-1600: tRCD = CL = tRP = 11, BL/2 = 4.

func TestIdleReads(t *testing.T) {
	for _, order := range EventOrders() {
		t.Run(order.String(), func(t *testing.T) {
			c := Default()
			c.EventOrder = order
			j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
			log, s := commands(t, c, j,
				read(j, 10, address.Location{Bank: 3, Row: 7}),
				read(j, 200, address.Location{Bank: 3, Row: 7, Column: 5}),
				read(j, 400, address.Location{Bank: 3, Row: 8}))
			require.Equal(t, []string{"10 ACT", "26 RD", "200 RD", "400 PRE", "416 ACT", "432 RD"}, log)
			require.EqualValues(t, 452, s.TotalCycles)
			require.EqualValues(t, 52, s.ReadLatency.Request.MaxCycles)                 // conflict: tRP + tRCD + CL + BL/2
			require.InDelta(t, (36+20+52)/3.0, s.ReadLatency.Request.MeanCycles, 1e-12) // miss without tRP, hit without tRCD
			require.Equal(t, []int64{1, 1, 1}, []int64{s.RowHits, s.RowMisses, s.RowConflicts})
		})
	}
}

func TestStaggeredPowerDownGoesToSelfRefresh(t *testing.T) {
	c := Default()
	c.PowerDown = Staggered
	j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
	log, s := commands(t, c, j, read(j, 0, address.Location{}), read(j, 20_000, address.Location{}))
	require.Equal(t, []string{
		"0 PDEP", "4 PDXP", "9 ACT", "20 RD", // tCKE 4, tXP 5
		"36 PDEA",                                         // CL + BL/2 + 1
		"6240 PDXA", "6245 PREA", "6256 REF", "6257 PDEP", // tREFI, tXP, tRP, tREFPDEN 1
		"12480 PDXP", "12485 SREFEN",
		"20000 SREFEX", "20216 REF", "20424 ACT", "20512 RD", // tXS 216, tRFC 208, tXSDLL 512
	}, log)
	require.EqualValues(t, 20_527, s.TotalCycles)
}

func TestSelfRefreshAfterIdleClocks(t *testing.T) {
	c := Default()
	c.PowerDown, c.SelfRefreshIdleClocks = SelfRefresh, 1000
	j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
	log, _ := commands(t, c, j, read(j, 0, address.Location{}), read(j, 1000, address.Location{}), read(j, 5000, address.Location{}))
	require.Equal(t, []string{
		"0 ACT", "11 RD", "1000 RD", // not idle for long enough
		"2000 PREA", "2011 SREFEN",
		"5000 SREFEX", "5216 REF", "5424 ACT", "5512 RD",
	}, log)
}

func TestRefreshClosesRowsFirst(t *testing.T) {
	j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
	log, _ := commands(t, Default(), j, read(j, 0, address.Location{}), read(j, 6241, address.Location{}))
	// The request meets a bank that waits for its refresh: tRP 11, then tRFC 208.
	require.Equal(t, []string{"0 ACT", "11 RD", "6240 PREA", "6251 REF", "6459 ACT", "6470 RD"}, log)
}

func TestRefreshIsPostponedWhileABankWorks(t *testing.T) {
	c := Default()
	c.RefreshMaxPostponed = 1
	j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
	var requests []trace.Request
	for i := range int32(900) { // a row conflict every 28 + 11 clocks and more
		requests = append(requests, read(j, 20*int64(i), address.Location{Row: i}))
	}
	var refreshes []int64
	j.Source = trace.NewSlice(requests)
	j.Log = func(i device.Issued) {
		if i.Command == device.REF && len(refreshes) < 3 {
			refreshes = append(refreshes, i.Cycle)
		}
	}
	_, err := runEvents(c, &j)
	require.NoError(t, err)
	require.Len(t, refreshes, 3)
	require.GreaterOrEqual(t, refreshes[0], int64(2*6240), "the first deadline passes")
	require.Less(t, refreshes[0], int64(2*6240+60), "the second does not")
	require.GreaterOrEqual(t, refreshes[1], int64(3*6240), "one stays owed, since there is never time to make it up")
	require.Less(t, refreshes[1], int64(3*6240+60))
}

func TestRanksRefreshInBitReversedOrder(t *testing.T) {
	for _, test := range []struct {
		interval, ranks int
		want            []int64
	}{
		{6240, 1, []int64{6240}},
		{6240, 2, []int64{6240, 3120}},
		{6240, 4, []int64{6240, 3120, 4680, 1560}},
		{6246, 4, []int64{6246, 3123, 4685, 1562}},
	} {
		var got []int64
		for rank := range test.ranks {
			got = append(got, newSchedule(test.interval, 0, 0, rank, test.ranks).deadline)
		}
		require.Equal(t, test.want, got)
	}
}

func TestStrictMuxKeepsTheOrderOfTheTrace(t *testing.T) {
	c := Default()
	c.Scheduler, c.CmdMux = Fifo, Strict
	w, err := trace.Lookup("hotrow")
	require.NoError(t, err)
	j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
	source, served := w.Open(), 0
	j.Source = w.Open()
	j.Log = func(i device.Issued) {
		if !i.Command.IsColumn() {
			return
		}
		r, ok := source.Next()
		require.True(t, ok)
		at, _ := j.Map.Decode(r.Address)
		require.Equal(t, []any{at.Bank, at.Row, at.Column, !r.Write}, []any{int32(i.Bank), int32(i.Row), int32(i.Column), i.Command.IsRead()})
		served++
	}
	_, err = Run(c, j)
	require.NoError(t, err)
	require.Equal(t, 10_000, served)
}

func TestChannelsOverlapAndTakeTurnsToAnswer(t *testing.T) {
	j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 2, 1)
	_, s := commands(t, Default(), j,
		read(j, 0, address.Location{Channel: 1}), read(j, 1, address.Location{Channel: 0}), // 36 clocks each
		read(j, 1000, address.Location{Channel: 0, Row: 1, Bank: 1}), // 36 clocks: until 1036
		read(j, 1016, address.Location{Channel: 1}))                  // a hit, 20 clocks: until 1036 as well
	require.EqualValues(t, 1037, s.TotalCycles)
	require.InDelta(t, (36+36+36+21)/4.0, s.ReadLatency.Request.MeanCycles, 1e-12)
}

func TestReferencesHangIsNone(t *testing.T) {
	for _, name := range []string{"chase", "bursty"} {
		for _, order := range EventOrders() {
			t.Run(name+"/"+order.String(), func(t *testing.T) {
				c := Default()
				c.PowerDown, c.EventOrder = Staggered, order
				w, err := trace.Lookup(name)
				require.NoError(t, err)
				j := newJob(t, "lpddr4-3200-8gb-x16x2", "row-bank-column", 1, 1)
				j.Source, j.MaxOutstanding = w.Open(), w.MaxOutstanding
				checkLegality(t, &j, true)
				s, err := runEvents(c, &j)
				require.NoError(t, err)
				require.EqualValues(t, w.Requests, s.Requests)
				require.Positive(t, s.Commands[device.PDEA])
			})
		}
	}
}
