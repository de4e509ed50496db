package ramulator

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

func TestEveryRequestIsServedAndCounted(t *testing.T) {
	for _, defects := range []bool{false, true} {
		t.Run(fmt.Sprintf("defects %t", defects), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				j, requests := drawJob(t)
				s, log, err := recorded(drawConfig(t, defects), j, requests, false)
				require.NoError(t, err)
				reads := int64(0)
				for _, r := range requests {
					if !r.Write {
						reads++
					}
				}
				require.Equal(t, reads, s.Reads)
				require.Equal(t, int64(len(requests))-reads, s.Writes)
				n := s.Commands
				require.Equal(t, s.Reads, n[device.RD]+n[device.RDA]+s.ForwardedReads)
				require.Equal(t, s.Writes, n[device.WR]+n[device.WRA]+s.CoalescedWrites)
				require.Equal(t, s.Requests-s.ForwardedReads-s.CoalescedWrites, s.RowHits+s.RowMisses+s.RowConflicts)
				require.LessOrEqual(t, log[len(log)-1].Cycle, s.TotalCycles)
				require.LessOrEqual(t, n[device.REF], s.TotalCycles/int64(j.Device.Timing.TREFI)*int64(j.Channels*j.Ranks))
			})
		})
	}
}

func mustBeLegal(t require.TestingT, checker *jedec.Checker, issued device.Issued) {
	if violations := checker.Check(issued); len(violations) > 0 {
		require.Empty(t, violations)
	}
}

func TestRepairedCommandsAreLegal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j, requests := drawJob(t)
		c := drawConfig(t, false)
		_, log, err := recorded(c, j, requests, false)
		require.NoError(t, err)
		checker, err := jedec.New(j.Device, jedec.Options{Channels: j.Channels, Ranks: j.Ranks})
		require.NoError(t, err)
		for _, issued := range log {
			mustBeLegal(t, checker, issued)
		}
	})
}

func TestReferenceRunsAreLegal(t *testing.T) {
	for _, policy := range RowPolicies() {
		for _, w := range trace.Workloads() {
			t.Run(policy.String()+" "+w.Name, func(t *testing.T) {
				c := Default()
				c.RowPolicy = policy
				j := job(t, "ddr4-2400-8gb-x8", w.Name, 2000)
				checker, err := jedec.New(j.Device, jedec.Options{Refresh: true})
				require.NoError(t, err)
				j.Log = func(issued device.Issued) { mustBeLegal(t, checker, issued) }
				_, err = Run(c, j)
				require.NoError(t, err)
			})
		}
	}
}

func TestCapBoundsTheAccessesOfAnActivation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j, requests := drawJob(t)
		c := drawConfig(t, false)
		c.RowPolicy = ClosedCap
		_, log, err := recorded(c, j, requests, false)
		require.NoError(t, err)
		uses := map[[3]int]int{}
		for _, i := range log {
			at := [3]int{i.Channel, i.Rank, i.Bank}
			switch {
			case i.Command == device.ACT:
				uses[at] = 0
			case i.Command.IsColumn():
				uses[at]++
				if uses[at] > c.Cap {
					require.LessOrEqual(t, uses[at], c.Cap)
				}
			}
		}
	})
}

// The reads before the first write of an address issue before it, and no later read of the address does: it is served from the buffer.
func TestReadsSeeTheDataOfTheirTime(t *testing.T) {
	type place struct{ channel, rank, bank, row, column int }
	rapid.Check(t, func(t *rapid.T) {
		j, requests := drawJob(t)
		_, log, err := recorded(drawConfig(t, false), j, requests, false)
		require.NoError(t, err)

		want, written := map[place]int{}, map[place]bool{}
		for _, r := range requests {
			at, ok := j.Map.Decode(r.Address)
			require.True(t, ok)
			p := place{int(at.Channel), int(at.Rank), int(at.Bank), int(at.Row), int(at.Column)}
			if written[p] = written[p] || r.Write; !written[p] {
				want[p]++
			}
		}
		got, done := map[place]int{}, map[place]bool{}
		for _, i := range log {
			if p := (place{i.Channel, i.Rank, i.Bank, i.Row, i.Column}); i.Command.IsColumn() {
				if done[p] = done[p] || !i.Command.IsRead(); !done[p] {
					got[p]++
				}
			}
		}
		require.Equal(t, want, got)
	})
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	allocations := func(requests int) float64 {
		return testing.AllocsPerRun(1, func() {
			_, err := Run(Default(), job(t, "ddr4-2400-8gb-x8", "hotrow", requests))
			require.NoError(t, err)
		})
	}
	require.LessOrEqual(t, allocations(30_000), allocations(10_000)+100, "20,000 further requests; the runtime allocates now and then")
}

// A rank that is refreshed without a pause never serves a request.
func TestWatchdogReportsWhatWaits(t *testing.T) {
	j := jobOf(t, "ddr4-2400-8gb-x8", 1, 1, trace.NewSlice([]trace.Request{{Cycle: 10_000, Address: 0x40}}))
	j.Device.Timing.TRFC = j.Device.Timing.TREFI + 1
	_, err := Run(Default(), j)
	var stuck *memory.Stuck
	require.ErrorAs(t, err, &stuck)
	require.EqualValues(t, 10_000, stuck.Since)
	require.EqualValues(t, 10_000+memory.WatchdogClocks(j.Device), stuck.Cycle)
	require.ErrorContains(t, err, "ramulator: no progress from clock 10000 to clock 1609040: channel 0: request 1, a read of address 0x40 accepted in clock 10000, "+
		"waits in the read buffer for ACT of bank 0, row 0")
}
