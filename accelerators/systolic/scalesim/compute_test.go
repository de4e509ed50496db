package scalesim_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
)

// measured is what SCALE-Sim 3.0.0 wrote for two products on an 8×8 array, weight stationary.
const measured = `LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,
0, 222, 127, 0, 20.669291338582678, 65.625, 16.826923076923077,
1, 118, 37, 0, 43.24324324324324, 100.0, 35.55555555555556,
`

// products are their layers.
func products(t testing.TB) (problems []systolic.Problem) {
	t.Helper()
	n, err := dnn.ReadTopology("t.csv", strings.NewReader("Layer, M, N, K,\nA, 10, 12, 14,\nB, 16, 8, 8,\n"), dnn.TopologyOptions{})
	require.NoError(t, err)
	for _, l := range n.Layers {
		p, err := systolic.Lower(l, systolic.ScaleSim)
		require.NoError(t, err)
		problems = append(problems, p)
	}
	return problems
}

func TestReportEqualsTheMeasuredOne(t *testing.T) {
	array := systolic.Array{Rows: 8, Cols: 8, Dataflow: systolic.WeightStationary}
	rows := make([]scalesim.Compute, 2)
	for i, p := range products(t) {
		rows[i] = scalesim.ComputeLayer(array, p)
	}
	rows[0].PrefetchedCycles, rows[1].PrefetchedCycles = 222, 118 // of the tool's memory model
	var text bytes.Buffer
	require.NoError(t, scalesim.WriteCompute(&text, rows))
	require.Equal(t, measured, text.String())

	rows[0].PrefetchedCycles = 0
	text.Reset()
	require.NoError(t, scalesim.WriteCompute(&text, rows[:1]))
	require.Equal(t, "LayerID, Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,\n"+
		"0, 127, 0, 20.669291338582678, 65.625, 16.826923076923077,\n", text.String(), "v2's columns")
}

func TestReadCompute(t *testing.T) {
	rows, err := scalesim.ReadCompute("r.csv", strings.NewReader(measured))
	require.NoError(t, err)
	require.Equal(t, []scalesim.Compute{
		{PrefetchedCycles: 222, TotalCycles: 127, OverallUtilFrac: 0.20669291338582677, MappingFrac: 0.65625, ComputeUtilFrac: 0.16826923076923075},
		{PrefetchedCycles: 118, TotalCycles: 37, OverallUtilFrac: 0.4324324324324324, MappingFrac: 1, ComputeUtilFrac: 0.35555555555555557},
	}, rows)
}

func TestReadComputeNamesFileAndLine(t *testing.T) {
	head, _, _ := strings.Cut(measured, "\n")
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "r.csv: an empty file"},
		{"another report", "LayerID, Avg IFMAP SRAM BW,\n", `r.csv:1: no column "Total Cycles": it is another report, or none`},
		{"short", head + "\n0, 1, 2,\n", "r.csv:2: 3 fields, the head has 7"},
		{"text", head + "\n0, 9, x, 0, 1, 1, 1,\n", `r.csv:2: Total Cycles "x": want a number of at least 0`},
		{"a column twice", "LayerID, Total Cycles, Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,\n0, 9, 1, 0, 1, 1,\n",
			`r.csv:1: column "Total Cycles" occurs twice`},
		{"fraction", head + "\n0, 9, 1.5, 0, 1, 1, 1,\n", "r.csv:2: Total Cycles 1.5: want a whole number"},
		{"NaN", head + "\n0, 9, 1, 0, nan, 1, 1,\n", `r.csv:2: Overall Util % "nan": want a number`},
		{"negative", head + "\n0, 9, 1, -3, 1, 1, 1,\n", `r.csv:2: Stall Cycles "-3": want a number`},
		{"a missing layer", head + "\n1, 9, 1, 0, 1, 1, 1,\n", `r.csv:2: layer "1", want 0`},
		{"garbage", "\x00\xff", `r.csv:1: no column "LayerID"`},
		{"endless line", strings.Repeat("x", 1<<17), "r.csv:1: bufio.Scanner: token too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := scalesim.ReadCompute("r.csv", strings.NewReader(c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestReadAccess(t *testing.T) {
	const head = "LayerID, SRAM IFMAP Start Cycle, SRAM IFMAP Reads, SRAM Filter Reads, SRAM OFMAP Writes,\n"
	rows, err := scalesim.ReadAccess("a.csv", strings.NewReader(head+"0, 9.0, 280, 168, 240,\n1, 9.0, 128, 64, 128,\n"))
	require.NoError(t, err)
	require.Equal(t, []scalesim.Access{{280, 168, 240}, {128, 64, 128}}, rows, "measured on the same run")
	_, err = scalesim.ReadAccess("a.csv", strings.NewReader(head+"0, 9.0, 280, 168, -1,\n"))
	require.EqualError(t, err, `a.csv:2: SRAM OFMAP Writes "-1": want a number of at least 0`)
	_, err = scalesim.ReadAccess("a.csv", strings.NewReader(measured))
	require.EqualError(t, err, `a.csv:1: no column "SRAM IFMAP Reads": it is another report, or none`)
}

func FuzzReadCompute(f *testing.F) {
	f.Add(measured)
	f.Add("LayerID,Total Cycles,Stall Cycles,Overall Util %,Mapping Efficiency %,Compute Util %\n0,1e3,0,1,1,1\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := scalesim.ReadCompute("r.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		var written bytes.Buffer
		require.NoError(t, scalesim.WriteCompute(&written, rows))
		again, err := scalesim.ReadCompute("w.csv", &written)
		require.NoError(t, err)
		require.Len(t, again, len(rows))
		for i := range rows {
			require.Equal(t, rows[i].TotalCycles, again[i].TotalCycles)
			require.Equal(t, rows[i].StallCycles, again[i].StallCycles)
		}
	})
}

func TestWriteProducts(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, scalesim.WriteProducts(&text, products(t)))
	require.Equal(t, "Layer, M, N, K,\nproduct0, 10, 12, 14,\nproduct1, 16, 8, 8,\n", text.String())
	n, err := dnn.ReadTopology("w.csv", &text, dnn.TopologyOptions{})
	require.NoError(t, err)
	require.Len(t, n.Layers, 2)

	require.NoError(t, scalesim.WriteLayout(&text, 2))
	require.Equal(t, 3, strings.Count(text.String(), "\n"))
}

// A script that reads SCALE-Sim's report reads ours.
func ExampleWriteCompute() {
	config, err := scalesim.ReadConfig("small.cfg", strings.NewReader("[architecture_presets]\nArrayHeight: 8\nArrayWidth: 8\n"+
		"IfmapSramSzkB: 64\nFilterSramSzkB: 64\nOfmapSramSzkB: 64\nDataflow: os\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	network, err := dnn.ReadTopology("small.csv", strings.NewReader("Layer, M, N, K,\nfc1, 10, 12, 14,\n"), dnn.TopologyOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	problem, err := systolic.Lower(network.Layers[0], systolic.ScaleSim)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := scalesim.WriteCompute(os.Stdout, []scalesim.Compute{scalesim.ComputeLayer(config.Array, problem)}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// LayerID, Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,
	// 0, 111, 0, 23.64864864864865, 46.875, 23.4375,
}
