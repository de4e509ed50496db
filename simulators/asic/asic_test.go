package asic_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func open(t testing.TB, f simulators.Factory, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := f.Open(set)
	require.NoError(t, err)
	return in
}

// networkFile writes a MAESTRO network of one convolution, 8 filters of 3×3×3 on 34×34, twice.
func networkFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "net.m")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

const twoLayers = `Network n {
	Layer a { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 34, X: 34 } }
	Layer b { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 34, X: 34 } }
}`

func TestContract(t *testing.T) {
	file := networkFile(t, twoLayers)
	for _, c := range []struct {
		name    string
		factory simulators.Factory
		set     map[string]any
	}{
		{"template", asic.Template(), nil},
		{"template, bert-base", asic.Template(), map[string]any{"network": "bert-base", "profile": "maestro", "area_table": "maestro-old"}},
		{"template, file", asic.Template(), map[string]any{"network_file": file, "offchip_bandwidth": 16, "clock_mhz": 500.0}},
		{"allocation", asic.Allocation(), nil},
		{"allocation, mix", asic.Allocation(), map[string]any{"network": "alexnet", "dataflow": "mix", "constraint": "power"}},
		{"allocation, eye, maestro", asic.Allocation(), map[string]any{"network": "alexnet", "dataflow": "eye", "profile": "maestro", "constraint": "none"}},
		{"allocation, file", asic.Allocation(), map[string]any{"network_file": file, "dataflow": "shi", "budget_frac": 0.3}},
	} {
		t.Run(c.name, func(t *testing.T) { simtest.Test(t, open(t, c.factory, c.set), simtest.Points(16)) })
	}
}

func TestSpaces(t *testing.T) {
	require.Equal(t, "163020", open(t, asic.Template(), nil).Simulator.Spec().Space.Size().String(), "6·19·11·10·13")
	spec := open(t, asic.Allocation(), map[string]any{"network_file": networkFile(t, twoLayers)}).Simulator.Spec()
	require.Equal(t, "20736", spec.Space.Size().String(), "144 choices a layer")
	depthwise := `Network n { Layer a { Type: DSCONV Dimensions { C: 8, R: 3, S: 3, Y: 34, X: 34 } } }`
	spec = open(t, asic.Allocation(), map[string]any{"network_file": networkFile(t, depthwise), "dataflow": "mix"}).Simulator.Spec()
	require.Equal(t, "36", spec.Space.Size().String(), "a depthwise layer has no filters to choose")
	require.Equal(t, []string{"latency_cycles", "latency_ns", "interval_cycles", "energy_pj", "area_mm2", "power_mw", "edp_j_s", "pes_pe", "l1_bytes", "l2_bytes"}, spec.Keys())
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

// TestTemplateAddsUpLayers compares with the engine: both copies of the layer whose numbers the engine's tests derive by hand, here on 64 units.
func TestTemplateAddsUpLayers(t *testing.T) {
	layer := dataflow.Layer{Size: [dataflow.NumDims]int{dataflow.K: 8, dataflow.C: 3, dataflow.R: 3, dataflow.S: 3, dataflow.Y: 34, dataflow.X: 34}}
	h := dataflow.Hardware{PEs: 640, NoCBandwidth: 8}
	var scratch dataflow.Scratch
	s, err := dataflow.KCP.Evaluate(h, layer, dataflow.Physical, &scratch)
	require.NoError(t, err)
	in := open(t, asic.Template(), map[string]any{"network_file": networkFile(t, twoLayers), "clock_mhz": 500.0})
	design := map[string]any{"template": "kcp", "pes": 640, "noc_bandwidth": 8, "l1": 64, "l2": 1}
	m, _ := result(t, in, design)
	require.InDelta(t, 2*9248, m["latency_cycles"], 0)
	require.InDelta(t, 4*9248, m["latency_ns"], 0)
	require.InDelta(t, 2*s.EnergyMACs(), m["energy_macs"], 1e-6)
	require.InDelta(t, 2*s.EnergyPJ(), m["energy_pj"], 1e-6)
	require.InDelta(t, m["energy_pj"]/m["latency_ns"], m["power_mw"], 1e-9)
	require.InEpsilon(t, m["energy_pj"]*1e-12*m["latency_ns"]*1e-9, m["edp_j_s"], 1e-12)
	require.InEpsilon(t, dataflow.Area28().Area(h, 64, 1024).TotalUM2()*1e-6, m["area_mm2"], 1e-12)
	require.InEpsilon(t, dataflow.Area28().Power(h, 64, 1024).TotalMW(), m["peak_power_mw"], 1e-12)
	require.InDelta(t, 2*221184.0/(2*9248*640), m["utilization_frac"], 1e-12)
	require.InDelta(t, 38, m["l1_need_bytes"], 0)
	require.InDelta(t, 502, m["l2_need_bytes"], 0)
	require.InDelta(t, 2*(3468+216+8192), m["offchip_bytes"], 0)

	design["l1"] = 32
	_, r := result(t, in, design)
	require.Equal(t, "needs 38 bytes of L1 and 502 bytes of L2: there are 32 and 1024", r.Infeasible)
	require.InDelta(t, 38.0/32-1, r.Violation, 1e-12)
}

func TestMoreBandwidthIsNeverSlower(t *testing.T) {
	in := open(t, asic.Template(), map[string]any{"network": "resnet50"})
	last := 0.0
	for _, width := range []int{128, 64, 32, 16, 8, 4} {
		m, r := result(t, in, map[string]any{"template": "yxp", "pes": 512, "noc_bandwidth": width, "l1": 4096, "l2": 4096})
		require.Empty(t, r.Infeasible)
		require.GreaterOrEqual(t, m["latency_cycles"], last)
		last = m["latency_cycles"]
	}
}

// TestAllocationOfOneLayer is 8 filters of 3×3×3 on 34×34 on 2 PEs that hold 4 filters each. The units share the channels: two rounds, of two and of one
// channel, for each half of the filters.
//
//	2 halves · 2 rounds · 1,024 outputs · (4 filters · 9) cycles, one before for the first inputs and weights and one after for the last outputs
//	a PE: 9 inputs, 36 weights, 4 outputs; both: 18 inputs, 72 weights, the same 4 outputs
func TestAllocationOfOneLayer(t *testing.T) {
	one := `Network n { Layer a { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 34, X: 34 } } }`
	in := open(t, asic.Allocation(), map[string]any{"network_file": networkFile(t, one), "noc_bandwidth": 1000, "constraint": "none"})
	m, _ := result(t, in, map[string]any{"layer000_pes": 2, "layer000_filters": 4})
	require.InDelta(t, 2*2*1024*36+2, m["latency_cycles"], 0)
	require.InDelta(t, m["latency_cycles"], m["interval_cycles"], 0)
	require.InDelta(t, 2, m["pes_pe"], 0)
	require.InDelta(t, 2*2*(9+36+4), m["l1_bytes"], 0)
	require.InDelta(t, 2*(2*9+2*36+4), m["l2_bytes"], 0)
	area := dataflow.Area28().Area(dataflow.Hardware{PEs: 2, NoCBandwidth: 1000}, 98, 188).TotalUM2() * 1e-6
	require.InEpsilon(t, area, m["area_mm2"], 1e-12)
}

func TestBudgetMakesLargeAllocationsInfeasible(t *testing.T) {
	for _, constraint := range []string{"area", "power"} {
		in := open(t, asic.Allocation(), map[string]any{"network_file": networkFile(t, twoLayers), "constraint": constraint, "dataflow": "mix"})
		large := map[string]any{"layer000_pes": 128, "layer001_pes": 128, "layer000_filters": 12, "layer001_filters": 12, "layer000_dataflow": "eye", "layer001_dataflow": "eye"}
		_, r := result(t, in, large)
		require.Contains(t, r.Infeasible, constraint)
		require.Contains(t, r.Infeasible, "exceeds the budget")
		require.Greater(t, r.Violation, 0.0)
		large["layer000_pes"], large["layer001_pes"] = 16, 16
		_, r = result(t, in, large)
		require.Empty(t, r.Infeasible)
	}
}

func TestDetailListsTheLayers(t *testing.T) {
	for _, f := range []simulators.Factory{asic.Template(), asic.Allocation()} {
		in := open(t, f, map[string]any{"network": "alexnet"})
		artifacts, err := in.Detail(context.Background(), make(space.Point, in.Simulator.Spec().Space.Len()))
		require.NoError(t, err)
		require.Len(t, artifacts, 2)
		n, err := dataflow.ReadNetwork(artifacts[1].Name, bytes.NewReader(artifacts[1].Data))
		require.NoError(t, err)
		require.Len(t, n.Layers, 8)
		require.NotEmpty(t, n.Layers[7].Mapping)
		rows, err := csv.NewReader(strings.NewReader(string(artifacts[0].Data))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 1+8, "five convolutions and three dense layers")
		require.Equal(t, []string{"layer", "type", "copies", "pes", "cycles", "macs"}, rows[0][:6])
		var macs int64
		for _, row := range rows[1:] {
			n, err := strconv.ParseInt(row[5], 10, 64)
			require.NoError(t, err)
			macs += n
		}
		require.Equal(t, dnn.AlexNet().Totals().MACs, macs)
	}
}

func TestSettingsThatContradictAreRefused(t *testing.T) {
	file := networkFile(t, twoLayers)
	const broken = `Network n {
	Layer a { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 34, X: 34 } }
	Layer b { Type: CONV Dimensions { K: 8, C: 4, R: 3, S: 3, Y: 34, X: 34 } }
}`
	open(t, asic.Template(), map[string]any{"network_file": networkFile(t, broken)})
	open(t, asic.Template(), map[string]any{"network_file": networkFile(t, strings.Replace(broken, "C: 4", "C: 8", 1)), "chained": true})
	for _, c := range []struct {
		name string
		set  map[string]any
		want string
	}{
		{"two networks", map[string]any{"network": "alexnet", "network_file": file}, "exclude each other: leave one of them out"},
		{"no file", map[string]any{"network_file": file + "x"}, "network_file: "},
		{"a folder", map[string]any{"network_file": filepath.Dir(file)}, "is not a regular file of at most 16777216 bytes"},
		{"no chain", map[string]any{"network_file": networkFile(t, broken), "chained": true}, `net.m:3: layer "b" after "a": reads 4 channels, 8 are written`},
		{"chain of no file", map[string]any{"chained": true}, "setting chained = true needs a file"},
		{"syntax", map[string]any{"network_file": networkFile(t, "Network n {\nLayer")}, `net.m:2: end of file: want "{"`},
	} {
		for _, f := range asic.Factories() {
			t.Run(c.name+", "+f.Name, func(t *testing.T) {
				_, _, err := f.Open(c.set)
				require.ErrorContains(t, err, c.want)
			})
		}
	}
	a := open(t, asic.Template(), map[string]any{"network_file": file}).Simulator.Spec().Version
	b := open(t, asic.Template(), map[string]any{"network_file": networkFile(t, twoLayers+"\n")}).Simulator.Spec().Version
	require.NotEqual(t, a, b, "the version names what is in the file")
}

func TestSetupsSpellADesignOut(t *testing.T) {
	spec, setup, err := asic.Setups(map[string]any{"network_file": networkFile(t, twoLayers), "profile": "maestro", "offchip_bandwidth": 7})
	require.NoError(t, err)
	p, err := spec.Space.Point(map[string]any{"template": "yrp", "pes": 640, "noc_bandwidth": 8, "l1": 64, "l2": 1})
	require.NoError(t, err)
	s := setup(p)
	require.Equal(t, dataflow.Hardware{PEs: 640, NoCBandwidth: 8, OffchipBandwidth: 7}, s.Hardware)
	require.Equal(t, [2]string{"yrp", "maestro"}, [2]string{s.Template.String(), s.Profile.String()})
	require.Len(t, s.Shapes, 1, "both layers have one shape")
	require.EqualValues(t, 2, s.Shapes[0].Copies)
	_, _, err = asic.Setups(map[string]any{"profile": "x"})
	require.ErrorContains(t, err, `asic/template: unknown value of setting profile "x"`)
	_, _, err = asic.Setups(map[string]any{"network_file": "none.m"})
	require.ErrorContains(t, err, "asic/template: network_file: ")
}

func BenchmarkTemplate(b *testing.B) {
	in := open(b, asic.Template(), map[string]any{"network": "resnet50"})
	points := []space.Point{make(space.Point, in.Simulator.Spec().Space.Len())}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := in.Simulator.Evaluate(context.Background(), points); err != nil {
			b.Fatal(err)
		}
	}
}
