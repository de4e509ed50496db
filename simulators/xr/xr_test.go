package xr_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
	"github.com/codesign-gym/codesign/simulators/xr"
)

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := xr.Factory().Open(set)
	require.NoError(t, err)
	return in
}

func TestContract(t *testing.T) {
	for _, c := range []struct {
		name string
		set  map[string]any
	}{
		{"defaults", nil},
		{"one accelerator, xrbench", map[string]any{"scenario": "social-a", "max_accelerators": 1, "profile": "xrbench"}},
		{"four, drawn", map[string]any{"scenario": "ar-assistant", "max_accelerators": 4, "jitter_ms": 2.0, "seed": 7, "pe_budget": 512, "offchip_budget": 16}},
		{"all", map[string]any{"scenario": "all", "max_accelerators": 3}},
	} {
		t.Run(c.name, func(t *testing.T) { simtest.Test(t, open(t, c.set), simtest.Points(8), simtest.Whole(0)) })
	}
}

func TestSpace(t *testing.T) {
	spec := open(t, map[string]any{"max_accelerators": 1, "profile": "xrbench"}).Simulator.Spec()
	require.Equal(t, "259200", spec.Space.Size().String(), "6·24·5·6·6·10")
	spec = open(t, nil).Simulator.Spec()
	require.Equal(t, "1612437580800", spec.Space.Size().String(), "3·4·2·259200·(1 + 259200)")
	require.Equal(t, "runtime", spec.Space.Param(0).Group)
	groups := map[string]int{}
	for _, p := range spec.Space.Params() {
		groups[p.Group]++
	}
	require.Equal(t, map[string]int{"runtime": 4, "acc0": 6, "acc1": 6}, groups)
	require.Equal(t, []string{"score_percent", "realtime_frac", "energy_score_frac", "qoe_frac", "missed_frac", "mean_latency_ms", "worst_latency_ms", "energy_mj",
		"power_mw", "idle_power_mw", "area_mm2", "pes_pe", "utilization_frac", "es_score_percent", "es_dropped_frames", "ge_score_percent", "ge_dropped_frames",
		"ht_score_percent", "ht_dropped_frames"}, spec.Keys())
}

// one is a design of one accelerator.
func one(pes int) map[string]any {
	return map[string]any{"accelerators": 1, "order": "deadline", "placement": "latency", "admission": "any",
		"acc0_dataflow": "kcp", "acc0_pes": pes, "acc0_noc_bandwidth": 128, "acc0_offchip_bandwidth": 64, "acc0_l1": 256, "acc0_l2": 256}
}

// result is the outcome of one design.
func result(t testing.TB, in simulators.Instance, design map[string]any) (map[string]float64, simulators.Result) {
	t.Helper()
	spec := in.Simulator.Spec()
	p, err := spec.Space.Point(design)
	require.NoError(t, err)
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	metrics := map[string]float64{}
	for i, v := range results[0].Values {
		metrics[spec.Keys()[i]] = v
	}
	return metrics, results[0]
}

// TestMetricsAddUp: on 2048 PEs everything of VR gaming finishes in time, so the metrics follow from the table of costs.
func TestMetricsAddUp(t *testing.T) {
	in := open(t, nil)
	m, r := result(t, in, one(2048))
	require.Empty(t, r.Infeasible)
	require.InDelta(t, 1, m["qoe_frac"], 0)
	require.InDelta(t, 0, m["missed_frac"], 0)
	require.InDelta(t, 2048, m["pes_pe"], 0)
	costs := rows(t, artifact(t, in, one(2048), "accelerators.csv"))
	energy, busy := 0.0, 0.0
	for i, frames := range []float64{42, 42, 32} { // 0.7 s of 60, 60 and 45 frames/s
		energy += frames * number(t, costs[i]["energy_mj"])
		busy += frames * number(t, costs[i]["latency_ms"])
	}
	require.InEpsilon(t, energy, m["energy_mj"], 1e-5)
	require.InEpsilon(t, energy/0.7, m["power_mw"], 1e-5, "mJ in 0.7 s")
	require.InDelta(t, busy/700, m["utilization_frac"], 0.01)
	half, _ := result(t, in, one(1024))
	require.Greater(t, m["area_mm2"], half["area_mm2"])
	require.Less(t, m["area_mm2"], 2*half["area_mm2"], "base and shared buffer do not grow")
	require.Greater(t, m["idle_power_mw"], half["idle_power_mw"])
	require.InEpsilon(t, (m["es_score_percent"]+m["ge_score_percent"]+m["ht_score_percent"])/3, m["score_percent"], 1e-12)
	require.Greater(t, m["score_percent"], 98.0)
}

// TestAllScenariosAreTheirMean evaluates one design for each scenario and for all of them.
func TestAllScenariosAreTheirMean(t *testing.T) {
	design := one(512)
	design["acc0_l1"] = 512 // segmentation needs 326 bytes
	all, r := result(t, open(t, map[string]any{"scenario": "all"}), design)
	require.Empty(t, r.Infeasible)
	var score, energy float64
	for _, w := range xr.Workloads()[1:] {
		m, _ := result(t, open(t, map[string]any{"scenario": w.Name}), design)
		score, energy = score+m["score_percent"], energy+m["energy_mj"]
		require.InDelta(t, m["score_percent"], all[strings.ReplaceAll(w.Name, "-", "_")+"_score_percent"], 1e-12, w.Name)
		require.GreaterOrEqual(t, all["worst_latency_ms"], m["worst_latency_ms"])
	}
	require.InEpsilon(t, score/7, all["score_percent"], 1e-12)
	require.InEpsilon(t, energy, all["energy_mj"], 1e-12)
	require.InEpsilon(t, energy/(7*0.7), all["power_mw"], 1e-12)
	require.NotEmpty(t, artifact(t, open(t, map[string]any{"scenario": "all"}), design, "social-a-gantt.svg"))
}

func TestFewerPEsMissMore(t *testing.T) {
	in := open(t, map[string]any{"scenario": "ar-gaming"})
	last := -1.0
	for _, pes := range []int{2048, 1024, 512, 256, 128} {
		m, _ := result(t, in, one(pes))
		require.GreaterOrEqual(t, m["missed_frac"], last, "%d PEs", pes)
		last = m["missed_frac"]
	}
	require.Greater(t, last, 0.5)
}

func TestInfeasibleDesigns(t *testing.T) {
	in := open(t, map[string]any{"pe_budget": 1024, "offchip_budget": 32})
	_, r := result(t, in, one(2048))
	require.Equal(t, "2048 PEs, the budget is 1024; 64 elements/cycle off-chip, the budget is 32", r.Infeasible)
	require.InDelta(t, 2, r.Violation, 1e-12)

	small := one(512)
	small["acc0_offchip_bandwidth"], small["acc0_l1"] = 32, 64
	_, r = result(t, in, small)
	require.Equal(t, "no accelerator has the buffers for ge, ht", r.Infeasible)
	require.InDelta(t, 102.0/64-1+198.0/64-1, r.Violation, 1e-12, "needs of 102 and 198 bytes")
	require.Contains(t, string(artifact(t, in, small, "accelerators.csv")), "needs larger buffers")

	slow := one(64)
	slow["acc0_offchip_bandwidth"], slow["admission"] = 4, "in-time"
	_, r = result(t, open(t, map[string]any{"scenario": "social-a", "clock_mhz": 1.0}), slow)
	require.Equal(t, "none of 126 frames of social-a finishes", r.Infeasible)
}

// TestRepairedDesignsAreFeasible draws designs of tight budgets.
func TestRepairedDesignsAreFeasible(t *testing.T) {
	in := open(t, map[string]any{"scenario": "social-b", "max_accelerators": 4, "pe_budget": 256, "offchip_budget": 12})
	s := in.Simulator.Spec().Space
	rng := seed.New(1, "repair")
	refused, changes := 0, 0
	for range 60 {
		p := s.Sample(rng)
		q, changed := in.Repair(p)
		results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p, q})
		require.NoError(t, err)
		if results[0].Infeasible != "" {
			refused++
		}
		if changed {
			changes++
		}
		require.NotContains(t, results[1].Infeasible, "budget", "%v", s.Design(q))
		require.NotContains(t, results[1].Infeasible, "buffers", "%v", s.Design(q))
	}
	require.Greater(t, refused, 40, "random designs seldom keep the budgets")
	require.GreaterOrEqual(t, changes, refused)
}

func TestDetail(t *testing.T) {
	in := open(t, map[string]any{"scenario": "social-a"})
	design := one(256)
	models := rows(t, artifact(t, in, design, "models.csv"))
	require.Len(t, models, 4)
	frames := rows(t, artifact(t, in, design, "frames.csv"))
	require.Len(t, frames, 126)
	whys := map[string]string{}
	for _, f := range frames {
		whys[f["outcome"]] = f["why"]
	}
	require.Regexp(t, `^acc0 ran (dr|es|ge|ht) \d+ from [\d.]+ ms$`, whys["crowded"])
	for _, f := range frames {
		if f["outcome"] != "finished" {
			require.NotEmpty(t, f["why"])
		}
	}
	svg := artifact(t, in, design, "gantt.svg")
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}
	require.Contains(t, string(svg), "acc0 kcp, 256 PEs")
	require.Contains(t, string(svg), "dropped: acc0 ran")
}

// TestWhyTellsTheLastMoment is AR gaming on a small accelerator, where frames may start only in time.
func TestWhyTellsTheLastMoment(t *testing.T) {
	in := open(t, map[string]any{"scenario": "ar-gaming"})
	design := one(384)
	design["admission"] = "in-time"
	seen := map[string]bool{}
	for _, f := range rows(t, artifact(t, in, design, "frames.csv")) {
		if f["outcome"] == "crowded" {
			require.Regexp(t, `^acc0 (ran (de|ht|pd) \d+ from [\d.]+ ms|takes [\d.]+ ms, [\d.]+ were left)$`, f["why"])
			seen[f["why"][:9]] = true
		}
		require.NotContains(t, f["why"], "late", "nothing that starts in time is late")
	}
	require.True(t, seen["acc0 ran "], "%v", seen)
}

// artifact is one artefact of a design.
func artifact(t testing.TB, in simulators.Instance, design map[string]any, name string) []byte {
	t.Helper()
	p, err := in.Simulator.Spec().Space.Point(design)
	require.NoError(t, err)
	list, err := in.Detail(context.Background(), p)
	require.NoError(t, err)
	for _, a := range list {
		if a.Name == name {
			return a.Data
		}
	}
	require.Fail(t, "no artefact "+name)
	return nil
}

// rows reads a table.
func rows(t testing.TB, table []byte) (list []map[string]string) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	require.NoError(t, err)
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = r[i]
		}
		list = append(list, row)
	}
	return list
}

func TestSeedsDrawTheSameFramesForAllDesigns(t *testing.T) {
	set := func(seed int) map[string]any {
		return map[string]any{"scenario": "ar-assistant", "run_ms": 3000.0, "seed": seed}
	}
	launched := map[string]bool{}
	for _, seed := range []int{1, 2, 3, 4} {
		about := open(t, set(seed)).About[0]
		require.Equal(t, "asr", about.Rows[0][0])
		launched[about.Rows[0][4]] = true
	}
	require.Greater(t, len(launched), 1, "the number of launches varies with the seed")
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		set  map[string]any
		want string
	}{
		{"scenario", map[string]any{"scenario": "vr"}, `value of setting scenario`},
		{"too many", map[string]any{"max_accelerators": 5}, `setting "max_accelerators": 5 is not an integer in [1, 4]`},
		{"accuracy", map[string]any{"profile": "xrbench", "accuracy_frac": 0.5}, "setting accuracy_frac = 0.5: profile xrbench leaves accuracy out: leave it at 1"},
		{"jitter", map[string]any{"jitter_ms": 20.0}, `jitter of 20 ms out of range [0, 16.666666666666668), the period of "es"`},
		{"jitter of xrbench", map[string]any{"profile": "xrbench", "jitter_ms": 1.0}, "the xrbench profile has none"},
		{"short run", map[string]any{"profile": "xrbench", "run_ms": 2.0}, "setting run_ms = 2: no frame of vr-gaming arrives within it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := xr.Factory().Open(c.set)
			require.ErrorContains(t, err, c.want)
			require.True(t, strings.HasPrefix(err.Error(), "xr: "), err)
		})
	}
}

// BenchmarkEvaluate is a design whose accelerators are known, and one whose are not.
func BenchmarkEvaluate(b *testing.B) {
	design := func(in simulators.Instance) space.Point {
		p, err := in.Simulator.Spec().Space.Point(one(1024))
		require.NoError(b, err)
		return p
	}
	b.Run("known", func(b *testing.B) {
		in := open(b, map[string]any{"scenario": "social-a"})
		p := design(in)
		for b.Loop() {
			if _, err := in.Simulator.Evaluate(context.Background(), []space.Point{p}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			in := open(b, map[string]any{"scenario": "social-a"})
			p := design(in)
			b.StartTimer()
			if _, err := in.Simulator.Evaluate(context.Background(), []space.Point{p}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
