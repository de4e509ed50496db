package systolic_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/systolic"
)

const (
	edgeConfig   = "[general]\nrun_name = edge\n[architecture_presets]\nArrayHeight: 8\nArrayWidth: 8\nIfmapSramSzkB: 64\nFilterSramSzkB: 64\nOfmapSramSzkB: 64\nDataflow: ws\n"
	sparseConfig = edgeConfig + "[sparsity]\nSparsitySupport: true\nSparseRep: ellpack_block\nOptimizedMapping: false\nRandomNumberGeneratorSeed: 40\n"
	convHead     = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
)

// files writes files and returns their paths.
func files(t *testing.T, texts ...string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i, text := range texts {
		paths = append(paths, filepath.Join(dir, string(rune('a'+i))+".txt"))
		require.NoError(t, os.WriteFile(paths[i], []byte(text), 0o644))
	}
	return paths
}

func TestReportsAreWhereSCALESimWritesThem(t *testing.T) {
	in := files(t, edgeConfig, "Layer, M, N, K,\nA, 10, 12, 14,\nB, 16, 8, 8,\n")
	j, err := systolic.RunSCALESim(in[0], in[1], "gemm")
	require.NoError(t, err)
	require.EqualValues(t, 127+37, j.TotalCycles())
	out := t.TempDir()
	for range 2 { // a second run replaces the reports, as there
		paths, err := j.Write(out)
		require.NoError(t, err)
		require.Equal(t, []string{filepath.Join(out, "edge", "COMPUTE_REPORT.csv"), filepath.Join(out, "edge", "BANDWIDTH_REPORT.csv"), filepath.Join(out, "edge", "DETAILED_ACCESS_REPORT.csv")}, paths)
		for i, want := range []string{ // measured on SCALE-Sim 3.0.0
			"LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,\n" +
				"0, 222, 127, 0, 20.669291338582678, 65.625, 16.826923076923077,\n1, 118, 37, 0, 43.24324324324324, 100.0, 35.55555555555556,\n",
			"LayerID, Avg IFMAP SRAM BW, Avg FILTER SRAM BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW, Avg FILTER DRAM BW, Avg OFMAP DRAM BW,\n" +
				"0, 2.204724409448819, 1.3228346456692914, 1.889763779527559, 2.121212121212121, 2.5454545454545454, 8.0,\n" +
				"1, 3.4594594594594597, 1.7297297297297298, 3.4594594594594597, 1.9393939393939394, 0.9696969696969697, 8.0,\n",
		} {
			text, err := os.ReadFile(paths[i])
			require.NoError(t, err)
			require.Equal(t, want, string(text))
		}
	}
}

// TestSparseReports: two rows that were measured on SCALE-Sim 3.0.0 with SRAMs of 8 kB, in the columns that its code writes.
func TestSparseReports(t *testing.T) {
	in := files(t, strings.ReplaceAll(sparseConfig, "64", "8"), "Layer, M, N, K, Sparsity,\nsg0, 16, 16, 32, 2:4,\nsg0, 16, 16, 32, 1:1,\n")
	j, err := systolic.RunSCALESim(in[0], in[1], "gemm")
	require.NoError(t, err)
	out := t.TempDir()
	paths, err := j.Write(out)
	require.NoError(t, err)
	require.Len(t, paths, 3)
	for i, want := range []string{
		"LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,\n" +
			"0, 247, 151, 0, 84.76821192052981, 100.0, 35.55555555555556,\n1, 487, 303, 0, 42.244224422442244, 100.0, 35.55555555555556,\n",
		"LayerID, Avg IFMAP SRAM BW, Avg FILTER SRAM BW, Avg FILTER Metadata SRAM BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW, Avg FILTER DRAM BW, Avg OFMAP DRAM BW,\n" +
			"0, 6.781456953642384, 1.695364238410596, 0.10596026490066225, 3.390728476821192, ",
		"LayerID, Sparsity Representation, Original Filter Storage, New Storage (Filter+Metadata), Filter Metadata Storage, Avg FILTER Metadata SRAM BW, \n" +
			"0, ellpack_block, 512, 272.0, 16.0, 0.10596026490066225,\n1, ellpack_block, 512, 512.0, 0.0, 0.0,\n",
	} {
		text, err := os.ReadFile(paths[i])
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(text), want), "%s", text)
	}
	spec, p, err := j.Design(400, 8)
	require.NoError(t, err)
	require.Equal(t, "ws", spec.Space.Design(p)["dataflow"])

	// The optimised mapping, which draws what each filter keeps, has a utilisation of its own.
	in = files(t, strings.NewReplacer("64", "8", "OptimizedMapping: false", "OptimizedMapping: true\nBlockSize: 8").Replace(sparseConfig), "Layer, M, N, K, Sparsity,\nsg0, 16, 16, 32, 1:4,\n")
	j, err = systolic.RunSCALESim(in[0], in[1], "gemm")
	require.NoError(t, err)
	require.Equal(t, [3]float64{151, 0.734375, 5888}, [3]float64{float64(j.TotalCycles()), j.Layers[0].MappingFrac, j.Layers[0].Run.SRAMIfmapReads()})
	_, _, err = j.Design(400, 8)
	require.ErrorContains(t, err, "OptimizedMapping = true with BlockSize = 8: it has sparsity layer by layer alone")
}

// The text is what SCALE-Sim 3.0.0 wrote for these files.
func TestAccessReportIsThatOfSCALESim(t *testing.T) {
	in := files(t, "[general]\nrun_name = calc\n[architecture_presets]\nArrayHeight: 8\nArrayWidth: 8\nIfmapSramSzkB: 2\nFilterSramSzkB: 2\nOfmapSramSzkB: 2\nDataflow: os\n",
		convHead+"c1, 12, 12, 3, 3, 4, 16, 1,\nc2, 20, 20, 1, 1, 8, 24, 1,\n")
	j, err := systolic.RunSCALESim(in[0], in[1], "conv")
	require.NoError(t, err)
	out := t.TempDir()
	_, err = j.Write(out)
	require.NoError(t, err)
	got, err := os.ReadFile(filepath.Join(out, "calc", "DETAILED_ACCESS_REPORT.csv"))
	require.NoError(t, err)
	require.Equal(t, "LayerID, SRAM IFMAP Start Cycle, SRAM IFMAP Stop Cycle, SRAM IFMAP Reads, SRAM Filter Start Cycle, SRAM Filter Stop Cycle, SRAM Filter Reads, "+
		"SRAM OFMAP Start Cycle, SRAM OFMAP Stop Cycle, SRAM OFMAP Writes, DRAM IFMAP Start Cycle, DRAM IFMAP Stop Cycle, DRAM IFMAP Reads, "+
		"DRAM Filter Start Cycle, DRAM Filter Stop Cycle, DRAM Filter Reads, DRAM OFMAP Start Cycle, DRAM OFMAP Stop Cycle, DRAM OFMAP Writes,\n"+
		"0, 1.0, 1289.0, 7200, 1.0, 1293.0, 7488, 35.0, 1299.0, 2016, -58.0, -1.0, 576, -58.0, -1.0, 576, 842.0, 1371.0, 1607,\n"+
		"1, 1.0, 3293.0, 9600, 1.0, 3293.0, 9600, 7.0, 3299.0, 12000, -100.0, 3089.0, 9600, -20.0, -1.0, 192, 359.0, 3347.0, 9607,\n", string(got))
}

func TestDepthwiseLayersAreTakenApart(t *testing.T) {
	in := files(t, edgeConfig, convHead+"DP1, 5, 5, 3, 3, 4, 2, 1,\n")
	j, err := systolic.RunSCALESim(in[0], in[1], "")
	require.NoError(t, err)
	require.Len(t, j.Layers, 4, "one a channel")
}

func TestSCALESimAcceleratorsAreDesigns(t *testing.T) {
	in := files(t, edgeConfig, convHead+"c, 5, 5, 3, 3, 4, 2, 1,\n")
	j, err := systolic.RunSCALESim(in[0], in[1], "conv")
	require.NoError(t, err)
	spec, p, err := j.Design(400, 8)
	require.NoError(t, err)
	require.Equal(t, space.Design{"rows": 8.0, "cols": 8.0, "dataflow": "ws", "ifmap_sram": 64.0, "filter_sram": 64.0, "ofmap_sram": 64.0, "dram_bandwidth": 8.0, "clock": 400.0},
		spec.Space.Design(p))
	_, _, err = j.Design(401, 8)
	require.ErrorContains(t, err, `no design of the simulator systolic: level "401" of "clock" is not one of its levels`)
}

func TestBadSCALESimFiles(t *testing.T) {
	for _, c := range []struct{ name, config, topology, input, want string }{
		{"user bandwidth", edgeConfig + "Bandwidth: 10\n[run_presets]\nInterfaceBandwidth: USER\n", convHead, "", "InterfaceBandwidth = USER: the stalls of its ports are not read from configurations: set CALC, or use the simulator systolic with port_words"},
		{"sparse os", strings.Replace(sparseConfig, "ws", "os", 1), convHead, "", "SparsitySupport = true with Dataflow = os: sparse filters are modelled with ws alone"},
		{"sparse layers of a dense accelerator", edgeConfig, "Layer, M, N, K, Sparsity,\na, 8, 8, 8, 2:4,\n", "",
			`b.txt: layer "a": sparsity 2:4, but the configuration has SparsitySupport = false: set it true, or the sparsity 1:1`},
		{"trace", edgeConfig + "[run_presets]\nUseRamulatorTrace: True\n", convHead, "", "UseRamulatorTrace = True: latencies from a file are not modelled"},
		{"no configuration", "", convHead, "", "a.txt: section architecture_presets has no arrayheight"},
		{"no layers", edgeConfig, convHead, "", "b.txt: no layers in 1 lines"},
		{"layer", edgeConfig, convHead + "c, 5, 5, 9, 9, 4, 2, 1,\n", "", `b.txt:2: layer "c"`},
		{"too large to walk", edgeConfig, convHead + "c, 40000, 40000, 3, 3, 1, 1, 1,\n", "", "has an operand of more than 1073741824 elements, which is too large to walk"},
		{"input type", edgeConfig, convHead + "c, 5, 5, 3, 3, 4, 2, 1,\n", "gemm", "b.txt is a topology of input type conv, not gemm"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := files(t, c.config, c.topology)
			_, err := systolic.RunSCALESim(in[0], in[1], c.input)
			require.ErrorContains(t, err, c.want)
		})
	}
	in := files(t, edgeConfig)
	_, err := systolic.RunSCALESim(in[0], filepath.Dir(in[0]), "")
	require.ErrorContains(t, err, "is not a regular file")
	_, err = systolic.RunSCALESim(in[0]+".none", in[0], "")
	require.ErrorIs(t, err, os.ErrNotExist)
}
