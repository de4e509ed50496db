package coexplore_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/accelerators/hetero"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/coexplore"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := coexplore.NASAIC().Open(set)
	require.NoError(t, err)
	return in
}

func TestConformance(t *testing.T) {
	for name, set := range map[string]map[string]any{
		"w1": nil, "w2 homogeneous": {"workload": "w2", "variant": "homogeneous"}, "w3 single staged": {"workload": "w3", "variant": "single", "staged": true},
	} {
		t.Run(name, func(t *testing.T) { simtest.Test(t, open(t, set), simtest.Points(40)) })
	}
}

// point is a design by the names of its axes; axes left out have their first level.
func point(t testing.TB, in simulators.Instance, values map[string]any) space.Point {
	t.Helper()
	p, err := in.Simulator.Spec().Space.Point(values)
	require.NoError(t, err)
	return p
}

// largest is NASAIC's published hardware for what plain NAS finds on W1, with the largest networks.
func largest(staged bool) (set map[string]any, design map[string]any) {
	return map[string]any{"staged": staged}, map[string]any{
		"net1_fn0": 32, "net1_fn1": 128, "net1_sk1": 2, "net1_fn2": 256, "net1_sk2": 2, "net1_fn3": 256, "net1_sk3": 2,
		"net2_height": 5, "net2_fn1": 16, "net2_fn2": 32, "net2_fn3": 64, "net2_fn4": 128, "net2_fn5": 256,
		"sub1_pes": 2112, "sub1_template": "kcp", "sub1_bandwidth": 48, "sub2_pes": 1984, "sub2_template": "yxp", "sub2_bandwidth": 16,
	}
}

func evaluate(t testing.TB, in simulators.Instance, p space.Point) simulators.Result {
	t.Helper()
	got, err := in.Simulator.Evaluate(t.Context(), []space.Point{p})
	require.NoError(t, err)
	return got[0]
}

// The published row of plain NAS on W1: 94.17 % and 83.94, 9.45e5 cycles, 3.56e9, 4.71e9 um2; no spec is met.
func TestPlainNASMissesEverySpec(t *testing.T) {
	set, design := largest(false)
	in := open(t, set)
	got := evaluate(t, in, point(t, in, design)).Values
	require.Len(t, got, 8)
	require.InDelta(t, 94.17, got[6], 1e-9)
	require.InDelta(t, 83.94, got[7], 1e-9)
	require.InEpsilon(t, 4.71e9, got[3], 0.011)
	require.InEpsilon(t, 3.56e9, got[2], 0.12)
	require.InEpsilon(t, 9.45e5, got[1], 0.2)
	require.Greater(t, got[1], 8e5)

	set, _ = largest(true)
	staged := evaluate(t, open(t, set), point(t, in, design))
	require.Nil(t, staged.Values)
	require.Contains(t, staged.Infeasible, "latency_cycles")
	require.Contains(t, staged.Infeasible, "accuracy was not evaluated")
	require.InDelta(t, got[1]/8e5-1+got[2]/2e9-1+got[3]/4e9-1, staged.Violation, 1e-12)
}

// The costs of the whole largest ResNet9 on one sub-accelerator were measured with MAESTRO: 6.54e5 cycles and 2.73e9 on kcp with 2,112 PEs and 48.
func TestLayersCostWhatMAESTROMeasured(t *testing.T) {
	s, err := nas.NewResNet9()
	require.NoError(t, err)
	n, err := s.Decode(space.Point{2, 2, 2, 3, 2, 3, 2})
	require.NoError(t, err)
	costs, cycles, energyMACs := hetero.NewCosts(dataflow.Maestro), int64(0), 0.0
	for _, l := range n.Layers {
		layer, copies, ok, err := dataflow.FromDNN(l)
		require.NoError(t, err)
		if !ok || l.Name == "classes" {
			continue
		}
		c, err := costs.Of(layer, hetero.Sub{Template: dataflow.KCP, PEs: 2112, NoCBandwidth: 48})
		require.NoError(t, err)
		cycles, energyMACs = cycles+copies*c.LatencyCycles, energyMACs+float64(copies)*c.EnergyMACs
	}
	require.InEpsilon(t, 6.54e5, float64(cycles), 0.001)
	require.InEpsilon(t, 2.73e9, energyMACs, 0.002)
}

func TestHomogeneousIsTheSameTwice(t *testing.T) {
	small := map[string]any{
		"net1_fn0": 8, "net1_fn1": 32, "net1_sk1": 0, "net1_fn2": 64, "net1_sk2": 1, "net1_fn3": 32, "net1_sk3": 0,
		"net2_height": 2, "net2_fn1": 8, "net2_fn2": 16, "sub1_pes": 512, "sub1_template": "kcp", "sub1_bandwidth": 16,
	}
	one := open(t, map[string]any{"variant": "homogeneous"})
	equal := evaluate(t, one, point(t, one, small))
	require.NotNil(t, equal.Values)
	small["sub2_pes"], small["sub2_template"], small["sub2_bandwidth"] = 512, "kcp", 16
	two := open(t, nil)
	require.Equal(t, equal, evaluate(t, two, point(t, two, small)))
}

func TestRepairTakesTheExcessAway(t *testing.T) {
	for _, variant := range []string{"single", "homogeneous", "heterogeneous"} {
		in := open(t, map[string]any{"variant": variant})
		s, rng := in.Simulator.Spec().Space, seed.New(1, variant)
		beyond := 0
		for range 300 {
			p := s.Sample(rng)
			r := evaluate(t, in, p)
			fixed, changed := in.Repair(p)
			if changed {
				beyond++
				require.NotEmpty(t, r.Infeasible)
				require.Positive(t, r.Violation)
			}
			again, changed := in.Repair(fixed)
			require.False(t, changed)
			require.Equal(t, fixed, again)
			reason := evaluate(t, in, fixed).Infeasible
			require.NotContains(t, reason, "in all")
			require.NotContains(t, reason, "no sub-accelerator has PEs")
		}
		require.Positive(t, beyond)
	}
}

func TestDetailMeasuresTheGapToTheOptimum(t *testing.T) {
	set, design := largest(false)
	in := open(t, set)
	artifacts, err := in.Detail(t.Context(), point(t, in, design))
	require.NoError(t, err)
	require.Equal(t, []string{"schedule.svg", "layers.csv", "schedule.json"}, []string{artifacts[0].Name, artifacts[1].Name, artifacts[2].Name})
	require.Contains(t, string(artifacts[0].Data), "kcp, 2112 PEs, 48/cycle")
	var sum struct {
		Cycles int64   `json:"latency_cycles"`
		Energy float64 `json:"energy_macs"`
		Bound  int64   `json:"latency_bound_cycles"`
		Exact  bool    `json:"exact_found"`
		Gap    float64 `json:"energy_gap_frac"`
	}
	require.NoError(t, json.Unmarshal(artifacts[2].Data, &sum))
	require.True(t, sum.Exact)
	require.GreaterOrEqual(t, sum.Gap, 0.0)
	require.Less(t, sum.Gap, 0.05)
	require.LessOrEqual(t, sum.Bound, sum.Cycles)
	rows, err := csv.NewReader(bytes.NewReader(artifacts[1].Data)).ReadAll()
	require.NoError(t, err)
	total := 0.0
	for _, row := range rows[1:] {
		energy, err := strconv.ParseFloat(row[6], 64)
		require.NoError(t, err)
		total += energy
	}
	require.InEpsilon(t, sum.Energy, total, 1e-12)
}

func TestSettingsAreStrict(t *testing.T) {
	for want, set := range map[string]map[string]any{
		`did you mean "w1"`: {"workload": "w1x"}, "latency_spec": {"latency_spec": -1.0}, `unknown setting "stage"`: {"stage": true},
	} {
		_, _, err := coexplore.NASAIC().Open(set)
		require.ErrorContains(t, err, want)
	}
}

// BenchmarkDesign is one hardware step of a search: the networks stay.
func BenchmarkDesign(b *testing.B) {
	in := open(b, nil)
	s, rng := in.Simulator.Spec().Space, seed.New(1)
	points := make([]space.Point, 512)
	first := s.Sample(rng)
	for i := range points {
		p := s.Sample(rng)
		copy(p[:13], first[:13])
		points[i], _ = in.Repair(s.Canonical(p))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		evaluate(b, in, points[i%len(points)])
	}
}
