package dram_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/dram"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// factory is the catalogue entry of a name.
func factory(t testing.TB, name string) simulators.Factory {
	t.Helper()
	for _, f := range dram.Factories() {
		if f.Name == name {
			return f
		}
	}
	require.FailNow(t, "no factory", name)
	return simulators.Factory{}
}

func open(t testing.TB, name string, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := factory(t, name).Open(set)
	require.NoError(t, err)
	return in
}

// file writes a file and returns its path.
func file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// values names the metrics of a feasible result.
func values(t testing.TB, in simulators.Instance, r simulators.Result) map[string]float64 {
	t.Helper()
	require.Empty(t, r.Infeasible)
	require.Empty(t, r.Failed)
	named := map[string]float64{}
	for i, key := range in.Simulator.Spec().Keys() {
		named[key] = r.Values[i]
	}
	return named
}

func result(t testing.TB, in simulators.Instance, d space.Design) simulators.Result {
	t.Helper()
	p, err := in.Simulator.Spec().Space.Point(d)
	require.NoError(t, err)
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	return results[0]
}

// evaluate is the metrics of one design by their keys.
func evaluate(t testing.TB, in simulators.Instance, d space.Design) map[string]float64 {
	t.Helper()
	return values(t, in, result(t, in, d))
}

// sampled are random designs with their results.
func sampled(t testing.TB, in simulators.Instance, n int) ([]space.Point, []simulators.Result) {
	t.Helper()
	rng := seed.New(7, "dram")
	points := make([]space.Point, n)
	for i := range points {
		points[i] = in.Simulator.Spec().Space.Sample(rng)
	}
	results, err := in.Simulator.Evaluate(context.Background(), points)
	require.NoError(t, err)
	return points, results
}

// knobs is the design of ArchGym's issue 139, with so many active transactions, refreshed or not.
func knobs(maxActive int, change space.Design) space.Design {
	d := space.Design{
		"page_policy": "open_adaptive", "scheduler": "frfcfs", "scheduler_buffer": "shared", "request_buffer_size": 1, "respqueue": "reorder",
		"refresh_policy": "none", "arbiter": "reorder", "max_active_transactions": maxActive,
	}
	for name, value := range change {
		d[name] = value
	}
	return d
}

func TestContract(t *testing.T) {
	for _, c := range []struct {
		name, simulator string
		set             map[string]any
	}{
		{"dram", "dram", map[string]any{"requests": 300}},
		{"dram, peer order, other power model", "dram", map[string]any{"requests": 100, "event_order": "peer", "power_model": "drampower5", "fast_exit": true}},
		{"dram, four channels of two ranks", "dram", map[string]any{"requests": 100, "workload": "random-rw", "channels": 4, "ranks": 2}},
		{"dram, LPDDR4, dependent reads", "dram", map[string]any{"requests": 100, "workload": "chase", "device": "lpddr4-3200-8gb-x16x2"}},
		{"dram/wide", "dram/wide", map[string]any{"requests": 100}},
		{"dram/full", "dram/full", map[string]any{"requests": 300}},
		{"dram/full with the defects of the peers", "dram/full", map[string]any{"requests": 100, "workload": "stream-rw", "defects": "peer"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			simtest.Test(t, open(t, c.simulator, c.set), simtest.Points(8))
		})
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct{ name, raw, canonical, why string }{
		{"dram", "442368", "166464",
			"4 page · 3 scheduler · 3 buffer · 8 sizes · 2 responses · refresh 1 + 4·4 of 2·4·4 · arbiter 1 + 2·8 of 3·8"},
		{"dram/wide", "28311552", "9622080",
			"4 · 3 · 3 · 8 · 2 · refresh 1 + 8·8 of 2·8·8 · arbiter 1 + 2·128 of 3·128"},
	} {
		s := open(t, c.name, map[string]any{"requests": 1}).Simulator.Spec().Space
		require.Equal(t, c.raw, s.RawSize().String(), "%s: %s", c.name, c.why)
		require.Equal(t, c.canonical, s.Size().String(), "%s: %s", c.name, c.why)
	}
}

// TestAxes pins names, levels and groups: datasets and experiments depend on them, and every agent sees the same.
func TestAxes(t *testing.T) {
	type axis struct {
		name, group string
		levels      int
	}
	for name, counts := range map[string][2]int{"dram": {4, 8}, "dram/wide": {8, 128}} {
		var got []axis
		for _, p := range open(t, name, map[string]any{"requests": 1}).Simulator.Spec().Space.Params() {
			got = append(got, axis{p.Name, p.Group, p.Levels()})
		}
		require.Equal(t, []axis{
			{"page_policy", "page", 4}, {"scheduler", "scheduling", 3}, {"scheduler_buffer", "buffering", 3}, {"request_buffer_size", "buffering", 8},
			{"respqueue", "buffering", 2}, {"refresh_policy", "refresh", 2}, {"refresh_max_postponed", "refresh", counts[0]},
			{"refresh_max_pulled_in", "refresh", counts[0]}, {"arbiter", "arbitration", 3}, {"max_active_transactions", "arbitration", counts[1]},
		}, got, name)
	}
}

func TestMetricKeys(t *testing.T) {
	for _, name := range []string{"dram", "dram/wide", "dram/full"} {
		spec := open(t, name, map[string]any{"requests": 1}).Simulator.Spec()
		require.Equal(t, []string{
			"time_ns", "time_cycles", "energy_pj", "power_mw", "peak_power_mw", "bandwidth_gb_per_s", "latency_ns",
			"read_arrival_p50_ns", "read_arrival_p95_ns", "read_arrival_p99_ns",
			"read_request_mean_ns", "read_request_p50_ns", "read_request_p95_ns", "read_request_p99_ns",
			"read_accepted_mean_ns", "read_accepted_p50_ns", "read_accepted_p95_ns", "read_accepted_p99_ns",
			"write_arrival_mean_ns", "write_arrival_p50_ns", "write_arrival_p95_ns", "write_arrival_p99_ns",
			"write_request_mean_ns", "write_request_p50_ns", "write_request_p95_ns", "write_request_p99_ns",
			"write_accepted_mean_ns", "write_accepted_p50_ns", "write_accepted_p95_ns", "write_accepted_p99_ns",
			"row_hits", "row_misses", "row_conflicts", "queue_mean_requests", "queue_max_requests",
			"n_act", "n_rd", "n_rda", "n_wr", "n_wra", "n_pre", "n_refpb", "n_prea", "n_ref", "n_pdea", "n_pdxa", "n_pdep", "n_pdxp", "n_srefen", "n_srefex",
			"energy_activate_pj", "energy_precharge_pj", "energy_read_pj", "energy_write_pj", "energy_refresh_pj",
			"energy_active_standby_pj", "energy_precharged_standby_pj", "energy_power_down_pj", "energy_self_refresh_pj",
		}, spec.Keys())
		require.Equal(t, name, spec.Name)
		require.Equal(t, dram.Version, spec.Version, "no file, so no origin")
	}
}

// TestOneReadByHand: one read in clock 0 of DDR3-1600 (tRCD 10, CL 10, burst 4 clocks, 1.25 ns), the row left open.
func TestOneReadByHand(t *testing.T) {
	in := open(t, "dram", map[string]any{"workload": "stream", "requests": 1})
	m := evaluate(t, in, space.Design{
		"page_policy": "open", "scheduler": "fifo", "scheduler_buffer": "bankwise", "request_buffer_size": 1, "respqueue": "fifo",
		"refresh_policy": "none", "arbiter": "simple",
	})
	require.Equal(t, 24.0, m["time_cycles"], "10 + 10 + 4")
	require.Equal(t, 30.0, m["time_ns"])
	require.Equal(t, 30.0, m["latency_ns"])
	require.InDelta(t, 64/30.0, m["bandwidth_gb_per_s"], 1e-12)
	require.Equal(t, []float64{1, 1, 0, 0, 1, 0}, []float64{m["n_act"], m["n_rd"], m["n_pre"], m["row_hits"], m["row_misses"], m["row_conflicts"]})
	require.Equal(t, 1.0, m["queue_max_requests"])
}

func TestWorkloadsAreTheTraces(t *testing.T) {
	var names []string
	for _, w := range dram.Workloads() {
		names = append(names, w.Name)
		require.Equal(t, "dram: workload", w.Setting)
		require.Contains(t, w.Doc, " requests")
	}
	require.Equal(t, []string{
		"stream_rd", "stream_sat", "copy", "rand_rd", "chase", "pingpong", "pingpong_sat", "bank_il", "wr_rand", "bursty", "hotrow",
		"stream", "random", "cloud-1", "cloud-2", "stream-rw", "random-rw", "cloud-1-rw", "cloud-2-rw",
	}, names)
}
