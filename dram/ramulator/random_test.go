package ramulator

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// drawConfig draws a configuration with small buffers, so that they fill.
func drawConfig(t *rapid.T, defects bool) Config {
	low := rapid.Float64Range(0.01, 1).Draw(t, "low")
	return Config{
		ReadBufferSize:    rapid.IntRange(1, 12).Draw(t, "reads"),
		WriteBufferSize:   rapid.IntRange(1, 12).Draw(t, "writes"),
		LowWatermarkFrac:  low,
		HighWatermarkFrac: rapid.Float64Range(low, 1).Draw(t, "high"),
		Scheduler:         rapid.SampledFrom(Schedulers()).Draw(t, "scheduler"),
		RowPolicy:         rapid.SampledFrom(RowPolicies()).Draw(t, "row policy"),
		Cap:               rapid.IntRange(1, 4).Draw(t, "cap"),
		Refresh:           rapid.SampledFrom(RefreshPolicies()).Draw(t, "refresh"),
		Defects:           defects,
	}
}

// drawRequests draws a trace that comes back to few rows and addresses.
func drawRequests(t *rapid.T, m *address.Map, banks int) []trace.Request {
	g := m.Geometry()
	gap := rapid.Int64Range(0, 60).Draw(t, "gap")
	writes := rapid.IntRange(0, 4).Draw(t, "writes of 4")
	state := rapid.Uint64().Draw(t, "seed")
	next := func(n int) int32 {
		state = state*6364136223846793005 + 1442695040888963407
		return int32(state >> 33 % uint64(n))
	}
	rows := rapid.IntRange(1, 3).Draw(t, "rows")
	columns := rapid.SampledFrom([]int{1, 2, 16}).Draw(t, "columns")
	list := make([]trace.Request, rapid.IntRange(1, 250).Draw(t, "requests"))
	var clock int64
	for i := range list {
		clock += int64(next(int(2*gap + 1)))
		if next(50) == 0 {
			clock += int64(next(9000))
		}
		at := address.Location{
			Channel: next(g.Channels), Rank: next(g.Ranks), Bank: next(banks), Row: next(rows), Column: next(columns),
		}
		list[i] = trace.Request{Cycle: clock, Address: m.Encode(at), Write: next(4) < int32(writes)}
	}
	return list
}

// drawJob draws a job on a shipped device; its source is to be set.
func drawJob(t *rapid.T) (memory.Job, []trace.Request) {
	name := rapid.SampledFrom(device.Names()).Draw(t, "device")
	d, err := device.Lookup(name)
	require.NoError(t, err)
	if rapid.Bool().Draw(t, "refresh often") {
		d.Timing.TREFI = 2*d.Timing.TRFC + rapid.IntRange(1, 900).Draw(t, "tREFI")
	}
	g := address.Geometry{Channels: 1 << rapid.IntRange(0, 1).Draw(t, "channels"), Ranks: 1 << rapid.IntRange(0, 1).Draw(t, "ranks"), Device: d}
	spec, err := address.Preset("row-bank-column", g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	j := memory.Job{
		Device: d, Channels: g.Channels, Ranks: g.Ranks, Map: m,
		MaxOutstanding: rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, "outstanding"),
	}
	return j, drawRequests(t, m, rapid.IntRange(1, d.Banks()).Draw(t, "banks"))
}

// recorded runs the job and keeps its commands.
func recorded(c Config, j memory.Job, requests []trace.Request, everyClock bool) (memory.Stats, []device.Issued, error) {
	var log []device.Issued
	j.Log = func(i device.Issued) { log = append(log, i) }
	j.Source = trace.NewSlice(requests)
	stats, err := run(c, j, everyClock)
	return stats, log, err
}

func TestJumpingEqualsEveryClock(t *testing.T) {
	for _, defects := range []bool{false, true} {
		t.Run(fmt.Sprintf("defects %t", defects), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := drawConfig(t, defects)
				j, requests := drawJob(t)
				jumping, jumpingLog, err := recorded(c, j, requests, false)
				require.NoError(t, err)
				stepping, steppingLog, err := recorded(c, j, requests, true)
				require.NoError(t, err)
				require.Equal(t, steppingLog, jumpingLog)
				require.Equal(t, stepping, jumping)
			})
		})
	}
}
