package eyeriss_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/eyeriss"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := eyeriss.Factory().Open(set)
	require.NoError(t, err)
	return in
}

// published is ArchGym's template as near as the axes have it: 16 input lines for 12, and 256 weight lines for 192.
func published() map[string]any {
	design := map[string]any{"pes": 168, "mesh_x": 14, "dummy_class": "SRAM", "dummy_depth": 16, "dummy_block": 1,
		"glb_class": "smartbuffer_SRAM", "glb_depth": 16384, "glb_banks": 32, "glb_block": 4, "glb_read_bandwidth": 16, "glb_write_bandwidth": 16}
	for name, depth := range map[string]int{"ifmap": 16, "psum": 16, "weights": 256} {
		design[name+"_class"], design[name+"_depth"], design[name+"_block"] = "smartbuffer_SRAM", depth, 1
		design[name+"_read_bandwidth"], design[name+"_write_bandwidth"] = 2, 2
	}
	return design
}

// with is a design with some axes changed.
func with(design, change map[string]any) map[string]any {
	changed := maps.Clone(design)
	maps.Copy(changed, change)
	return changed
}

// result is the outcome of one design, with its metrics by key.
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

// problems writes files into a folder.
func problems(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

// convolution is a problem file, with the sizes of its dimensions.
func convolution(sizes string) string {
	return `problem:
  shape:
    dimensions: [C, M, R, S, N, P, Q]
    data-spaces:
      - {name: Weights, projection: [C, M, R, S]}
      - {name: Inputs, projection: [N, C, [[R], [P]], [[S], [Q]]]}
      - {name: Outputs, projection: [N, M, Q, P], read-write: true}
  instance: {` + sizes + "}\n"
}

const one = "C: 1, M: 1, R: 1, S: 1, N: 1, P: 1, Q: 1"

func TestContract(t *testing.T) {
	folder := problems(t, map[string]string{"a.yaml": convolution("C: 4, M: 8, R: 3, S: 3, N: 1, P: 6, Q: 6"), "b.yml": convolution(one), "notes.txt": "not read"})
	for name, set := range map[string]map[string]any{
		"network":  {"network": "alexnet", "macs_frac": 0.2, "mapper_budget": 4},
		"problems": {"problems": folder, "mapper": "annealing", "mapper_budget": 20, "mapper_minimise": "edp"},
		"free":     {"problems": folder, "dataflow": "free", "factors": "any", "mapper": "random", "mapper_budget": 20, "mapper_minimise": "energy", "technology": "aladdin-40nm"},
	} {
		t.Run(name, func(t *testing.T) { simtest.Test(t, open(t, set), simtest.Points(8)) })
	}
}

// TestSpaceIsArchGyms is 24 counts of PEs, 3 meshes, three scratchpads of 4·16·3·4·4, the dummy buffer's 4·16·3 and the global buffer's 4·7·4·3·4·4.
func TestSpaceIsArchGyms(t *testing.T) {
	s := open(t, map[string]any{"network": "alexnet"}).Simulator.Spec().Space
	require.Equal(t, 26, s.Len())
	require.Equal(t, "2154550209231716352", s.Size().String())
}

// TestCyclesOfAlexNetArePublished: ArchGym's baseline of AlexNet's five convolutions on its template is 7,885,704 cycles, and no mapping of the
// row-stationary dataflow is faster.
func TestCyclesOfAlexNetArePublished(t *testing.T) {
	in := open(t, map[string]any{"network": "alexnet", "groups": "dense", "layers": "convolutions", "mapper_budget": 3000})
	m, _ := result(t, in, published())
	require.InDelta(t, 7885704, m["latency_cycles"], 0)
	require.InDelta(t, 7.885704, m["latency_ms"], 1e-9)
	require.InEpsilon(t, 1076634144/(7885704.0*168), m["utilization_frac"], 1e-12)
}

// TestOneMultiplyAccumulate adds up by hand, in Horowitz' pJ: 64-bit accesses of DRAM for a weight, an input and an output; the input into the global
// buffer and out of it, the output into it; each operand into its scratchpad and out of it, the sum into its own; the unit.
func TestOneMultiplyAccumulate(t *testing.T) {
	in := open(t, map[string]any{"problems": problems(t, map[string]string{"one.yaml": convolution(one)}), "mapper_budget": 10})
	m, _ := result(t, in, with(published(), map[string]any{"ifmap_class": "SRAM", "psum_class": "SRAM", "weights_class": "SRAM", "glb_class": "SRAM"}))
	table := tech.Horowitz45()
	spad := func(words float64) float64 { // the law of 8 KiB down to the energy of a register
		return max(10.0/64*math.Sqrt(words*16/8/1024/8), 0.009) * 16
	}
	// the global buffer has 16,384 lines of 64 bits in 32 banks, each of which latches a line and 14 − 5 bits of the address
	glb := 64*10.0/64*math.Sqrt(16384*64/8/1024/8.0) + 0.009*(64+9)
	multiplier, err := table.Multiplier(16)
	require.NoError(t, err)
	mac := multiplier.EnergyPJ + 0.1
	require.InEpsilon(t, 3*64*20e-6, m["energy_dram_uj"], 1e-12)
	require.InEpsilon(t, 3*glb*1e-6, m["energy_glb_uj"], 1e-9)
	require.InEpsilon(t, (2*spad(16)+2*spad(256)+spad(16))*1e-6, m["energy_spad_uj"], 1e-9)
	require.InEpsilon(t, mac*1e-6, m["energy_mac_uj"], 1e-12)
	require.InEpsilon(t, m["energy_dram_uj"]+m["energy_glb_uj"]+m["energy_spad_uj"]+m["energy_mac_uj"], m["energy_uj"], 1e-12)
	require.InDelta(t, 3, m["dram_words"], 0)
	require.InDelta(t, 1, m["latency_cycles"], 0)
	require.InEpsilon(t, m["energy_uj"]*1e-6*m["latency_ms"]*1e-3, m["edp_j_s"], 1e-12)
}

func TestDesignsThatRunNothing(t *testing.T) {
	in := open(t, map[string]any{"network": "alexnet", "mapper_budget": 1})
	_, r := result(t, in, with(published(), map[string]any{"pes": 14}))
	require.Equal(t, `layer "conv1" needs 11 rows of processing elements: there are 1`, r.Infeasible)
	require.InDelta(t, 10, r.Violation, 1e-12)
	_, r = result(t, in, with(published(), map[string]any{"ifmap_depth": 4, "weights_depth": 2}))
	require.Equal(t, `layer "conv1" needs 11 words of weights_spad: there are 2`, r.Infeasible, "the larger shortage")
	require.InDelta(t, 11.0/2-1, r.Violation, 1e-12)
	free := open(t, map[string]any{"network": "alexnet", "mapper_budget": 1, "dataflow": "free"})
	_, r = result(t, free, with(published(), map[string]any{"pes": 14, "ifmap_depth": 2, "weights_depth": 2, "psum_depth": 2}))
	require.Empty(t, r.Infeasible)
}

func TestRepairIsTheLeastThatRuns(t *testing.T) {
	in := open(t, map[string]any{"network": "alexnet", "mapper_budget": 1})
	s := in.Simulator.Spec().Space
	p, err := s.Point(with(published(), map[string]any{"pes": 28, "ifmap_depth": 4, "weights_depth": 2, "weights_block": 4, "psum_depth": 2}))
	require.NoError(t, err)
	repaired, changed := in.Repair(p)
	require.True(t, changed)
	design := s.Design(repaired)
	results, err := in.Simulator.Evaluate(t.Context(), []space.Point{repaired})
	require.NoError(t, err)
	require.NotNil(t, results[0].Values)
	for axis, want := range map[string]float64{"pes": 154, "ifmap_depth": 16, "weights_depth": 4, "weights_block": 4, "psum_depth": 2} {
		require.EqualValues(t, want, value(t, design, axis), axis)
	}
	_, changed = in.Repair(repaired)
	require.False(t, changed)
}

// value is the number at an axis of a design.
func value(t *testing.T, design space.Design, axis string) float64 {
	t.Helper()
	v, ok := design[axis].(float64)
	require.True(t, ok, "%s: %T", axis, design[axis])
	return v
}

// TestTheDummyBufferIsArea: nothing passes through it.
func TestTheDummyBufferIsArea(t *testing.T) {
	in := open(t, map[string]any{"network": "alexnet", "macs_frac": 0.3, "mapper_budget": 20})
	before, _ := result(t, in, published())
	after, _ := result(t, in, with(published(), map[string]any{"dummy_class": "regfile", "dummy_depth": 1024, "dummy_block": 4}))
	require.Greater(t, after["area_mm2"], before["area_mm2"])
	for key, v := range before {
		if key != "area_mm2" {
			require.InDelta(t, v, after[key], 0, key)
		}
	}
}

// TestFewerLayersAreScaledUp: the layer of two multiply-accumulates stands for both layers, of three.
func TestFewerLayersAreScaledUp(t *testing.T) {
	folder := problems(t, map[string]string{"a.yaml": convolution("C: 2, M: 1, R: 1, S: 1, N: 1, P: 1, Q: 1"), "b.yaml": convolution(one)})
	all, _ := result(t, open(t, map[string]any{"problems": folder, "mapper_budget": 50}), published())
	some, _ := result(t, open(t, map[string]any{"problems": folder, "mapper_budget": 50, "macs_frac": 0.6}), published())
	require.InEpsilon(t, all["energy_mac_uj"], some["energy_mac_uj"], 1e-12)
	require.InDelta(t, 5*1.5, some["dram_words"], 1e-9, "2 weights, 2 inputs and an output, half as much again")
	require.InDelta(t, 5+3, all["dram_words"], 1e-9)
}

// TestEqualLayersAreMappedOnce: two files of one shape cost twice what one does.
func TestEqualLayersAreMappedOnce(t *testing.T) {
	layer := convolution("C: 4, M: 8, R: 3, S: 3, N: 1, P: 6, Q: 6")
	once, _ := result(t, open(t, map[string]any{"problems": problems(t, map[string]string{"a.yaml": layer}), "mapper_budget": 30}), published())
	in := open(t, map[string]any{"problems": problems(t, map[string]string{"a.yaml": layer, "b.yaml": layer}), "mapper_budget": 30})
	twice, _ := result(t, in, published())
	require.InDelta(t, 2*once["latency_cycles"], twice["latency_cycles"], 0)
	require.InEpsilon(t, 2*once["energy_uj"], twice["energy_uj"], 1e-12)
	require.NotEqual(t, in.Simulator.Spec().Version, open(t, nil).Simulator.Spec().Version, "the files are told apart")
}

func TestDetail(t *testing.T) {
	in := open(t, map[string]any{"network": "alexnet", "mapper_budget": 60})
	p, err := in.Simulator.Spec().Space.Point(published())
	require.NoError(t, err)
	artifacts, err := in.Detail(t.Context(), p)
	require.NoError(t, err)
	require.Len(t, artifacts, 3)
	rows, err := csv.NewReader(bytes.NewReader(artifacts[0].Data)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+8, "five convolutions and three products")
	require.Equal(t, "layer", rows[0][0])
	require.Equal(t, "conv1", rows[1][0])
	nests := string(artifacts[1].Data)
	require.Contains(t, nests, "layer conv1, once\n")
	require.Contains(t, nests, "weights_spad [ Weights: ")
	require.Equal(t, "image/svg+xml", artifacts[2].MediaType)
	require.True(t, strings.HasPrefix(string(artifacts[2].Data), "<svg"))
}

func TestMistakesOfSettings(t *testing.T) {
	folder := problems(t, map[string]string{"a.yaml": convolution(one)})
	unknown := problems(t, map[string]string{"x.yaml": strings.ReplaceAll(convolution(one), "Weights", "Filters"), "y.yaml": "problem: {}\n"})
	for _, c := range []struct {
		set  map[string]any
		want string
	}{
		{map[string]any{"problems": folder, "network": "vgg16"}, "exclude each other"},
		{map[string]any{"problems": folder, "groups": "dense"}, `settings groups = "dense" and problems = `},
		{map[string]any{"problems": filepath.Join(folder, "none")}, "setting problems: open "},
		{map[string]any{"problems": t.TempDir()}, "holds 0 problem files"},
		{map[string]any{"problems": unknown}, `no data space "Weights"`},
		{map[string]any{"problems": unknown}, "y.yaml:1: problem has no shape"},
		{map[string]any{"mapper": "best"}, `unknown value of setting mapper "best"`},
		{map[string]any{"mapper_budget": 0}, `setting "mapper_budget": 0 is not`},
		{map[string]any{"macs_frac": 0.01}, `setting "macs_frac": 0.01 is not`},
		{map[string]any{"supply_v": 0.7}, "needs a node to scale to"},
		{map[string]any{"network": "dlrm", "layers": "convolutions"}, "has no layer to run"},
	} {
		_, _, err := eyeriss.Factory().Open(c.set)
		require.ErrorContains(t, err, c.want)
	}
}
