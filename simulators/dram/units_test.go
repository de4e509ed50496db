package dram_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/simulators"
)

// TestAdjacentDesignsHaveTheSameUnits: ArchGym prints 430,895 ns, 432,139,050 pJ and 1002.89 mW for one active transaction, and 288,003,750 ps,
// 354,977,775 pJ and 1232.55 mW for two, and reads both times as if they had one unit (its issue 139). Our random trace is another one of the
// same kind.
func TestAdjacentDesignsHaveTheSameUnits(t *testing.T) {
	in := open(t, "dram", map[string]any{"workload": "random"})
	one, two := evaluate(t, in, knobs(1, nil)), evaluate(t, in, knobs(2, nil))
	for _, c := range []struct {
		got                map[string]float64
		time, energy, powr float64
	}{{one, 430895, 432139050, 1002.89}, {two, 288003.75, 354977775, 1232.55}} {
		require.InEpsilon(t, c.time, c.got["time_ns"], 0.01)
		require.InEpsilon(t, c.energy, c.got["energy_pj"], 0.01)
		require.InEpsilon(t, c.powr, c.got["power_mw"], 0.01)
	}
	for _, key := range []string{"time_ns", "latency_ns", "read_request_mean_ns"} {
		ratio := one[key] / two[key]
		require.True(t, 0.5 < ratio && ratio < 2, "%s: %g and %g", key, one[key], two[key])
	}
}

// TestMetricsAgree: time, power, energy and bandwidth of a design describe one run, whatever the power model and the structure.
func TestMetricsAgree(t *testing.T) {
	for _, c := range []struct {
		name, simulator string
		clockNS         float64 // 0 = searched
		set             map[string]any
	}{
		{"DDR3", "dram", 1.25, map[string]any{"requests": 300, "workload": "cloud-1-rw"}},
		{"DDR4, two channels of two ranks", "dram", 1 / 1.2, map[string]any{"requests": 300, "device": "ddr4-2400-8gb-x8", "channels": 2, "ranks": 2}},
		{"LPDDR4, DRAMPower 5", "dram", 0.625, map[string]any{"requests": 300, "device": "lpddr4-3200-8gb-x16x2", "power_model": "drampower5"}},
		{"all devices and structures", "dram/full", 0, map[string]any{"requests": 300, "workload": "wr_rand", "channels": 2}},
		{"defects", "dram/full", 0, map[string]any{"requests": 300, "defects": "peer"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := open(t, c.simulator, c.set)
			_, results := sampled(t, in, 100)
			feasible := 0
			for _, r := range results {
				if r.Values == nil {
					require.Equal(t, "dram/full", c.simulator, r.Infeasible)
					continue
				}
				feasible++
				m := values(t, in, r)
				require.InEpsilon(t, m["energy_pj"], m["power_mw"]*m["time_ns"], 1e-3, "E = P·t")
				require.InEpsilon(t, 64*300/m["time_ns"], m["bandwidth_gb_per_s"], 1e-12)
				require.GreaterOrEqual(t, m["peak_power_mw"], 0.0)
				if c.clockNS > 0 {
					require.InEpsilon(t, m["time_cycles"]*c.clockNS, m["time_ns"], 1e-12)
				}
				parts := 0.0
				for key, v := range m {
					if strings.HasPrefix(key, "energy_") && key != "energy_pj" {
						require.GreaterOrEqual(t, v, 0.0, key)
						parts += v
					}
					require.False(t, math.IsInf(v, 0) || math.IsNaN(v), key)
				}
				require.InEpsilon(t, m["energy_pj"], parts, 1e-9)
				for _, latency := range []string{"read_arrival", "read_request", "read_accepted", "write_arrival", "write_request", "write_accepted"} {
					require.LessOrEqual(t, m[latency+"_p50_ns"], m[latency+"_p95_ns"])
					require.LessOrEqual(t, m[latency+"_p95_ns"], m[latency+"_p99_ns"])
					require.LessOrEqual(t, m[latency+"_p99_ns"], m["time_ns"])
				}
				require.LessOrEqual(t, m["read_accepted_mean_ns"], m["read_request_mean_ns"]+1e-9)
				require.LessOrEqual(t, m["read_request_mean_ns"], m["latency_ns"]+1e-9)
				require.Equal(t, m["n_rd"]+m["n_rda"]+m["n_wr"]+m["n_wra"], m["row_hits"]+m["row_misses"]+m["row_conflicts"])
			}
			require.GreaterOrEqual(t, feasible, 20)
		})
	}
}

// TestArchGymsRewards: target/|x - target|, limited to 1000, the product where there are two targets.
func TestArchGymsRewards(t *testing.T) {
	in := open(t, "dram", map[string]any{"workload": "random", "requests": 1000})
	_, results := sampled(t, in, 20)
	at := results[0].Values[0] // the time of a design: a target that is met
	reward := func(x, target float64) float64 { return min(1000, target/math.Abs(x-target)) }
	for _, c := range []struct {
		name    string
		targets map[string]float64
		want    func(m map[string]float64) float64
	}{
		{"low power", map[string]float64{"power_mw": 1000}, func(m map[string]float64) float64 { return reward(m["power_mw"], 1000) }},
		{"low latency", map[string]float64{"time_ns": 1e5}, func(m map[string]float64) float64 { return reward(m["time_ns"], 1e5) }},
		{"both", map[string]float64{"power_mw": 1000, "time_ns": 1e5}, func(m map[string]float64) float64 {
			return reward(m["power_mw"], 1000) * reward(m["time_ns"], 1e5)
		}},
		{"met", map[string]float64{"time_ns": at}, func(m map[string]float64) float64 { return reward(m["time_ns"], at) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, err := objective.New(objective.Config{Kind: objective.Ratio, Targets: c.targets}, in.Simulator.Spec().Metrics)
			require.NoError(t, err)
			for _, r := range results {
				require.InEpsilon(t, c.want(values(t, in, r)), rewardOf(t, o, r), 1e-12)
			}
		})
	}
	o, err := objective.New(objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"time_ns": at}}, in.Simulator.Spec().Metrics)
	require.NoError(t, err)
	require.Equal(t, 1000.0, rewardOf(t, o, results[0]))
	require.Less(t, rewardOf(t, o, simulators.Infeasible("no", 0)), 1000.0)
}

func rewardOf(t *testing.T, o objective.Objective, r simulators.Result) float64 {
	t.Helper()
	score, err := o.Score(r)
	require.NoError(t, err)
	return o.Reward(score)
}
