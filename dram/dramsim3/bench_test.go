package dramsim3

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// testJob is a job on a shipped device, with the reference's map A, or map B if the name of the preset says so.
func testJob(t testing.TB, name, preset string, channels, ranks int, source trace.Source) memory.Job {
	t.Helper()
	d, err := device.Lookup(name)
	require.NoError(t, err)
	g := address.Geometry{Channels: channels, Ranks: ranks, Device: d}
	spec, err := address.Preset(preset, g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	return memory.Job{Device: d, Channels: channels, Ranks: ranks, Map: m, Source: source}
}

// workload opens the first requests of a generated trace.
func workload(t testing.TB, name string, requests int) trace.Source {
	t.Helper()
	w, err := trace.Lookup(name)
	require.NoError(t, err)
	w.Requests = requests
	return w.Open()
}

func BenchmarkRun(b *testing.B) {
	const requests = 100_000
	closed, unified := Default(), Default()
	closed.PagePolicy = Closed
	unified.Unified, unified.QueuePer = true, PerRank
	for _, bench := range []struct {
		name, trace string
		config      Config
	}{
		{"open/rand_rd", "rand_rd", Default()},
		{"open/stream_rd", "stream_rd", Default()},
		{"open/stream_sat", "stream_sat", Default()},
		{"open/wr_rand", "wr_rand", Default()},
		{"open/hotrow", "hotrow", Default()},
		{"closed/rand_rd", "rand_rd", closed},
		{"unified_rank/rand_rd", "rand_rd", unified},
		{"unified_rank/hotrow", "hotrow", unified},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				_, err := Run(bench.config, testJob(b, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1, workload(b, bench.trace, requests)))
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.N)*requests/b.Elapsed().Seconds()/1e6, "Mreq/s")
		})
	}
}

// Ten times as many requests allocate nothing more, but for room that grows with the largest latency and the fullest queue.
func TestRequestsAllocateNothing(t *testing.T) {
	for _, name := range []string{"rand_rd", "hotrow", "wr_rand", "stream_sat"} {
		t.Run(name, func(t *testing.T) {
			allocations := func(requests int) float64 {
				job := testJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1, nil)
				return testing.AllocsPerRun(1, func() {
					job.Source = workload(t, name, requests)
					_, err := Run(Default(), job)
					require.NoError(t, err)
				})
			}
			require.InDelta(t, allocations(1_000), allocations(10_000), 100)
		})
	}
}
