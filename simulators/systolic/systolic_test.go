package systolic_test

import (
	"context"
	"encoding/csv"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	model "github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
	"github.com/codesign-gym/codesign/simulators/systolic"
)

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := systolic.Factory().Open(set)
	require.NoError(t, err)
	return in
}

// topology writes a topology file and returns its path.
func topology(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "net.csv")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func TestContract(t *testing.T) {
	for _, c := range []struct {
		name string
		set  map[string]any
	}{
		{"resnet18 by default", nil},
		{"bert-base", map[string]any{"network": "bert-base"}},
		{"bert-base of one token", map[string]any{"network": "bert-base", "tokens": 1}},
		{"bert-base of 512 tokens", map[string]any{"network": "bert-base", "tokens": 512}},
		{"dlrm", map[string]any{"network": "dlrm", "traffic": "bound"}},
		{"gpt2-decode", map[string]any{"network": "gpt2-decode", "tokens": 100, "traffic": "bound"}},
		{"unet", map[string]any{"network": "unet", "traffic": "bound"}},
		{"technology eyeriss at 28 nm", map[string]any{"network": "alexnet", "technology": "eyeriss-65nm", "node_nm": 28, "traffic": "bound"}},
		{"alexnet", map[string]any{"network": "alexnet", "traffic": "bound"}},
		{"resnet50", map[string]any{"network": "resnet50", "traffic": "bound"}},
		{"profile scalesim", map[string]any{"network": "alexnet", "profile": "scalesim", "traffic": "bound"}},
		{"technology aladdin", map[string]any{"network": "alexnet", "technology": "aladdin-40nm", "traffic": "bound"}},
		{"scaled to 7 nm, 16 bits", map[string]any{"network": "alexnet", "node_nm": 7, "supply_v": 0.7, "word_bits": 16, "traffic": "bound"}},
		{"ports of SCALE-Sim v2", map[string]any{"topology": topology(t, "Layer,M,N,K\na,80,40,160\n"), "profile": "scalesim-v2", "port_words": 4}},
		{"four cores", map[string]any{"network": "mobilenet-v2", "cores": 4, "traffic": "bound"}},
		{"cores with windows", map[string]any{"topology": topology(t, "Layer,M,N,K\na,80,40,160\n"), "cores": 6}},
		{"2:4 sparse", map[string]any{"topology": topology(t, "Layer,M,N,K\na,80,40,160\n"), "profile": "scalesim", "sparsity": "2:4"}},
	} {
		t.Run(c.name, func(t *testing.T) { simtest.Test(t, open(t, c.set), simtest.Points(8)) })
	}
}

func TestSpace(t *testing.T) {
	spec := open(t, nil).Simulator.Spec()
	require.Equal(t, "3010560", spec.Space.Size().String(), "7·7 sides, 3 dataflows, 8·8·8 SRAMs, 8 bandwidths, 5 clocks")
	require.Equal(t, []string{
		"latency_cycles", "latency_ns", "energy_pj", "energy_mac_pj", "energy_register_pj", "energy_vector_pj", "energy_sram_pj", "energy_dram_pj",
		"area_mm2", "power_mw", "utilization_frac", "edp_j_s", "dram_bytes", "sram_accesses",
	}, spec.Keys())
}

// evaluate is the metrics of one design by their keys.
func evaluate(t testing.TB, in simulators.Instance, design map[string]any) map[string]float64 {
	t.Helper()
	spec := in.Simulator.Spec()
	p, err := spec.Space.Point(design)
	require.NoError(t, err)
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	require.Len(t, results[0].Values, len(spec.Metrics))
	metrics := map[string]float64{}
	for i, key := range spec.Keys() {
		metrics[key] = results[0].Values[i]
	}
	return metrics
}

func small() map[string]any {
	return map[string]any{
		"rows": 4, "cols": 4, "dataflow": "os", "ifmap_sram": 8, "filter_sram": 8, "ofmap_sram": 8, "dram_bandwidth": 1, "clock": 200,
	}
}

// TestOneProductByHand: M = 8, N = 4, K = 16 on a 4 x 4 array, output stationary, one byte a word.
func TestOneProductByHand(t *testing.T) {
	in := open(t, map[string]any{"topology": topology(t, "Layer,M,N,K\nproduct,8,4,16\n")})
	m := evaluate(t, in, small())
	// 2 row folds of 16 + 4 + 4 - 2 cycles are 44; 128 + 64 + 32 bytes at 1 GB/s and 200 MHz take 44.8, so 45.
	require.Equal(t, 224.0, m["dram_bytes"])
	require.Equal(t, 45.0, m["latency_cycles"])
	require.InDelta(t, 225, m["latency_ns"], 1e-9)
	require.InDelta(t, 512.0/(45*16), m["utilization_frac"], 1e-12)
	// Array: ifmap 128, filter 2·64, ofmap 32; DRAM: 128 + 64 + 32.
	require.Equal(t, 512.0, m["sram_accesses"])
	require.InDelta(t, 512*(0.2+0.1), m["energy_mac_pj"], 1e-9, "Horowitz 2014: 8-bit multiplication 0.2 pJ, 32-bit addition 0.1 pJ")
	require.InDelta(t, 224*8*20, m["energy_dram_pj"], 1e-9, "20 pJ a bit")
	require.Zero(t, m["energy_vector_pj"])
	sum := m["energy_mac_pj"] + m["energy_register_pj"] + m["energy_vector_pj"] + m["energy_sram_pj"] + m["energy_dram_pj"]
	require.InDelta(t, sum, m["energy_pj"], 1e-9*sum)
	require.InDelta(t, sum/225, m["power_mw"], 1e-9*sum)
	require.InEpsilon(t, sum*1e-12*225e-9, m["edp_j_s"], 1e-12)
}

// TestMetricsAreTheModels compares every metric of a whole network with the domain model, called directly.
func TestMetricsAreTheModels(t *testing.T) {
	work, err := model.Prepare(dnn.ResNet18().Layers, model.Physical)
	require.NoError(t, err)
	table, err := tech.Horowitz45().ScaleTo(7, 0.7)
	require.NoError(t, err)
	config := model.Config{
		Array:        model.Array{Rows: 32, Cols: 64, Dataflow: model.WeightStationary},
		IfmapSRAMKiB: 64, FilterSRAMKiB: 128, OfmapSRAMKiB: 256, DRAMBandwidthGBps: 16, ClockMHz: 800, WordBits: 16,
	}
	var scratch model.Scratch
	want, err := model.Evaluate(config, model.SimulateNetwork(config, work, &scratch), table)
	require.NoError(t, err)
	got := evaluate(t, open(t, map[string]any{"node_nm": 7, "supply_v": 0.7, "word_bits": 16}), map[string]any{
		"rows": 32, "cols": 64, "dataflow": "ws", "ifmap_sram": 64, "filter_sram": 128, "ofmap_sram": 256, "dram_bandwidth": 16, "clock": 800,
	})
	require.Equal(t, map[string]float64{
		"latency_cycles": float64(want.LatencyCycles), "latency_ns": want.LatencyNS, "energy_pj": want.Energy.TotalPJ(),
		"energy_mac_pj": want.Energy.MACPJ, "energy_register_pj": want.Energy.RegisterPJ, "energy_vector_pj": want.Energy.VectorPJ,
		"energy_sram_pj": want.Energy.SRAMPJ, "energy_dram_pj": want.Energy.DRAMPJ, "area_mm2": want.Area.TotalMM2(),
		"power_mw": want.Energy.TotalPJ() / want.LatencyNS, "utilization_frac": want.UtilizationFrac, "edp_j_s": want.EDPJS,
		"dram_bytes": float64(want.DRAMBytes), "sram_accesses": float64(want.SRAMAccesses),
	}, got)
}

func TestDetailExplainsEachLayer(t *testing.T) {
	in := open(t, map[string]any{"topology": topology(t, "Layer,M,N,K\nsmall,8,4,16\nlarge,64,64,512\n")})
	p, err := in.Simulator.Spec().Space.Point(small())
	require.NoError(t, err)
	artifacts, err := in.Detail(context.Background(), p)
	require.NoError(t, err)
	require.Len(t, artifacts, 1)
	require.Equal(t, "layers.csv", artifacts[0].Name)
	require.Equal(t, "text/csv", artifacts[0].MediaType)
	// large: 16·16 folds of 512 + 6 cycles. Each half SRAM holds 4096 bytes: the ifmap's 32,768 are read 16 times. Two tiles of the filter (512·4 = 2048) fit, a window
	// is swapped after them, at the first word of the third, so all stay while they are needed: 16·32,768 + 32,768 + 4096.
	// Reads: ifmap 8·16 once and 64·512 in 16 column folds, filter 16·4 in 2 and 512·64 in 16 row folds. Fractions: 16/22 and 512/518.
	require.Equal(t, `layer,repeats,m,n,k,count,folds,compute_cycles,ifmap_reads,filter_reads,ofmap_writes,`+
		`overall_util_frac,mapping_frac,compute_util_frac,latency_cycles,dram_bytes,limited_by
small,1,8,4,16,1,2,44,128,128,32,0.7272727273,1,0.7272727273,45,224,dram
large,1,64,64,512,1,256,132608,524288,524288,4096,0.9884169884,1,0.9884169884,132608,561152,compute
`, string(artifacts[0].Data))
}

// TestTrafficIsWhatIsAskedFor: the large product above with the lower bound: the ifmap's 32,768 are read 16 times without the 4096 that stay.
func TestTrafficIsWhatIsAskedFor(t *testing.T) {
	path := topology(t, "Layer,M,N,K\nlarge,64,64,512\n")
	bound := evaluate(t, open(t, map[string]any{"topology": path, "traffic": "bound"}), small())
	require.Equal(t, 32768.0+15*28672+32768+4096, bound["dram_bytes"])
	windows := evaluate(t, open(t, map[string]any{"topology": path}), small())
	require.Equal(t, 16*32768.0+32768+4096, windows["dram_bytes"])
	require.Equal(t, bound["area_mm2"], windows["area_mm2"])
	fidelities := systolic.Factory().Fidelities
	require.Equal(t, map[string]any{"traffic": "bound"}, fidelities[0].Set)
	require.Empty(t, fidelities[1].Set)
}

// TestPortsStall: M = 8, N = 4, K = 16 with ports of one word, as SCALE-Sim prints them: everything fits, so only the outputs could wait.
func TestPortsStall(t *testing.T) {
	set := map[string]any{"topology": topology(t, "Layer,M,N,K\nproduct,8,4,16\n"), "profile": "scalesim", "port_words": 1}
	ported := func() map[string]any {
		design := small()
		delete(design, "dram_bandwidth") // the ports are in its place
		return design
	}
	m := evaluate(t, open(t, set), ported())
	require.Equal(t, 43.0, m["latency_cycles"], "44 cycles, of which the peer counts one less")
	require.Equal(t, 224.0, m["dram_bytes"])

	// A filter that does not fit is prefetched over and over: v3 counts a wait twice, and prefetches no less.
	cycles := func(profile string, words int) float64 {
		design := ported()
		design["dataflow"] = "ws"
		return evaluate(t, open(t, map[string]any{
			"topology": topology(t, "Layer,M,N,K\nlarge,64,64,512\n"), "profile": profile, "port_words": words,
		}), design)["latency_cycles"]
	}
	require.Greater(t, cycles("scalesim-v2", 1), cycles("scalesim-v2", 64))
	require.GreaterOrEqual(t, cycles("scalesim", 1), cycles("scalesim-v2", 1))
}

// TestADeviceTakesThePlaceOfTheBandwidth: the same bytes, the time of the controller, and no axis for what is not there.
func TestADeviceTakesThePlaceOfTheBandwidth(t *testing.T) {
	path := topology(t, "Layer,M,N,K\nlarge,64,64,512\n")
	in := open(t, map[string]any{"topology": path, "dram_device": "ddr4-2400-8gb-x8"})
	require.Equal(t, "376320", in.Simulator.Spec().Space.Size().String(), "an eighth of the designs")
	design := small()
	delete(design, "dram_bandwidth")
	design["rows"], design["cols"] = 64, 64 // 1 fold of 512 + 126 cycles; 69,632 bytes take about 700 cycles of 5 ns at the peak of 19.2 GB/s
	served := evaluate(t, in, design)
	require.Equal(t, 2*32768.0+4096, served["dram_bytes"])
	require.Greater(t, served["latency_cycles"], 69632/19.2/5)
	design["dram_bandwidth"] = 16
	require.Equal(t, served["energy_pj"], evaluate(t, open(t, map[string]any{"topology": path}), design)["energy_pj"])
}

// TestWhatIsRememberedIsRight compares designs of one instance, in any order, with the domain model, which remembers nothing.
func TestWhatIsRememberedIsRight(t *testing.T) {
	layers := "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n" +
		"conv,30,30,3,3,24,40,1,\nfew,40,40,5,5,8,3,2,\npoint,20,20,1,1,64,64,1,\n"
	path := topology(t, layers)
	network, err := dnn.ReadTopology("net", strings.NewReader(layers), dnn.TopologyOptions{})
	require.NoError(t, err)
	work, err := model.Prepare(network.Layers, model.Physical)
	require.NoError(t, err)
	in := open(t, map[string]any{"topology": path})
	var scratch model.Scratch
	for _, dataflow := range []model.Dataflow{model.OutputStationary, model.WeightStationary, model.InputStationary} {
		for _, cols := range []int{32, 4, 256, 8} {
			design := small()
			design["dataflow"], design["cols"], design["rows"] = dataflow.String(), cols, 8
			want := model.SimulateNetwork(model.Config{
				Array: model.Array{Rows: 8, Cols: cols, Dataflow: dataflow}, IfmapSRAMKiB: 8, FilterSRAMKiB: 8, OfmapSRAMKiB: 8, DRAMBandwidthGBps: 1, ClockMHz: 200,
			}, work, &scratch)
			got := evaluate(t, in, design)
			require.Equal(t, float64(want.DRAMBytes), got["dram_bytes"], "%s, %d columns", dataflow, cols)
			require.Equal(t, float64(want.LatencyCycles), got["latency_cycles"])
		}
	}
}

// TestWorkersShareWhatIsKnown: evaluations at the same time give what they give one by one.
func TestWorkersShareWhatIsKnown(t *testing.T) {
	set := map[string]any{"topology": topology(t, "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\nconv,30,30,3,3,24,16,1,\n")}
	in := open(t, set)
	spec := in.Simulator.Spec()
	var points []space.Point
	for _, dataflow := range []string{"os", "ws", "is"} {
		for _, size := range []int{8, 16, 8} {
			design := small()
			design["dataflow"], design["ifmap_sram"] = dataflow, size
			p, err := spec.Space.Point(design)
			require.NoError(t, err)
			points = append(points, p)
		}
	}
	want, err := open(t, set).Simulator.Evaluate(context.Background(), points)
	require.NoError(t, err)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			got, err := in.Simulator.Evaluate(context.Background(), points)
			assert.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
	wait.Wait()
}

// TestDetailShowsWhatSCALESimPrints: a row of golden_compute.csv, its percentages as fractions.
func TestDetailShowsWhatSCALESimPrints(t *testing.T) {
	path := topology(t, "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\nConv3,13,13,3,3,256,384,1,\n")
	in := open(t, map[string]any{"topology": path, "profile": "scalesim"})
	design := small()
	design["rows"], design["cols"], design["dataflow"] = 8, 8, "ws"
	p, err := in.Simulator.Spec().Space.Point(design)
	require.NoError(t, err)
	artifacts, err := in.Detail(context.Background(), p)
	require.NoError(t, err)
	require.Contains(t, string(artifacts[0].Data), // 288·48 folds
		"\nConv3,1,121,384,2304,1,13824,1976831,13381632,884736,13381632,0.8461542742,1,0.8066666667,")
}

// TestDetailAddsUpToTheLatency holds for networks with fused and vector layers and repeats.
func TestDetailAddsUpToTheLatency(t *testing.T) {
	for _, network := range []string{"bert-base", "resnet50"} {
		in := open(t, map[string]any{"network": network})
		p, err := in.Simulator.Spec().Space.Point(small())
		require.NoError(t, err)
		artifacts, err := in.Detail(context.Background(), p)
		require.NoError(t, err)
		rows, err := csv.NewReader(strings.NewReader(string(artifacts[0].Data))).ReadAll()
		require.NoError(t, err)
		latency, bytes := int64(0), int64(0)
		limits := map[string]bool{}
		for _, row := range rows[1:] {
			latency += number(t, row[1]) * number(t, row[14])
			bytes += number(t, row[1]) * number(t, row[15])
			limits[row[16]] = true
			for _, fraction := range row[11:14] {
				require.Equal(t, row[5] == "0", fraction == "", "%s: the vector unit has no fractions of the array", row[0])
			}
		}
		m := evaluate(t, in, small())
		require.Equal(t, m["latency_cycles"], float64(latency), "sum of repeats · latency_cycles")
		require.Equal(t, m["dram_bytes"], float64(bytes))
		require.Subset(t, []string{"compute", "dram", "fused"}, keys(limits))
	}
}

// TestEveryNetworkRuns evaluates every network of the zoo on the smallest array.
func TestEveryNetworkRuns(t *testing.T) {
	for _, w := range systolic.Workloads() {
		t.Run(w.Name, func(t *testing.T) {
			require.Equal(t, "systolic: network", w.Setting)
			m := evaluate(t, open(t, map[string]any{"network": w.Name, "traffic": "bound"}), small())
			entry, err := dnn.Lookup(w.Name)
			require.NoError(t, err)
			macs := float64(entry.Build().Totals().MACs)
			require.InEpsilon(t, macs*0.3, m["energy_mac_pj"], 1e-12, "0.3 pJ a multiply-accumulate")
			require.Greater(t, m["latency_cycles"]*16, macs, "16 processing elements")
		})
	}
}

// TestFileOfANetwork runs the file that the onnx package wrote: see package onnx.
func TestFileOfANetwork(t *testing.T) {
	text, err := os.ReadFile("../onnx/testdata/reference.onnx.hex")
	require.NoError(t, err)
	content, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "m.onnx")
	require.NoError(t, os.WriteFile(path, content, 0o644))
	in := open(t, map[string]any{"onnx": path})
	require.InEpsilon(t, 18_544*0.3, evaluate(t, in, small())["energy_mac_pj"], 1e-12)
	require.Regexp(t, `^1\.1\.0\+onnx\.[0-9a-f]{12}$`, in.Simulator.Spec().Version)
	simtest.Test(t, in, simtest.Points(16))
}

// TestTechnologyFile: figures of a file move the energy, its content is in the version, and its range of memories is that of the axes.
func TestTechnologyFile(t *testing.T) {
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "t.toml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	in := open(t, map[string]any{"network": "alexnet", "technology_file": file("dram_energy_pj_per_bit = 4.0\n")})
	default45 := evaluate(t, open(t, map[string]any{"network": "alexnet"}), small())
	m := evaluate(t, in, small())
	require.InEpsilon(t, default45["energy_dram_pj"]/5, m["energy_dram_pj"], 1e-12, "4 instead of 20 pJ a bit")
	require.Equal(t, default45["energy_mac_pj"], m["energy_mac_pj"])
	require.Regexp(t, `^1\.1\.0\+technology_file\.[0-9a-f]{12}$`, in.Simulator.Spec().Version)

	narrow := open(t, map[string]any{"technology_file": file("[sram]\nmin_kib = 16.0\nmax_kib = 70.0\n")})
	require.Equal(t, "158760", narrow.Simulator.Spec().Space.Size().String(), "7·7 sides, 3 dataflows, 16, 32 and 64 KiB thrice, 8 bandwidths, 5 clocks")
	_, _, err := systolic.Factory().Open(map[string]any{"technology_file": file("[sram]\nmin_kib = 9.0\nmax_kib = 10.0\n")})
	require.EqualError(t, err, `systolic: technology "figures on horowitz-45nm" has SRAMs from 9 to 10 KiB: none of 8 to 1024 KiB in powers of two`)
	_, _, err = systolic.Factory().Open(map[string]any{"technology_file": file("[[adders]]\nbits = 16\nenergy_pj = 1.0\narea_um2 = 1.0\n")})
	require.EqualError(t, err, `systolic: tech: table "figures on horowitz-45nm": adder of 32 bits out of range [16, 16] bits`)
}

func TestDescribeShowsWhereFiguresComeFrom(t *testing.T) {
	about := open(t, map[string]any{"technology": "eyeriss-65nm"}).About
	require.Len(t, about, 1)
	require.Equal(t, "TECHNOLOGY eyeriss-65nm", about[0].Title)
	last := about[0].Rows[len(about[0].Rows)-1]
	require.Equal(t, []string{"DRAM energy", "17.5", "pJ/bit"}, last[:3])
	require.Contains(t, last[3], "; UNCERTAIN: ")
}
