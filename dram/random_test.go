package dram_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/dram/trace"
)

// choices gives small numbers; what they come from makes the difference between a property test and a fuzz target.
type choices func(n int) int

func pick[T any](next choices, from []T) T { return from[next(len(from))] }

// drawConfig is a configuration without defects; nil where the policies do not exist for the device.
func drawConfig(t require.TestingT, next choices) *dram.Config {
	d := pick(next, device.Catalogue())
	c := of(t, d, 1<<next(3), 1<<next(3), pick(next, address.Presets()), pick(next, dram.Structures()))
	c.PowerModel, c.FastExit, c.PeakWindowNS = pick(next, dram.PowerModels()), next(2) == 1, float64(100*next(3))
	c.DRAMSys = dramsys.Config{
		PagePolicy: pick(next, dramsys.PagePolicies()), Scheduler: pick(next, dramsys.Schedulers()), SchedulerBuffer: pick(next, dramsys.SchedulerBuffers()),
		RequestBufferSize: 1 + next(9), HighWatermark: 4 + next(4), LowWatermark: next(4), CmdMux: pick(next, dramsys.CmdMuxes()),
		RespQueue: pick(next, dramsys.RespQueues()), RefreshPolicy: pick(next, dramsys.RefreshPolicies()),
		RefreshMaxPostponed: next(9), RefreshMaxPulledIn: next(9), PowerDown: pick(next, dramsys.PowerDowns()), SelfRefreshIdleClocks: next(100),
		Arbiter: pick(next, dramsys.Arbiters()), MaxActiveTransactions: 1 + next(20), EventOrder: pick(next, dramsys.EventOrders()),
	}
	c.DRAMsim3 = dramsim3.Config{
		PagePolicy: pick(next, dramsim3.PagePolicies()), QueuePer: pick(next, dramsim3.QueuePers()), Unified: next(2) == 1,
		TransactionQueueSize: 1 + next(9), CommandQueueSize: 1 + next(9), RowHitCap: 1 + next(5), WriteDrainThreshold: next(9),
		RefreshPolicy: pick(next, dramsim3.RefreshPolicies()),
	}
	c.Ramulator = ramulator.Config{
		ReadBufferSize: 1 + next(9), WriteBufferSize: 1 + next(9), HighWatermarkFrac: 0.5 + float64(next(5))/10, LowWatermarkFrac: float64(next(5)) / 10,
		Scheduler: pick(next, ramulator.Schedulers()), RowPolicy: pick(next, ramulator.RowPolicies()), Cap: 1 + next(4), Refresh: pick(next, ramulator.RefreshPolicies()),
	}
	if c.Structure == dram.DRAMSys && (c.DRAMSys.Check() != nil || c.DRAMSys.CheckDevice(d) != nil) {
		return nil
	}
	return &c
}

// drawRequests are streams, conflicts and writes with pauses of any length; some fall close to the clocks in which refreshes become due, so that
// banks are busy there, or ranks have just gone to sleep.
func drawRequests(next choices, g address.Geometry) []trace.Request {
	requests := make([]trace.Request, next(200))
	interval := int64(g.Device.Timing.TREFI)
	var clock int64
	var at uint64
	for i := range requests {
		switch next(12) {
		case 0:
			clock += int64(next(60))
		case 1:
			clock += int64(next(9)) * interval / 4
		case 2:
			clock = max(clock, (clock/interval+1)*interval+int64(next(60))-50)
		case 3, 4:
			at = uint64(next(1<<16)) << (6 + next(20))
		case 5, 6:
			at ^= 1 << (18 + next(4))
		case 7:
		default:
			clock++
			at += 64
		}
		requests[i] = trace.Request{Cycle: clock, Address: at % uint64(g.CapacityBytes()), Write: next(3) == 0}
	}
	return requests
}

// rules are what the commands of a run are held against. The standards allow limit + 1 intervals between two refreshes, and a controller that is
// RefreshMaxPulledIn ahead takes RefreshMaxPulledIn + RefreshMaxPostponed + 1, and the clocks in which the rows are closed. So the rate of refreshes
// is checked where the sum is below the limit, by an interval for TREFIPB, which is rounded down. The checker counts from the end of self
// refresh on, and takes the REF that ends it for one in advance; the controllers keep what they owed, as the standards say. So with
// power-down refreshes may come early.
func rules(c dram.Config) jedec.Options {
	g := c.Map.Geometry()
	o := jedec.Options{Channels: g.Channels, Ranks: g.Ranks}
	switch c.Structure {
	case dram.DRAMsim3:
		o.Refresh = c.DRAMsim3.RefreshPolicy != dramsim3.NoRefresh
	case dram.Ramulator:
		o.Refresh = c.Ramulator.Refresh != ramulator.NoRefresh
	default:
		limit := 8
		if g.Device.Standard == device.DDR5 {
			limit = 4
		}
		o.Refresh = c.DRAMSys.RefreshPolicy != dramsys.NoRefresh && c.DRAMSys.RefreshMaxPostponed+c.DRAMSys.RefreshMaxPulledIn <= limit-2
		if c.DRAMSys.PowerDown != dramsys.NoPowerDown {
			o.Accept = []jedec.Rule{jedec.RefreshEarly}
		}
	}
	return o
}

// requireSound runs a configuration and checks what holds for every one of them.
func requireSound(t require.TestingT, c dram.Config, requests []trace.Request, outstanding int) dram.Stats {
	g := c.Map.Geometry()
	checker, err := jedec.New(g.Device, rules(c))
	require.NoError(t, err)
	var logged [device.Commands]int64
	s, err := dram.Simulate(c, dram.Traffic{Source: trace.NewSlice(requests), MaxOutstanding: outstanding, Log: func(i device.Issued) {
		logged[i.Command]++
		if broken := checker.Check(i); len(broken) > 0 {
			require.Empty(t, broken)
		}
	}})
	require.NoError(t, err)
	require.Empty(t, checker.Finish(s.TotalCycles))
	require.Equal(t, logged, s.Commands)
	var writes int64
	for _, r := range requests {
		if r.Write {
			writes++
		}
	}
	require.Equal(t, []int64{int64(len(requests)), writes}, []int64{s.Requests, s.Writes}, "every request is answered")
	columns := s.Commands[device.RD] + s.Commands[device.RDA] + s.Commands[device.WR] + s.Commands[device.WRA]
	require.Equal(t, columns, s.RowHits+s.RowMisses+s.RowConflicts)
	require.Equal(t, s.Requests, columns+s.ForwardedReads+s.CoalescedWrites)
	for _, l := range []memory.LatencySummary{s.ReadLatency, s.WriteLatency} {
		require.LessOrEqual(t, l.Accepted.MeanCycles, l.Request.MeanCycles)
		require.LessOrEqual(t, l.Request.MeanCycles, l.Arrival.MeanCycles)
		require.LessOrEqual(t, l.Arrival.MaxCycles, s.TotalCycles)
	}
	if s.TimeNS > 0 {
		require.InEpsilon(t, s.EnergyPJ+1, s.PowerMW*s.TimeNS+1, 1e-9)
		require.InEpsilon(t, float64(s.Requests)*float64(g.Device.BurstBytes())+1, s.BandwidthGBps*s.TimeNS+1, 1e-9)
	}
	require.GreaterOrEqual(t, s.EnergyPJ, 0.0)
	return s
}

func TestRandomConfigurationsObeyTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := drawn(t)
		c := drawConfig(t, next)
		if c == nil {
			return
		}
		requests, outstanding := drawRequests(next, c.Map.Geometry()), next(4)
		again, err := dram.Simulate(*c, dram.Traffic{Source: trace.NewSlice(requests), MaxOutstanding: outstanding})
		require.NoError(t, err)
		require.Equal(t, again, requireSound(t, *c, requests, outstanding), "the same again, and whether anybody listens or not")
	})
}

// drawn are choices of a property test.
func drawn(t *rapid.T) choices {
	return func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "choice") }
}

// FuzzSimulate reads a configuration and requests from bytes.
func FuzzSimulate(f *testing.F) {
	f.Add([]byte("a default configuration and some requests: 0123456789"))
	f.Add([]byte{3, 0, 1, 2, 1, 0, 1, 3, 2, 1, 8, 3, 2, 1, 1, 2, 7, 7, 1, 20, 2, 19, 1, 1, 0, 1, 5, 5, 3, 4, 2, 3, 4, 2, 1, 1, 3, 2, 40, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, text []byte) {
		next := func(n int) int {
			if len(text) < 2 {
				return 0
			}
			v := int(text[0]) | int(text[1])<<8
			if n <= 256 {
				v, text = int(text[0]), text[1:]
			} else {
				text = text[2:]
			}
			return v % n
		}
		if c := drawConfig(t, next); c != nil {
			requireSound(t, *c, drawRequests(next, c.Map.Geometry()), next(4))
		}
	})
}
