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

// drawRequests are bursts, pauses, conflicts, writes, and pauses as long as several refresh intervals.
func drawRequests(next choices, capacity uint64) []trace.Request {
	requests := make([]trace.Request, next(60))
	var clock int64
	var at uint64
	for i := range requests {
		switch next(8) {
		case 0:
			clock += int64(next(60))
		case 1:
			clock += int64(next(3)) * 4000
		case 2, 3:
			at = uint64(next(1<<16)) << (6 + next(20))
		case 4:
			at ^= 1 << (18 + next(4))
		default:
			clock++
			at += 64
		}
		requests[i] = trace.Request{Cycle: clock, Address: at % capacity, Write: next(3) == 0}
	}
	return requests
}

// requireSound runs a configuration and checks what holds for every one of them.
func requireSound(t require.TestingT, c dram.Config, requests []trace.Request, outstanding int) dram.Stats {
	g := c.Map.Geometry()
	checker, err := jedec.New(g.Device, jedec.Options{Channels: g.Channels, Ranks: g.Ranks})
	require.NoError(t, err)
	s, err := dram.Simulate(c, dram.Traffic{Source: trace.NewSlice(requests), MaxOutstanding: outstanding, Log: func(i device.Issued) {
		require.Empty(t, checker.Check(i))
	}})
	require.NoError(t, err)
	require.EqualValues(t, len(requests), s.Requests, "every request is answered")
	columns := s.Commands[device.RD] + s.Commands[device.RDA] + s.Commands[device.WR] + s.Commands[device.WRA]
	require.Equal(t, columns, s.RowHits+s.RowMisses+s.RowConflicts)
	require.LessOrEqual(t, columns, s.Requests)
	require.GreaterOrEqual(t, columns+s.ForwardedReads+s.CoalescedWrites, s.Requests)
	if s.TimeNS > 0 {
		require.InEpsilon(t, s.EnergyPJ+1, s.PowerMW*s.TimeNS+1, 1e-9)
	}
	require.GreaterOrEqual(t, s.EnergyPJ, 0.0)
	return s
}

func TestRandomConfigurationsObeyTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "choice") }
		c := drawConfig(t, next)
		if c == nil {
			return
		}
		requests := drawRequests(next, uint64(c.Map.Geometry().CapacityBytes()))
		outstanding := next(4)
		require.Equal(t, requireSound(t, *c, requests, outstanding), requireSound(t, *c, requests, outstanding), "the same again")
	})
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
			requireSound(t, *c, drawRequests(next, uint64(c.Map.Geometry().CapacityBytes())), next(4))
		}
	})
}

// Where the banks are in the address does not matter if the requests move with them.
func TestMappingOnlyRenames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "choice") }
		d, err := device.Lookup("ddr4-2400-8gb-x8")
		require.NoError(t, err)
		structure := pick(next, dram.Structures())
		one, other := of(t, d, 1, 1, "row-bank-column", structure), of(t, d, 1, 1, pick(next, address.Presets()), structure)
		requests := drawRequests(next, 1<<33)
		moved := make([]trace.Request, len(requests))
		for i, r := range requests {
			at, ok := one.Map.Decode(r.Address)
			require.True(t, ok)
			moved[i] = r
			moved[i].Address = other.Map.Encode(at)
		}
		require.Equal(t, simulate(t, one, requests...), simulate(t, other, moved...))
	})
}

func TestScaledCurrentsScaleTheEnergy(t *testing.T) {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	require.NoError(t, err)
	doubled := *d
	doubled.Rails = append([]device.Rail(nil), d.Rails...)
	for i := range doubled.Rails {
		doubled.Rails[i].VoltageV *= 2
	}
	work, err := trace.Lookup("hotrow")
	require.NoError(t, err)
	requests, err := trace.Collect(trace.Prefix(work.Open(), 500))
	require.NoError(t, err)
	for _, model := range dram.PowerModels() {
		one, two := of(t, d, 1, 1, "row-bank-column", dram.DRAMSys), of(t, &doubled, 1, 1, "row-bank-column", dram.DRAMSys)
		one.PowerModel, two.PowerModel = model, model
		require.InEpsilon(t, 2*simulate(t, one, requests...).EnergyPJ, simulate(t, two, requests...).EnergyPJ, 1e-12)
	}
}

func TestMoreChannelsServeAStreamFaster(t *testing.T) {
	work, err := trace.Lookup("stream")
	require.NoError(t, err)
	requests, err := trace.Collect(trace.Prefix(work.Open(), 2000))
	require.NoError(t, err)
	for _, structure := range dram.Structures() {
		last := int64(1) << 60
		for _, channels := range []int{1, 2, 4} {
			s := simulate(t, config(t, "ddr4-2400-8gb-x8", channels, 1, structure), requests...)
			require.Less(t, s.TotalCycles, last, "%s, %d channels", structure, channels)
			last = s.TotalCycles
		}
	}
}
