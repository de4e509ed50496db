package dram_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/trace"
)

// variant is a controller before DDR4-2400, its power metered.
type variant struct {
	name string
	dram.Config
}

func variants(t testing.TB) []variant {
	simple := config(t, ddr4, 1, 1, dram.DRAMSys)
	staggered, peer := simple, simple
	staggered.DRAMSys.PowerDown, peer.DRAMSys.EventOrder = dramsys.Staggered, dramsys.Peer
	return []variant{
		{"simple", simple}, {"simple,staggered", staggered}, {"peer", peer},
		{"dramsim3", config(t, ddr4, 1, 1, dram.DRAMsim3)}, {"ramulator", config(t, ddr4, 1, 1, dram.Ramulator)},
	}
}

// benchmark measures runs of a workload.
func benchmark(b *testing.B, c dram.Config, s trace.Synthetic) {
	work, err := s.Workload()
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dram.Simulate(c, dram.Traffic{Source: work.Open()}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(work.Requests)/b.Elapsed().Seconds()/1e6, "Mrequests/s")
}

// BenchmarkRequests measures requests a second: random reads one every 20 clocks, a stream one every 10, and random reads one a clock.
func BenchmarkRequests(b *testing.B) {
	const requests = 200_000
	for _, load := range []struct {
		name string
		of   trace.Synthetic
	}{
		{"random", trace.Synthetic{Kind: trace.Random, Requests: requests, GapCycles: 20}},
		{"stream", trace.Synthetic{Kind: trace.Stream, Requests: requests, GapCycles: 10}},
		{"saturated", trace.Synthetic{Kind: trace.Random, Requests: requests}},
	} {
		for _, v := range variants(b) {
			b.Run(load.name+"/"+v.name, func(b *testing.B) { benchmark(b, v.Config, load.of) })
		}
	}
}

// BenchmarkArchGym measures ArchGym's evaluation: 10,000 reads, one a clock.
func BenchmarkArchGym(b *testing.B) {
	for _, kind := range []trace.Kind{trace.Stream, trace.Random, trace.Cloud1, trace.Cloud2} {
		for _, arbiter := range dramsys.Arbiters() {
			c := config(b, ddr4, 1, 1, dram.DRAMSys)
			c.DRAMSys.Arbiter = arbiter
			b.Run(kind.String()+"/"+arbiter.String(), func(b *testing.B) { benchmark(b, c, trace.Synthetic{Kind: kind}) })
		}
	}
}

// Ten times the requests allocate nothing more, but for a queue that is a little fuller at some moment and a histogram that grows once. The
// memory keeps up with this load; with a backlog that grows, the histograms of the latencies grow with its logarithm.
func TestMemoryDoesNotGrowWithTheTrace(t *testing.T) {
	requests := 20_000
	if raceDetector {
		requests = 4_000
	}
	list := variants(t)
	for _, order := range dramsys.EventOrders() {
		c := config(t, ddr4, 1, 1, dram.DRAMSys)
		c.DRAMSys.EventOrder, c.DRAMSys.Arbiter, c.DRAMSys.RespQueue = order, dramsys.ArbiterReorder, dramsys.RespReorder
		list = append(list, variant{order.String() + ",reorder", c})
	}
	for _, v := range list {
		t.Run(v.name, func(t *testing.T) {
			allocated := func(requests int) (times, bytes uint64) {
				work, err := trace.Synthetic{Kind: trace.Random, Requests: requests, GapCycles: 20, WriteFrac: 0.25}.Workload()
				require.NoError(t, err)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				_, err = dram.Simulate(v.Config, dram.Traffic{Source: work.Open()})
				require.NoError(t, err)
				runtime.ReadMemStats(&after)
				return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
			}
			times, bytes := allocated(requests)
			longTimes, longBytes := allocated(10 * requests)
			require.LessOrEqual(t, longTimes, times+200, "allocations: of the runtime, now and then")
			require.LessOrEqual(t, longBytes, bytes+256<<10, "bytes")
		})
	}
}
