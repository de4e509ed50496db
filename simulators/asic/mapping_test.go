package asic_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// nests are both simulators under settings of every kind.
func nests(t testing.TB) map[string]simulators.Instance {
	t.Helper()
	return map[string]simulators.Instance{
		"mapping":            open(t, asic.Mapping(), map[string]any{"l1_bytes": 1 << 20, "l2_bytes": 0}),
		"mapping, maestro":   open(t, asic.Mapping(), map[string]any{"profile": "maestro", "layer": "1", "l1_bytes": 0, "noc_bandwidth": 1}),
		"mapping, kernels":   open(t, asic.Mapping(), map[string]any{"network": "vgg16", "layer": "2", "parallel_kernel": true, "hop_cycles": 1, "l1_bytes": 0, "l2_bytes": 0}),
		"mapping, all":       open(t, asic.Mapping(), map[string]any{"network": "alexnet", "layer": "all", "sizes": "covering", "l1_bytes": 0, "l2_bytes": 0}),
		"mapping, bert-base": open(t, asic.Mapping(), map[string]any{"network": "bert-base", "sizes": "divisors", "min_levels": 2, "max_levels": 2}),
		"mapping, file": open(t, asic.Mapping(), map[string]any{
			"network_file": networkFile(t, twoLayers), "area_table": "gamma", "max_levels": 1,
		}),
		"mapping, all, maestro": open(t, asic.Mapping(), map[string]any{
			"network_file": networkFile(t, depthwiseBlock), "layer": "all", "profile": "maestro", "l1_bytes": 0, "l2_bytes": 0, "noc_bandwidth": 1,
		}),
		"digamma": open(t, asic.Digamma(), map[string]any{"layer": "1", "area_budget_mm2": 20.0}),
		"digamma, maestro": open(t, asic.Digamma(), map[string]any{
			"network": "alexnet", "layer": "3", "profile": "maestro", "sizes": "covering", "area_budget_mm2": 0.0, "noc_bandwidth": 1,
		}),
	}
}

// depthwiseBlock has layers of both kinds of convolution, and a loop that one of them lacks.
const depthwiseBlock = `Network n {
	Layer expand { Type: CONV Dimensions { K: 12, C: 4, R: 1, S: 1, Y: 9, X: 9 } }
	Layer depthwise { Type: DSCONV Dimensions { C: 12, R: 3, S: 3, Y: 11, X: 11 } }
}`

func TestNestContracts(t *testing.T) {
	for name, in := range nests(t) {
		t.Run(name, func(t *testing.T) { simtest.Test(t, in, simtest.Points(8)) })
	}
}

// evaluated is the result of one point.
func evaluated(t testing.TB, in simulators.Instance, p space.Point) simulators.Result {
	t.Helper()
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	require.Empty(t, results[0].Failed)
	return results[0]
}

// A repaired genome has the numbers of the one asked for, and works wherever only the clusters did not fit.
func TestRepairKeepsTheMeaning(t *testing.T) {
	for name, in := range nests(t) {
		t.Run(name, func(t *testing.T) {
			s, rng := in.Simulator.Spec().Space, seed.New(1, name)
			changed := 0
			for range 150 {
				p := s.Sample(rng)
				q, repaired := in.Repair(p)
				if repaired {
					changed++
				}
				asked, got := evaluated(t, in, p), evaluated(t, in, q)
				require.NotContains(t, got.Infeasible, "the units of the levels")
				if !strings.Contains(asked.Infeasible, "the units of the levels") {
					require.Equal(t, asked, got, "%v and %v", p, q)
				}
			}
			require.Greater(t, changed, 50)
		})
	}
}

// Every gene is decoded: for each axis there are designs that differ in nothing else and in a metric.
func TestEveryGeneCounts(t *testing.T) {
	for name, in := range nests(t) {
		t.Run(name, func(t *testing.T) {
			s, rng := in.Simulator.Spec().Space, seed.New(2, name)
			for axis, param := range s.Params() {
				counts := false
				for range 3000 {
					p, _ := in.Repair(s.Sample(rng))
					if !s.Active(p, axis) {
						continue
					}
					q := slices.Clone(p)
					q[axis] = rng.IntN(s.Levels(axis))
					a, b := evaluated(t, in, p).Values, evaluated(t, in, s.Canonical(q)).Values
					if counts = a != nil && b != nil && !slices.Equal(a, b); counts {
						break
					}
				}
				require.True(t, counts, param.Name)
			}
		})
	}
}

func TestGenomesAreOfTheLayer(t *testing.T) {
	axes := func(set map[string]any) (names []string) {
		return open(t, asic.Mapping(), set).Simulator.Spec().Space.Names()
	}
	require.Equal(t, []string{
		"level1_parallel", "level1_order", "level1_tile_k", "level1_tile_c", "level1_tile_y", "level1_tile_x", "level1_tile_r", "level1_tile_s",
		"level2_parallel", "level2_units", "level2_tile_k", "level2_tile_c", "level2_tile_y", "level2_tile_x",
	}, axes(map[string]any{"layer": "1", "min_levels": 2, "max_levels": 2}))
	require.Equal(t, []string{
		"level1_parallel", "level1_order", "level1_tile_k", "level1_tile_c", "level1_tile_y", "level1_tile_x",
		"level2_parallel", "level2_units", "level2_order", "level2_tile_k", "level2_tile_c", "level2_tile_y", "level2_tile_x",
	}, axes(map[string]any{"layer": "1", "min_levels": 2, "max_levels": 2, "profile": "maestro"}), "kernels stay whole")
	require.Equal(t, []string{"level1_parallel", "level1_order", "level1_tile_k", "level1_tile_c"},
		axes(map[string]any{"layer": "fc", "max_levels": 1}), "one row, one column, a kernel of one element")
	single := networkFile(t, `Network n { Layer a { Type: CONV Dimensions { K: 1, C: 1, R: 1, S: 1, Y: 1, X: 1 } } }`)
	require.Equal(t, []string{"level1_parallel", "level1_tile_c"}, axes(map[string]any{"network_file": single, "max_levels": 1}))
}

func TestSizesOfTilesAndClusters(t *testing.T) {
	const n = 56 // output rows of the layer
	values := func(kind, axis string) (list []int) {
		s := open(t, asic.Mapping(), map[string]any{"layer": "1", "sizes": kind, "pes": 168}).Simulator.Spec().Space
		at, err := s.Axis(axis)
		require.NoError(t, err)
		for _, v := range s.Param(at).Values {
			list = append(list, int(v))
		}
		return list
	}
	require.Len(t, values("all", "level1_tile_y"), n)
	require.Equal(t, []int{1, 2, 4, 7, 8, 14, 28, 56}, values("divisors", "level1_tile_y"))
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 19, 28, 56}, values("covering", "level1_tile_y"), "⌈56/parts⌉")
	var clusters []int
	for parts := 168; parts >= 1; parts-- {
		clusters = append(clusters, 168/parts)
	}
	require.Equal(t, slices.Compact(clusters), values("covering", "level2_units"))
	require.Len(t, values("all", "level2_units"), 168)
}

// The layer and the mapping of TestAllocationOfOneLayer: the same cycles and buffers, written as a genome.
func TestGenomeIsItsNest(t *testing.T) {
	one := networkFile(t, `Network n { Layer a { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 34, X: 34 } } }`)
	in := open(t, asic.Mapping(), map[string]any{"network_file": one, "pes": 2, "noc_bandwidth": 1000, "max_levels": 1, "l1_bytes": 98, "l2_bytes": 188})
	design := map[string]any{
		"level1_parallel": "c", "level1_order": "k>c>r>s>y>x",
		"level1_tile_k": 4, "level1_tile_c": 1, "level1_tile_y": 1, "level1_tile_x": 1, "level1_tile_r": 3, "level1_tile_s": 3,
	}
	m, _ := result(t, in, design)
	require.InDelta(t, 2*2*1024*36+2, m["latency_cycles"], 0)
	require.InDelta(t, 2*(9+36+4), m["l1_need_bytes"], 0)
	require.InDelta(t, 2*(2*9+2*36+4), m["l2_need_bytes"], 0)
	require.InDelta(t, 221184.0/(m["latency_cycles"]*2), m["utilization_frac"], 1e-12)
	require.InEpsilon(t, m["energy_pj"]*1e-12*m["latency_ns"]*1e-9, m["edp_j_s"], 1e-12)

	design["level1_tile_k"] = 5
	_, r := result(t, in, design)
	require.Equal(t, "needs 118 bytes of L1 and 226 bytes of L2: there are 98 and 188", r.Infeasible)
	require.InDelta(t, 118.0/98-1, r.Violation, 1e-12)
}

// Two levels of MAESTRO's KCP: 576 PEs in clusters of 64 that share three input channels, the numbers that the engine's documentation derives by hand.
func TestGenomeUnderMaestro(t *testing.T) {
	one := networkFile(t, `Network n { Layer a { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 34, X: 34 } } }`)
	in := open(t, asic.Mapping(), map[string]any{
		"network_file": one, "profile": "maestro", "pes": 576, "noc_bandwidth": 8, "min_levels": 2, "max_levels": 2, "l1_bytes": 0, "l2_bytes": 0,
	})
	m, _ := result(t, in, map[string]any{
		"level1_parallel": "k", "level1_order": "k>c>y>x", "level1_tile_k": 1, "level1_tile_c": 3, "level1_tile_y": 1, "level1_tile_x": 1,
		"level2_parallel": "c", "level2_units": 64, "level2_order": "c>y>x>k", "level2_tile_k": 1, "level2_tile_c": 1, "level2_tile_y": 1, "level2_tile_x": 1,
	})
	require.InDelta(t, 15390, m["latency_cycles"], 0)
	require.InDelta(t, 500, m["l2_need_bytes"], 0)
}

func TestAllLayersShareOneMapping(t *testing.T) {
	file := networkFile(t, twoLayers)
	one := open(t, asic.Mapping(), map[string]any{"network_file": file, "layer": "b"})
	all := open(t, asic.Mapping(), map[string]any{"network_file": file, "layer": "all"})
	design := map[string]any{
		"levels": 2, "level1_parallel": "k", "level1_order": "y>x>k>c>r>s", "level1_tile_k": 2, "level1_tile_c": 1, "level1_tile_y": 2, "level1_tile_x": 1,
		"level1_tile_r": 3, "level1_tile_s": 3, "level2_parallel": "y", "level2_units": 2, "level2_tile_y": 1,
	}
	m, _ := result(t, one, design)
	n, _ := result(t, all, design)
	require.InDelta(t, 2*m["latency_cycles"], n["latency_cycles"], 0)
	require.InDelta(t, m["l1_need_bytes"], n["l1_need_bytes"], 0)
}

func TestDigammaCountsPEsAndSizesBuffers(t *testing.T) {
	file := networkFile(t, twoLayers)
	in := open(t, asic.Digamma(), map[string]any{"network_file": file, "area_budget_mm2": 0.01, "pe_limit": 64})
	design := map[string]any{
		"levels": 2, "level1_units": 4, "level1_parallel": "k", "level1_order": "y>x>k>c>r>s",
		"level1_tile_k": 2, "level1_tile_c": 1, "level1_tile_y": 2, "level1_tile_x": 1, "level1_tile_r": 3, "level1_tile_s": 3,
		"level2_parallel": "y", "level2_units": 2, "level2_tile_y": 1,
	}
	m, _ := result(t, in, design)
	require.InDelta(t, 4*2, m["pes_pe"], 0)
	require.InDelta(t, 2*(9+18+2), m["l1_need_bytes"], 0, "a kernel window, 2 filters of 9, 2 outputs")
	require.InDelta(t, 2*(12+72+16), m["l2_need_bytes"], 0, "4 × 3 inputs, 8 filters of 9, 8 × 2 outputs")
	require.InEpsilon(t, (8*282+(8*58+200)*8*0.086)*1e-6, m["area_mm2"], 1e-12)

	design["level1_units"] = 30
	_, r := result(t, in, design)
	require.Contains(t, r.Infeasible, "exceeds the budget of 0.01 mm2")
	require.Greater(t, r.Violation, 0.0)
	design["level1_units"] = 33
	_, r = result(t, in, design)
	require.Equal(t, "the units of the levels are 66 PEs: there are 64", r.Infeasible)
	require.InDelta(t, 66.0/64-1, r.Violation, 1e-12)
}

func TestNestSettingsThatContradictAreRefused(t *testing.T) {
	file := networkFile(t, twoLayers)
	huge := networkFile(t, `Network n { Layer a { Type: CONV Dimensions { K: 1000000, C: 3, R: 1, S: 1, Y: 1, X: 1 } } }`)
	open(t, asic.Mapping(), map[string]any{"network_file": huge, "sizes": "covering"})
	for _, c := range []struct {
		name string
		set  map[string]any
		want string
	}{
		{"no such layer", map[string]any{"network_file": file, "layer": "c"}, `unknown layer "c": known are a, b, their indices 0 … 1, and all`},
		{"index too large", map[string]any{"network_file": file, "layer": "2"}, "layer 2 out of range [0, 1]"},
		{"negative index", map[string]any{"network_file": file, "layer": "-1"}, "layer -1 out of range [0, 1]"},
		{"levels", map[string]any{"min_levels": 3, "max_levels": 2}, "settings min_levels = 3 and max_levels = 2: the first must be at most the second"},
		{"kernels", map[string]any{"parallel_kernel": true, "profile": "maestro"}, "setting parallel_kernel = true is only for profile = physical"},
		{"too many sizes", map[string]any{"network_file": huge}, "tiles of k: sizes = all would list 1000000 sizes, 65536 at most: set sizes = covering or divisors"},
		{"no network", map[string]any{"network": "resnet19"}, `unknown value of setting network "resnet19"`},
		{"no PE", map[string]any{"pe_limit": 0, "pes": 0}, "setting"},
	} {
		for _, f := range []simulators.Factory{asic.Mapping(), asic.Digamma()} {
			t.Run(c.name+", "+f.Name, func(t *testing.T) {
				_, _, err := f.Open(c.set)
				require.ErrorContains(t, err, c.want)
			})
		}
	}
}

func TestNestIsDrawn(t *testing.T) {
	in := open(t, asic.Mapping(), map[string]any{"network_file": networkFile(t, twoLayers), "layer": "all"})
	p, err := in.Simulator.Spec().Space.Point(map[string]any{
		"levels": 2, "level1_parallel": "k", "level1_order": "y>x>k>c>r>s", "level1_tile_k": 2, "level1_tile_c": 3, "level1_tile_y": 4, "level1_tile_x": 1,
		"level1_tile_r": 3, "level1_tile_s": 3, "level2_parallel": "y", "level2_units": 2, "level2_tile_y": 1,
	})
	require.NoError(t, err)
	artifacts, err := in.Detail(context.Background(), p)
	require.NoError(t, err)
	var names []string
	for _, a := range artifacts {
		names = append(names, a.Name)
	}
	require.Equal(t, []string{"layers.csv", "network.m", "nest.txt", "nest.svg"}, names)
	text := string(artifacts[2].Data)
	_, nest, ok := strings.Cut(text, "\n")
	require.True(t, ok)
	require.True(t, strings.HasPrefix(nest, `  level 1: 84 units
    for y in 0..32 by 4
      for x in 0..32 by 1
        parallel-for k in 0..8 by 2
          a unit holds k2 c3 y4 r3 s3
          level 2: 2 units
            parallel-for y in 0..4 by 1
              a unit holds k2 c3 r3 s3
`), text)
	require.Equal(t, 2, strings.Count(text, "level 1:"), "both layers")
	require.Contains(t, string(artifacts[3].Data), "parallel-for k in 0..8 by 2")
	n, err := dataflow.ReadNetwork("network.m", strings.NewReader(string(artifacts[1].Data)))
	require.NoError(t, err)
	require.Equal(t, "TemporalMap(4,4) Y'; TemporalMap(1,1) X'; SpatialMap(2,2) K; TemporalMap(3,3) C; TemporalMap(3,3) R; TemporalMap(3,3) S; "+
		"Cluster(2, P); SpatialMap(1,1) Y'", n.Layers[0].Mapping.String())
}

// BenchmarkMapping is one random mapping of a layer of ResNet-18, as studies evaluate it: repaired.
func BenchmarkMapping(b *testing.B) {
	for _, profile := range []string{"physical", "maestro"} {
		b.Run(profile, func(b *testing.B) {
			in := open(b, asic.Mapping(), map[string]any{"profile": profile, "layer": "1", "l1_bytes": 0, "l2_bytes": 0})
			s, rng := in.Simulator.Spec().Space, seed.New(1, "bench")
			points := make([]space.Point, 256)
			for i := range points {
				points[i], _ = in.Repair(s.Sample(rng))
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := in.Simulator.Evaluate(context.Background(), points[i%len(points):][:1]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A layer of ResNet-18 on 168 PEs: output rows over 56 clusters of three PEs that share the columns of a tile.
func ExampleMapping() {
	in, _, err := asic.Mapping().Open(map[string]any{"network": "resnet18", "layer": "stage1.block1.conv1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	spec := in.Simulator.Spec()
	p, err := spec.Space.Point(map[string]any{
		"levels": 2, "level1_parallel": "y", "level1_order": "x>k>s>c>y>r", "level1_tile_k": 2, "level1_tile_c": 1, "level1_tile_y": 1,
		"level1_tile_x": 3, "level1_tile_r": 3, "level1_tile_s": 2, "level2_parallel": "x", "level2_units": 3, "level2_tile_x": 1,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, key := range spec.Keys() {
		if key == "latency_cycles" || key == "utilization_frac" || key == "l1_need_bytes" {
			fmt.Printf("%s %.4g\n", key, results[0].Values[i])
		}
	}
	// Output:
	// latency_cycles 7.004e+05
	// utilization_frac 0.9824
	// l1_need_bytes 40
}

// A mapping whose counts are beyond the engine's is a property of the design, not a failure.
func TestCountsBeyondTheEngineAreInfeasible(t *testing.T) {
	huge := networkFile(t, `Network n { Layer a { Type: CONV Dimensions { K: 8192, C: 8192, R: 1, S: 1, Y: 32768, X: 32768 } } }`)
	in := open(t, asic.Mapping(), map[string]any{"network_file": huge, "profile": "maestro", "sizes": "covering", "max_levels": 1})
	r := evaluated(t, in, make(space.Point, in.Simulator.Spec().Space.Len()))
	require.Equal(t, `dataflow: layer "a": the counts of this mapping exceed 288230376151711744`, r.Infeasible)
}
