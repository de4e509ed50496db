package dramsys

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
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

// drawJump draws a run that the fast path supports.
func drawJump(t *rapid.T) (Config, memory.Job, []trace.Request) {
	d, err := device.Lookup(rapid.SampledFrom(device.Names()).Draw(t, "device"))
	require.NoError(t, err)
	g := address.Geometry{Device: d, Channels: 1, Ranks: rapid.SampledFrom([]int{1, 1, 2, 4}).Draw(t, "ranks")}
	spec, err := address.Preset(rapid.SampledFrom(address.Presets()).Draw(t, "map"), g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	c := drawConfig(t, d)
	j := memory.Job{Device: d, Channels: 1, Ranks: g.Ranks, Map: m, MaxOutstanding: rapid.SampledFrom([]int{0, 0, 1, 2, 7}).Draw(t, "outstanding")}
	if !jumpSupports(c, &j) {
		c.Arbiter, j.MaxOutstanding = ArbiterSimple, 0
	}
	require.True(t, jumpSupports(c, &j))
	return c, j, drawRequests(t, m)
}

// equalRuns compares two runs command by command and field by field.
func equalRuns(t require.TestingT, fast func(Config, *memory.Job) (memory.Stats, error), c Config, j memory.Job, requests []trace.Request) []device.Issued {
	want, wantLog, err := logged(runEvents, c, j, requests)
	require.NoError(t, err)
	got, gotLog, err := logged(fast, c, j, requests)
	require.NoError(t, err)
	for i := range min(len(wantLog), len(gotLog)) {
		if wantLog[i] != gotLog[i] {
			require.Equal(t, wantLog[i], gotLog[i], "command %d of %d", i, len(wantLog))
		}
	}
	require.Len(t, gotLog, len(wantLog))
	require.Equal(t, want, got)
	return gotLog
}

func TestFastPathEqualsEventModel(t *testing.T) {
	for range 2 {
		rapid.Check(t, func(t *rapid.T) {
			c, j, requests := drawJump(t)
			log := equalRuns(t, runJump, c, j, requests)
			checker, err := jedec.New(j.Device, jedec.Options{Ranks: j.Ranks})
			require.NoError(t, err)
			for _, i := range log {
				require.Empty(t, checker.Check(i))
			}
		})
	}
}

func TestFastPathEqualsEventModelOnWorkloads(t *testing.T) {
	configs := []func(*Config){
		func(*Config) {},
		func(c *Config) { c.PowerDown, c.PagePolicy, c.SchedulerBuffer = Staggered, ClosedAdaptive, ReadWrite },
		func(c *Config) {
			c.Scheduler, c.PagePolicy, c.RespQueue, c.RefreshMaxPostponed = FrFcfsGrp, OpenAdaptive, RespReorder, 4
		},
		func(c *Config) {
			c.Scheduler, c.PagePolicy, c.Arbiter, c.MaxActiveTransactions = Fifo, Closed, ArbiterReorder, 16
		},
	}
	for _, w := range trace.Workloads() {
		for i, change := range configs {
			t.Run(fmt.Sprintf("%s/%d", w.Name, i), func(t *testing.T) {
				c := Default()
				change(&c)
				requests, err := trace.Collect(trace.Prefix(w.Open(), 600))
				require.NoError(t, err)
				j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
				j.MaxOutstanding = w.MaxOutstanding
				equalRuns(t, runJump, c, j, requests)
			})
		}
	}
}

func TestTicketsStartAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, j, requests := drawJump(t)
		equalRuns(t, func(c Config, job *memory.Job) (memory.Stats, error) {
			j := newJump(c, job)
			j.tickets = 150
			err := j.run()
			return j.stats(), err
		}, c, j, requests)
	})
}

func TestFastPathReportsFaultyTraces(t *testing.T) {
	j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
	for _, requests := range [][]trace.Request{{{Cycle: 5}, {Cycle: 4}}, {{Cycle: 1}, {Cycle: 9, Address: 1 << 40}}} {
		_, _, want := logged(runEvents, Default(), j, requests)
		require.Error(t, want)
		_, _, err := logged(runJump, Default(), j, requests)
		require.EqualError(t, err, want.Error())
	}
}

func TestFastPathReportsRefreshesWithoutEnd(t *testing.T) {
	j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
	j.Device.Timing.TRFC = j.Device.Timing.TREFI // no time is left for requests
	_, _, err := logged(runJump, Default(), j, []trace.Request{{Cycle: 20_000}})
	var stuck *memory.Stuck
	require.ErrorAs(t, err, &stuck)
	require.EqualValues(t, 20_000, stuck.Since)
	require.Greater(t, stuck.Cycle, 20_000+memory.WatchdogClocks(j.Device))
	require.Equal(t, "request 1 (bank 0, row 0) waits for its column command: bank has row -1 open and wants ACT", stuck.Waiting)
}

func TestFastPathAllocatesNothingPerRequest(t *testing.T) {
	for _, arbiter := range Arbiters() {
		c := Default()
		c.Arbiter, c.PowerDown, c.RespQueue, c.MaxActiveTransactions = arbiter, Staggered, RespReorder, 16
		j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
		allocations := func(n int) float64 {
			requests := scattered(n, 20, true)
			return testing.AllocsPerRun(2, func() {
				j.Source = trace.NewSlice(requests)
				_, err := runJump(c, &j)
				require.NoError(t, err)
			})
		}
		require.InDelta(t, allocations(4000), allocations(12_000), 100, "8,000 more requests; queues and histograms double and the runtime allocates now and then")
	}
}

func TestFastPathLeavesTheRestToTheEventModel(t *testing.T) {
	j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
	require.True(t, jumpSupports(Default(), &j))
	for name, change := range map[string]func(*Config, *memory.Job){
		"order":       func(c *Config, _ *memory.Job) { c.EventOrder = Peer },
		"mux":         func(c *Config, _ *memory.Job) { c.CmdMux = Strict },
		"scheduler":   func(c *Config, _ *memory.Job) { c.Scheduler = GrpFrFcfs },
		"watermarks":  func(c *Config, _ *memory.Job) { c.Scheduler = GrpFrFcfsWm },
		"channels":    func(_ *Config, j *memory.Job) { j.Channels = 2 },
		"outstanding": func(c *Config, j *memory.Job) { c.Arbiter, j.MaxOutstanding = ArbiterFifo, 2 },
		"slow":        func(_ *Config, j *memory.Job) { j.Device.Timing.TFAW = jumpClocks },
		"two buses": func(c *Config, j *memory.Job) {
			c.Arbiter, *j = ArbiterFifo, newJob(t, "hbm2-2000-4gb-x128", "row-bank-column", 1, 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, j := Default(), newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
			change(&c, &j)
			require.False(t, jumpSupports(c, &j))
		})
	}
}
