package dram_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/trace"
)

// variants are the controllers on DDR4-2400, power metered.
func variants(t testing.TB) map[string]dram.Config {
	simple := config(t, "ddr4-2400-8gb-x8", 1, 1, dram.DRAMSys)
	peer, powerDown := simple, simple
	peer.DRAMSys.EventOrder = dramsys.Peer
	powerDown.DRAMSys.PowerDown = dramsys.Staggered
	return map[string]dram.Config{
		"simple": simple, "simple,staggered": powerDown, "peer": peer,
		"dramsim3": config(t, "ddr4-2400-8gb-x8", 1, 1, dram.DRAMsim3), "ramulator": config(t, "ddr4-2400-8gb-x8", 1, 1, dram.Ramulator),
	}
}

// BenchmarkRequests measures requests a second: random reads one every 20 clocks, a stream one every 10, and random reads one a clock.
func BenchmarkRequests(b *testing.B) {
	const requests = 200_000
	random := trace.Synthetic{Kind: trace.Random, Requests: requests, GapCycles: 20}
	stream := trace.Synthetic{Kind: trace.Stream, Requests: requests, GapCycles: 10}
	saturated := trace.Synthetic{Kind: trace.Random, Requests: requests}
	for _, load := range []struct {
		name string
		of   trace.Synthetic
	}{{"random", random}, {"stream", stream}, {"saturated", saturated}} {
		work, err := load.of.Workload()
		require.NoError(b, err)
		for _, name := range []string{"simple", "simple,staggered", "peer", "dramsim3", "ramulator"} {
			c := variants(b)[name]
			b.Run(load.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := dram.Simulate(c, dram.Traffic{Source: work.Open()}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)*requests/b.Elapsed().Seconds()/1e6, "Mrequests/s")
			})
		}
	}
}

// Ten times the requests need no more memory: what a run allocates, it allocates at the start.
func TestMemoryDoesNotGrowWithTheTrace(t *testing.T) {
	allocated := func(c dram.Config, requests int) uint64 {
		work, err := trace.Synthetic{Kind: trace.Random, Requests: requests, GapCycles: 30}.Workload()
		require.NoError(t, err)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = dram.Simulate(c, dram.Traffic{Source: work.Open()})
		require.NoError(t, err)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for name, c := range variants(t) {
		short := allocated(c, 3_000)
		require.Less(t, allocated(c, 30_000), short+short/2, name)
	}
}
