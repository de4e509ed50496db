package networkspace_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networkspace"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

const tiny = `
name  = "tiny"
input = [16, 16, 3]

[bits]
weights = [2, 8]

[[block]]
kind    = "conv"
name    = "stem"
filters = [8, 16]
kernel  = [3, 5]

[[block]]
kind  = "repeat"
name  = "body"
times = [1, 2, 5]
[[block.block]]
kind = "pool"
name = "down"

[[block]]
kind     = "dense"
name     = "classes"
features = 10
`

func written(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "space.toml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := networkspace.Factory().Open(set)
	require.NoError(t, err)
	return in
}

func TestConformance(t *testing.T) {
	for name, set := range map[string]map[string]any{
		"resnet9": nil, "encoder": {"space": "encoder", "tokens": 32, "weight_bits": "2,4,8", "activation_bits": "4,8,16"},
		"nb201 composable": {"space": "nb201", "weight_bits": "2,4,8", "datapath": "composable"}, "unet in 4 bits": {"space": "unet", "weight_bits": "4"},
		"maestro": {"space": "nbmacro", "profile": "maestro", "area_table": "old"}, "file": {"space_file": written(t, tiny)},
	} {
		t.Run(name, func(t *testing.T) {
			if set["area_table"] != nil {
				set["area_table"] = dataflow.AreaOld().Name
			}
			simtest.Test(t, open(t, set), simtest.Points(12))
		})
	}
}

// values evaluates a design and returns its metrics by their keys.
func values(t testing.TB, in simulators.Instance, p space.Point) map[string]float64 {
	t.Helper()
	got, err := in.Simulator.Evaluate(t.Context(), []space.Point{p})
	require.NoError(t, err)
	require.Empty(t, got[0].Infeasible+got[0].Failed)
	named := map[string]float64{}
	for i, m := range in.Simulator.Spec().Metrics {
		named[m.Key()] = got[0].Values[i]
	}
	return named
}

// smallest is the first point of a space with buffers that hold what every layer needs.
func smallest(t testing.TB, s space.Space) space.Point {
	t.Helper()
	p := make(space.Point, s.Len())
	for _, name := range []string{"l1", "l2"} {
		axis, err := s.Axis(name)
		require.NoError(t, err)
		p[axis] = s.Levels(axis) - 1
	}
	return p
}

// In 8 bits the cost of a network is the sum over its layers of the engine's.
func TestEightBitsCostWhatTheEngineSays(t *testing.T) {
	in := open(t, nil)
	p := smallest(t, in.Simulator.Spec().Space)
	got := values(t, in, p)
	s, err := nas.NewResNet9()
	require.NoError(t, err)
	n, err := s.Decode(p[:s.Space().Len()])
	require.NoError(t, err)
	var cycles, offchip int64
	var energy float64
	var scratch dataflow.Scratch
	for _, l := range n.Layers {
		layer, copies, ok, err := dataflow.FromDNN(l)
		require.NoError(t, err)
		if !ok {
			continue
		}
		stats, err := dataflow.KCP.Evaluate(dataflow.Hardware{PEs: 64, NoCBandwidth: 4}, layer, dataflow.Physical, &scratch)
		require.NoError(t, err)
		cycles += copies * stats.RuntimeCycles
		energy += float64(copies) * stats.EnergyMACs()
		offchip += layer.Elements(dataflow.Input) + layer.Elements(dataflow.Weight) + layer.Elements(dataflow.Output)
	}
	require.Equal(t, float64(cycles), got["latency_cycles"])
	require.InEpsilon(t, energy, got["energy_macs"], 1e-12)
	require.Equal(t, float64(offchip), got["offchip_bytes"])
	require.Equal(t, float64(n.Totals().Parameters), got["parameters"])
	require.Equal(t, got["parameters"], got["model_bytes"])
	require.Zero(t, got["bit_drop_percent"])
}

// Of the same network: narrower operands take less energy, memory and accuracy, and no more cycles; wider ones take passes.
func TestWidths(t *testing.T) {
	at := func(weights, activations, datapath string) map[string]float64 {
		in := open(t, map[string]any{"weight_bits": weights, "activation_bits": activations, "datapath": datapath})
		return values(t, in, smallest(t, in.Simulator.Spec().Space))
	}
	base, narrow, wide, divided := at("8", "8", "fixed"), at("4", "8", "fixed"), at("16", "16", "fixed"), at("4", "2", "composable")
	require.Equal(t, base["latency_cycles"], narrow["latency_cycles"])
	require.Less(t, narrow["energy_pj"], base["energy_pj"])
	require.Less(t, narrow["offchip_bytes"], base["offchip_bytes"])
	require.InDelta(t, 1.6, narrow["bit_drop_percent"], 1e-12)
	require.Equal(t, base["l2_need_bytes"], narrow["l2_need_bytes"])

	require.Equal(t, 4*base["latency_cycles"], wide["latency_cycles"], "two passes an operand")
	require.Equal(t, 2*base["l1_need_bytes"], wide["l1_need_bytes"])
	require.Greater(t, wide["energy_pj"], base["energy_pj"])
	require.Zero(t, wide["bit_drop_percent"])

	require.Less(t, divided["latency_cycles"], base["latency_cycles"])
	require.GreaterOrEqual(t, divided["latency_cycles"], base["latency_cycles"]/8, "2·4 products a cycle")
	require.InDelta(t, 1.6+11.9, divided["bit_drop_percent"], 1e-12)
	require.Equal(t, base["parameters"], divided["parameters"])
}

// One layer by hand: a dense layer of 64 inputs and 8 outputs, 512 weights in 4 bits, 64 activations in 16.
func TestOneLayerByHand(t *testing.T) {
	path := written(t, "input = [1, 1, 64]\n[bits]\nweights = 4\nactivations = 16\n[[block]]\nkind = \"dense\"\nfeatures = 8\n")
	in := open(t, map[string]any{"space_file": path})
	p := smallest(t, in.Simulator.Spec().Space)
	got := values(t, in, p)
	require.Equal(t, 512.0, got["network_macs"])
	require.Equal(t, 512*4/8+8.0, got["model_bytes"], "the biases in 8 bits")
	require.Equal(t, 512*4/8+64*2+8.0, got["offchip_bytes"])
	detail, err := in.Detail(t.Context(), p)
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(detail[0].Data)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, []string{"dense1", "GEMM", "1", "64"}, rows[1][:4])
	require.Equal(t, []string{"16", "4"}, rows[1][len(rows[1])-2:])
	var scratch dataflow.Scratch
	stats, err := dataflow.KCP.Evaluate(dataflow.Hardware{PEs: 64, NoCBandwidth: 4}, dataflow.Layer{Op: dataflow.MatMul, Size: [dataflow.NumDims]int{
		dataflow.M: 1, dataflow.N: 8, dataflow.K: 64,
	}}, dataflow.Physical, &scratch)
	require.NoError(t, err)
	require.Equal(t, strconv.FormatInt(2*stats.RuntimeCycles, 10), rows[1][4], "two passes of the activations")
	energy := 512 * 16 * 4 / 64.0
	for t, share := range [...]float64{dataflow.Input: 2, dataflow.Weight: 0.5, dataflow.Output: 1} {
		a := stats.Operands[t]
		energy += share * (dataflow.L2EnergyMACs*float64(a.L2Reads+a.L2Writes) + dataflow.L1EnergyMACs*float64(a.L1Reads+a.L1Writes))
	}
	require.InEpsilon(t, energy, got["energy_macs"], 1e-12)
}

// A network whose shapes do not fit is an infeasible design that names the layer.
func TestShapesThatDoNotFit(t *testing.T) {
	in := open(t, map[string]any{"space_file": written(t, tiny)})
	s := in.Simulator.Spec().Space
	p := smallest(t, s)
	axis, err := s.Axis("body_times")
	require.NoError(t, err)
	p[axis] = 2
	got, err := in.Simulator.Evaluate(t.Context(), []space.Point{p})
	require.NoError(t, err)
	require.Contains(t, got[0].Infeasible, `layer "body.5.down" (pool): kernel height 2`)
	detail, err := in.Detail(t.Context(), p)
	require.NoError(t, err)
	require.Contains(t, string(detail[0].Data), "body.5.down")
}

func TestSettingsThatContradict(t *testing.T) {
	path := written(t, tiny)
	for name, c := range map[string]struct {
		set  map[string]any
		want string
	}{
		"two spaces":       {map[string]any{"space": "ofa", "space_file": path}, `settings space = "ofa" and space_file = `},
		"tokens":           {map[string]any{"space": "ofa", "tokens": 64}, "setting tokens = 64 is only for space = encoder"},
		"widths":           {map[string]any{"weight_bits": "4,x"}, `setting weight_bits: "x" in "4,x": want ascending widths in [2, 16]`},
		"descending":       {map[string]any{"activation_bits": "8,4"}, `setting activation_bits: "4" in "8,4"`},
		"widths twice":     {map[string]any{"space_file": path, "weight_bits": "4"}, "has a table bits, which weight_bits and activation_bits exclude"},
		"no file":          {map[string]any{"space_file": path + "x"}, "setting space_file: "},
		"axis of the chip": {map[string]any{"space_file": written(t, "input=[4,4,1]\n[shared]\npes=[1,2]\n[[block]]\nkind=\"conv\"\nfilters=\"pes\"\n")}, `axes of the networks beside those of the accelerator: space: axis "pes" is declared twice`},
	} {
		_, _, err := networkspace.Factory().Open(c.set)
		require.ErrorContains(t, err, c.want, name)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for _, name := range []string{"resnet9", "nb201", "ofa", "encoder"} {
		b.Run(name, func(b *testing.B) {
			in := open(b, map[string]any{"space": name, "weight_bits": "2,4,8"})
			points := []space.Point{smallest(b, in.Simulator.Spec().Space)}
			for b.Loop() {
				if _, err := in.Simulator.Evaluate(b.Context(), points); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
