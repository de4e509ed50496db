package dram_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/dram/trace"
)

const ddr4 = "ddr4-2400-8gb-x8"

// relocate gives the requests the places that they have under one map, changed by move, on another.
func relocate(t require.TestingT, requests []trace.Request, from, to *address.Map, move func(*address.Location)) []trace.Request {
	moved := slices.Clone(requests)
	for i, r := range requests {
		at, ok := from.Decode(r.Address)
		require.True(t, ok)
		move(&at)
		moved[i].Address = to.Encode(at)
	}
	return moved
}

// Where the banks are in the address does not matter if the requests move with them.
func TestMappingOnlyRenames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := drawn(t)
		one := drawConfig(t, next)
		if one == nil {
			return
		}
		g := one.Map.Geometry()
		other := *one
		other.Map = of(t, g.Device, g.Channels, g.Ranks, pick(next, address.Presets()), one.Structure).Map
		requests := drawRequests(next, g)
		moved := relocate(t, requests, one.Map, other.Map, func(*address.Location) {})
		require.Equal(t, simulate(t, *one, requests...), simulate(t, other, moved...))
	})
}

// Banks have no ranking among themselves, where no policy visits them in turn: refreshes of single banks do, Ramulator's closed cap does, and
// DRAMsim3's queues do as soon as two requests wait.
func TestPermutedBanksChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := drawn(t)
		c := drawConfig(t, next)
		if c == nil {
			return
		}
		outstanding := next(4)
		c.PowerModel, c.Ramulator.RowPolicy = dram.DRAMPower4, ramulator.Open
		if c.DRAMSys.RefreshPolicy == dramsys.PerBank {
			c.DRAMSys.RefreshPolicy = dramsys.AllBank
		}
		if c.Structure == dram.DRAMsim3 {
			c.DRAMsim3.RefreshPolicy, outstanding = dramsim3.NoRefresh, 1
		}
		g := c.Map.Geometry()
		requests, mask := drawRequests(next, g), int32(next(g.Device.Banks()))
		for i := range requests {
			requests[i].Write = requests[i].Write && c.Structure != dram.DRAMsim3 // writes are posted there, and then wait together
		}
		moved := relocate(t, requests, c.Map, c.Map, func(at *address.Location) { at.Bank ^= mask })
		run := func(requests []trace.Request) dram.Stats {
			s, err := dram.Simulate(*c, dram.Traffic{Source: trace.NewSlice(requests), MaxOutstanding: outstanding})
			require.NoError(t, err)
			return s
		}
		require.Equal(t, run(requests), run(moved))
	})
}

func TestScaledCurrentsScaleTheEnergy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := drawn(t)
		one := drawConfig(t, next)
		if one == nil {
			return
		}
		factor := pick(next, []float64{0.125, 0.5, 2, 16}) // powers of two, so that nothing is rounded
		g := one.Map.Geometry()
		scaled := *g.Device
		scaled.Rails = slices.Clone(scaled.Rails)
		for i := range scaled.Rails {
			r := &scaled.Rails[i]
			for _, current := range []*float64{
				&r.IDD0MA, &r.IDD2NMA, &r.IDD3NMA, &r.IDD2P0MA, &r.IDD3P0MA, &r.IDD2P1MA, &r.IDD3P1MA, &r.IDD4RMA, &r.IDD4WMA, &r.IDD5MA, &r.IDD5PBMA,
				&r.IDD6MA, &r.IBetaMA,
			} {
				*current *= factor
			}
		}
		other := *one
		g.Device = &scaled
		var err error
		other.Map, err = address.New(g, one.Map.Spec())
		require.NoError(t, err)
		requests := drawRequests(next, g)
		before, after := simulate(t, *one, requests...), simulate(t, other, requests...)
		require.InDelta(t, factor*before.EnergyPJ, after.EnergyPJ, 0)
		require.InDelta(t, factor*before.PowerMW, after.PowerMW, 0)
		require.InDelta(t, factor*before.PeakPowerMW, after.PeakPowerMW, 0)
		require.Equal(t, before.Commands, after.Commands)
	})
}

// A longer pause between two groups of requests costs the power of the pause. It leaves the timetable of refreshes as it is, so that the commands
// are the same but for those of the pause.
func TestIdleTimeNeverLowersTheEnergy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := drawn(t)
		c := drawConfig(t, next)
		if c == nil {
			return
		}
		c.DRAMSys.RefreshMaxPostponed, c.DRAMSys.RefreshMaxPulledIn = 0, 0
		if c.DRAMSys.RefreshPolicy == dramsys.PerBank {
			c.DRAMSys.RefreshPolicy = dramsys.AllBank // whose interval is a whole number of clocks
		}
		g := c.Map.Geometry()
		first, second := drawRequests(next, g), drawRequests(next, g)
		interval := int64(g.Device.Timing.TREFI)
		run := func(pauses int64) dram.Stats {
			requests := slices.Clone(first)
			start := interval * pauses
			if len(first) > 0 {
				start += (first[len(first)-1].Cycle/interval + 1) * interval
			}
			for _, r := range second {
				r.Cycle += start
				requests = append(requests, r)
			}
			return simulate(t, *c, requests...)
		}
		short, long := run(20), run(20+int64(1+next(20)))
		require.GreaterOrEqual(t, long.EnergyPJ, short.EnergyPJ*(1-1e-12))
		if len(second) > 0 {
			require.Greater(t, long.TotalCycles, short.TotalCycles)
		}
	})
}

// With requests in order, further ones do not let a run end earlier.
func TestAPrefixTakesNoLongerThanTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := drawn(t)
		c := of(t, pick(next, device.Catalogue()), 1, 1, "row-bank-column", dram.DRAMSys)
		c.DRAMSys.Scheduler, c.DRAMSys.CmdMux = dramsys.Fifo, pick(next, dramsys.CmdMuxes())
		c.DRAMSys.PagePolicy = pick(next, []dramsys.PagePolicy{dramsys.Open, dramsys.Closed})
		c.DRAMSys.SchedulerBuffer, c.DRAMSys.RequestBufferSize = pick(next, dramsys.SchedulerBuffers()), 1+next(9)
		c.DRAMSys.EventOrder, c.DRAMSys.Arbiter = pick(next, dramsys.EventOrders()), pick(next, dramsys.Arbiters())
		requests := drawRequests(next, c.Map.Geometry())
		prefix := requests[:next(len(requests)+1)]
		require.LessOrEqual(t, simulate(t, c, prefix...).TotalCycles, simulate(t, c, requests...).TotalCycles)
	})
}

func TestMoreChannelsServeAStreamFaster(t *testing.T) {
	for _, gap := range []int64{1, 2} {
		work, err := trace.Synthetic{Requests: 2000, GapCycles: gap}.Workload()
		require.NoError(t, err)
		for _, structure := range dram.Structures() {
			last := int64(1) << 60
			for _, channels := range []int{1, 2, 4, 8} {
				s, err := dram.Simulate(config(t, ddr4, channels, 1, structure), dram.Traffic{Source: work.Open()})
				require.NoError(t, err)
				require.LessOrEqual(t, s.TotalCycles, last, "%s, gap %d, %d channels", structure, gap, channels)
				if gap == 1 && channels <= 4 {
					require.Less(t, s.TotalCycles, last, "%s, %d channels", structure, channels)
				}
				last = s.TotalCycles
			}
		}
	}
}
