package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// drawConfig draws any configuration that the fast path supports.
func drawConfig(t *rapid.T, d *device.Device) Config {
	c := Default()
	c.PagePolicy = rapid.SampledFrom(PagePolicies()).Draw(t, "page")
	c.Scheduler = rapid.SampledFrom([]Scheduler{Fifo, FrFcfs, FrFcfsGrp}).Draw(t, "scheduler")
	c.SchedulerBuffer = rapid.SampledFrom(SchedulerBuffers()).Draw(t, "buffer")
	c.RequestBufferSize = rapid.SampledFrom([]int{1, 2, 3, 8, 64}).Draw(t, "size")
	c.RespQueue = rapid.SampledFrom(RespQueues()).Draw(t, "responses")
	c.RefreshPolicy = rapid.SampledFrom(RefreshPolicies()).Draw(t, "refresh")
	if c.RefreshPolicy == PerBank && d.Timing.TRFCPB == 0 {
		c.RefreshPolicy = AllBank
	}
	c.RefreshMaxPostponed = rapid.SampledFrom([]int{0, 1, 2, 8, 64}).Draw(t, "postponed")
	c.RefreshMaxPulledIn = rapid.SampledFrom([]int{0, 1, 2, 8, 64}).Draw(t, "pulled in")
	c.PowerDown = rapid.SampledFrom(PowerDowns()).Draw(t, "power-down")
	c.SelfRefreshIdleClocks = rapid.SampledFrom([]int{0, 100, 3000}).Draw(t, "idle clocks")
	c.Arbiter = rapid.SampledFrom(Arbiters()).Draw(t, "arbiter")
	c.MaxActiveTransactions = rapid.SampledFrom([]int{1, 2, 5, 32, 128}).Draw(t, "active")
	return c
}

// drawRequests draws a trace of a few phases, each with its own rhythm and places.
func drawRequests(t *rapid.T, m *address.Map) []trace.Request {
	g := m.Geometry()
	var requests []trace.Request
	clock := int64(0)
	for range rapid.IntRange(1, 4).Draw(t, "phases") {
		gap := rapid.SampledFrom([]int64{0, 1, 2, 7, 20, 100, 1500}).Draw(t, "gap")
		rows := rapid.SampledFrom([]int32{1, 2, 5, int32(g.Device.Rows)}).Draw(t, "rows")
		banks := rapid.SampledFrom([]int32{1, 2, int32(g.Device.Banks())}).Draw(t, "banks")
		columns := rapid.SampledFrom([]int32{1, 4, int32(g.Device.BurstsPerRow())}).Draw(t, "columns")
		writes := rapid.SampledFrom([]int{0, 25, 60}).Draw(t, "writes")
		x := rapid.Uint64().Draw(t, "x")
		draw := func(n int32) int32 {
			x = x*6364136223846793005 + 1442695040888963407
			return int32((x >> 33) % uint64(n))
		}
		clock += rapid.SampledFrom([]int64{0, 0, 1, 50, 9000, 60_000}).Draw(t, "pause")
		for range rapid.IntRange(1, 300).Draw(t, "requests") {
			requests = append(requests, trace.Request{Cycle: clock, Write: int(draw(100)) < writes, Address: m.Encode(address.Location{
				Rank: draw(int32(g.Ranks)), Bank: draw(banks), Row: draw(rows), Column: draw(columns),
			})})
			if gap > 0 {
				clock += int64(draw(int32(2*gap) + 1))
			}
		}
	}
	return requests
}

// logged is a run with its commands.
func logged(run func(Config, *memory.Job) (memory.Stats, error), c Config, j memory.Job, requests []trace.Request) (memory.Stats, []device.Issued, error) {
	var log []device.Issued
	j.Source, j.Log = trace.NewSlice(requests), func(i device.Issued) { log = append(log, i) }
	stats, err := run(c, &j)
	return stats, log, err
}

func TestFastPathEqualsEventModel(t *testing.T) {
	devices := []string{"ddr3-1600-4gb-x8", "ddr4-2400-8gb-x8", "lpddr4-3200-8gb-x16x2"}
	rapid.Check(t, func(t *rapid.T) {
		d, err := device.Lookup(rapid.SampledFrom(devices).Draw(t, "device"))
		require.NoError(t, err)
		g := address.Geometry{Device: d, Channels: 1, Ranks: rapid.SampledFrom([]int{1, 1, 2, 4}).Draw(t, "ranks")}
		spec, err := address.Preset(rapid.SampledFrom(address.Presets()).Draw(t, "map"), g)
		require.NoError(t, err)
		m, err := address.New(g, spec)
		require.NoError(t, err)
		c := drawConfig(t, d)
		j := memory.Job{Device: d, Channels: 1, Ranks: g.Ranks, Map: m, MaxOutstanding: rapid.SampledFrom([]int{0, 0, 1, 2, 7}).Draw(t, "outstanding")}
		if !jumpSupports(c, &j) {
			j.MaxOutstanding = 1
		}
		require.True(t, jumpSupports(c, &j))
		requests := drawRequests(t, m)
		want, wantLog, err := logged(runEvents, c, j, requests)
		require.NoError(t, err)
		got, gotLog, err := logged(runJump, c, j, requests)
		require.NoError(t, err)
		for i := range min(len(wantLog), len(gotLog)) {
			require.Equal(t, wantLog[i], gotLog[i], "command %d of %d", i, len(wantLog))
		}
		require.Len(t, gotLog, len(wantLog))
		require.Equal(t, want, got)
	})
}
