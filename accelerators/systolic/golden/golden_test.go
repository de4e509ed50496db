package golden_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/golden"
)

const header = "net,layer_idx,layer,kind,ifmap_h,ifmap_w,filt_h,filt_w,channels,num_filt,stride_h,stride_w,M,N,K,dataflow,rows,cols," +
	"total_cycles,overall_util_pct,mapping_eff_pct,compute_util_pct,sram_ifmap_reads,sram_filter_reads,sram_ofmap_writes\n"

const (
	convLine = "alexnet,2,Conv3,conv,13,13,3,3,256,384,1,1,121,384,2304,ws,8,8,1976831,84.61542741893464,100.0,80.6666666666757,13381632,884736,13381632\n"
	gemmLine = "bert,1,qk_h0,gemm,64,64,1,64,1,64,1,1,64,64,64,is,8,8,5503,74.43212793021988,100.0,68.81720430107524,4096,32768,32768\n"
)

func TestEveryMeasuredRowIsReproduced(t *testing.T) {
	reports, err := golden.Check()
	require.NoError(t, err)
	require.Len(t, reports, 5)
	for i, want := range []struct {
		rows, columns int
		largest       float64
	}{{2100, 10, 1e-9}, {1441, 27, 5e-9}, {855, 27, 5e-9}, {192, 19, 5e-9}, {10508, 1, 0}} {
		report := reports[i]
		require.Empty(t, report.FirstDifference)
		require.Equal(t, want.rows, report.Rows)
		require.Equal(t, want.rows, report.Equal)
		require.LessOrEqual(t, report.LargestRelativeError, want.largest)
		require.Len(t, report.Columns, want.columns)
		for _, column := range report.Columns {
			require.Equal(t, want.rows, column.Equal, column.Name)
			require.LessOrEqual(t, column.LargestRelativeError, column.RelativeTolerance, column.Name)
		}
	}
}

func TestRowsKeepTheirLayer(t *testing.T) {
	rows, err := golden.Read(golden.Compute, strings.NewReader(header+convLine+gemmLine))
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, dnn.Layer{
		Name: "Conv3", Op: dnn.Conv, InHeight: 13, InWidth: 13, InChannels: 256, Filters: 384,
		KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1,
	}, rows[0].Layer)
	require.Equal(t, systolic.Array{Rows: 8, Cols: 8, Dataflow: systolic.WeightStationary}, rows[0].Config.Array)
	require.Equal(t, dnn.Layer{Name: "qk_h0", Op: dnn.GEMM, M: 64, N: 64, K: 64, Weights: true}, rows[1].Layer)
}

func TestADifferenceIsFoundAndNamed(t *testing.T) {
	tests := []struct {
		name, old, wrong, difference string
		apart                        float64
	}{
		{"cycles", "1976831", "1976832", `row 1 (alexnet layer 2 "Conv3", ws on 8×8): total_cycles is 1976831, measured 1976832`, 1.0 / 1976832},
		{"M", ",121,384,", ",122,384,", `row 1 (alexnet layer 2 "Conv3", ws on 8×8): M is 121, measured 122`, 1.0 / 122},
		{"percentage", ",100.0,", ",100.001,", `row 1 (alexnet layer 2 "Conv3", ws on 8×8): mapping_eff_pct is 100, measured 100.001`, 0.001 / 100.001},
		{"zero", ",884736,", ",0,", `row 1 (alexnet layer 2 "Conv3", ws on 8×8): sram_filter_reads is 884736, measured 0`, math.Inf(1)},
		{"not a number", ",100.0,", ",NaN,", `row 1 (alexnet layer 2 "Conv3", ws on 8×8): mapping_eff_pct is 100, measured NaN`, math.Inf(1)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := golden.Read(golden.Compute, strings.NewReader(header+strings.Replace(convLine, test.old, test.wrong, 1)+gemmLine))
			require.NoError(t, err)
			report, err := golden.Compare("changed", rows)
			require.NoError(t, err)
			require.Equal(t, "changed", report.Reference)
			require.Equal(t, 2, report.Rows)
			require.Equal(t, 1, report.Equal)
			require.Equal(t, test.difference, report.FirstDifference)
			if math.IsInf(test.apart, 1) {
				require.True(t, math.IsInf(report.LargestRelativeError, 1))
			} else {
				require.InEpsilon(t, test.apart, report.LargestRelativeError, 1e-9)
			}
		})
	}
}

func TestADifferenceInATraceIsFoundAndNamed(t *testing.T) {
	text := func(addresses string) string {
		return "layer,rows,cols,dataflow,bw_mode,stream,cycle,addresses\nt1,3,5,ws,CALC,FILTER_DRAM,-3," + addresses + "\n"
	}
	rows, err := golden.ReadTraces(strings.NewReader(text("10000000 10000001")))
	require.NoError(t, err)
	require.Equal(t, []golden.TraceRow{{
		Layer: "t1", Array: systolic.Array{Rows: 3, Cols: 5, Dataflow: systolic.WeightStationary}, Mode: "CALC",
		Stream: systolic.FilterDRAM, Cycle: -3, Addresses: []int64{10_000_000, 10_000_001},
	}}, rows)
	report, err := golden.CompareTraces("changed", rows)
	require.NoError(t, err)
	require.Equal(t, 1, report.Rows)
	require.Zero(t, report.Equal)
	require.Equal(t, 1.0, report.LargestRelativeError)
	require.Contains(t, report.FirstDifference, "t1, ws on 3×5, CALC: filter_dram line 1 of 3 is -3 [")
	require.Contains(t, report.FirstDifference, ", measured 1: -3 [10000000 10000001]")
}

// changed replaces the n-th field of a line.
func changed(line string, n int, field string) string {
	fields := strings.Split(strings.TrimSuffix(line, "\n"), ",")
	fields[n] = field
	return strings.Join(fields, ",") + "\n"
}

func TestMalformedRowsAreNamed(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "golden: no rows"},
		{"header only", header, "golden: no rows"},
		{"short record", header + "alexnet,1\n", "golden: record on line 2: wrong number of fields"},
		{"missing column", "net,layer_idx\na,1\n", `golden: record 1: column "ifmap_h": no such column`},
		{"no number", header + changed(convLine, 18, "many"), `golden: record 1: column "total_cycles": strconv.ParseFloat: parsing "many": invalid syntax`},
		{"no integer", header + changed(convLine, 1, "many"), `golden: record 1: column "layer_idx": strconv.Atoi: parsing "many": invalid syntax`},
		{"kind", header + gemmLine + changed(convLine, 3, "pool"), `golden: record 2: column "kind": unknown kind "pool": known are conv, gemm`},
		{"dataflow", header + changed(convLine, 15, "rs"), `golden: record 1: column "dataflow": systolic: unknown dataflow "rs": known are os, ws, is`},
		{"array", header + changed(convLine, 16, "0"), `golden: record 1: column "array": systolic: Rows 0 out of range [1, 16384] processing elements`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := golden.Read(golden.Compute, strings.NewReader(test.text))
			require.EqualError(t, err, test.want)
		})
	}
}

const (
	userHeader = "net,layer_idx,layer,kind,ifmap_h,ifmap_w,filt_h,filt_w,channels,num_filt,stride_h,stride_w,M,N,K,dataflow,rows,cols," +
		"ifmap_kb,filter_kb,ofmap_kb,bw,total_cycles_incl_prefetch,total_cycles,stall_cycles,overall_util_pct,mapping_eff_pct,compute_util_pct," +
		"sram_ifmap_reads,sram_filter_reads,sram_ofmap_writes,avg_ifmap_sram_bw,avg_filter_sram_bw,avg_ofmap_sram_bw,avg_ifmap_dram_bw,avg_filter_dram_bw," +
		"avg_ofmap_dram_bw,dram_ifmap_start,dram_ifmap_stop,dram_ifmap_reads,dram_filter_start,dram_filter_stop,dram_filter_reads,dram_ofmap_start," +
		"dram_ofmap_stop,dram_ofmap_writes,peer_version,peer_wall_s,peer_cpu_s\n"
	userLine = "bert_tiny_gemm,6,pooler,gemm,1,128,1,128,1,128,1,1,1,128,128,is,8,8,1,1,1,8,,4426,2027,5.784003615002259,12.5,10.19108280254777,128," +
		"16384,2048,0.0289200181,3.70176231,0.462720289,8,7.87881702,1.11141157,-64,-1,512,-64,4094,32768,2642,4490,2055,v2,0.637,0.193\n"
	sparseHeader = "layer,kind,ifmap_h,ifmap_w,filt_h,filt_w,channels,num_filt,stride,M,N,K,sparsity,dataflow,rows,cols,sram_kb,representation,optimized_mapping," +
		"block_size,total_cycles_incl_prefetch,total_cycles,stall_cycles,overall_util_pct,mapping_eff_pct,compute_util_pct,sram_ifmap_reads,sram_filter_reads," +
		"sram_ofmap_writes,dram_ifmap_reads,dram_filter_reads,dram_ofmap_writes,orig_filter_storage,new_filter_storage,metadata_storage,avg_metadata_bw\n"
	sparseLine = "sc0,conv,8,8,3,3,8,16,1,36,16,72,1:8,ws,8,8,8,csr,False,8,391,231,0,280.5194805194805,56.25,31.153846153846153,5184,144,1152,64,144,1152," +
		"1152,361,217,0.939393939\n"
)

func TestMalformedRowsOfTheMemoryTablesAreNamed(t *testing.T) {
	tests := []struct {
		name       string
		table      golden.Table
		text, want string
	}{
		{"capacity", golden.User, userHeader + changed(userLine, 18, "0"), `golden: record 1: column "ifmap_kb": 0 out of range [1, 1048576]`},
		{"words", golden.User, userHeader + changed(userLine, 21, "-8"), `golden: record 1: column "bw": -8 out of range [1, 65536]`},
		{"no ratio", golden.Sparse, sparseHeader + changed(sparseLine, 12, "2"), `golden: record 1: column "sparsity": "2" is not N:M`},
		{"ratio", golden.Sparse, sparseHeader + changed(sparseLine, 12, "9:8"), `golden: record 1: column "sparsity": systolic: sparsity Keep 9 out of range [1, 8] depths`},
		{"representation", golden.Sparse, sparseHeader + changed(sparseLine, 17, "coo"), `golden: record 1: column "representation": systolic: unknown representation "coo": known are ellpack_block, csr, csc`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := golden.Read(test.table, strings.NewReader(test.text))
			require.EqualError(t, err, test.want)
		})
	}
}

func TestMalformedTracesAreNamed(t *testing.T) {
	const header, line = "layer,rows,cols,dataflow,bw_mode,stream,cycle,addresses\n", "t1,3,5,ws,CALC,FILTER_DRAM,-3,1 2\n"
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "golden: no rows"},
		{"mode", changed(line, 4, "BOTH"), `golden: record 1: column "bw_mode": unknown mode "BOTH": known are CALC, USER`},
		{"stream", changed(line, 5, "L2"), `golden: record 1: column "stream": systolic: unknown stream "l2": known are ifmap_sram, filter_sram, ofmap_sram, ifmap_dram, filter_dram, ofmap_dram`},
		{"address", changed(line, 7, "1 x"), `golden: record 1: column "addresses": strconv.ParseInt: parsing "x": invalid syntax`},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := header + test.text
			if test.text == "" {
				text = ""
			}
			_, err := golden.ReadTraces(strings.NewReader(text))
			require.EqualError(t, err, test.want)
		})
	}
	rows, err := golden.ReadTraces(strings.NewReader(header + changed(line, 0, "t9")))
	require.NoError(t, err)
	_, err = golden.CompareTraces("changed", rows)
	require.EqualError(t, err, `golden: unknown traced layer "t9": known are t0, t1`)
}

func TestARowThatTheModelRefusesIsAnError(t *testing.T) {
	rows, err := golden.Read(golden.Compute, strings.NewReader(header+strings.Replace(convLine, ",13,13,3,3,", ",13,13,30,3,", 1)))
	require.NoError(t, err)
	_, err = golden.Compare("changed", rows)
	require.ErrorContains(t, err, "golden: row 1 (alexnet layer 2)")
	rows, err = golden.Read(golden.Sparse, strings.NewReader(sparseHeader+changed(sparseLine, 13, "os")))
	require.NoError(t, err)
	_, err = golden.Compare("changed", rows)
	require.EqualError(t, err, "golden: row 1 (1:8): systolic: a sparse filter needs dataflow ws, not os")
}

func FuzzRead(f *testing.F) {
	f.Add(uint8(golden.Compute), header+convLine+gemmLine)
	f.Add(uint8(golden.User), userHeader+userLine)
	f.Add(uint8(golden.Sparse), sparseHeader+sparseLine)
	f.Fuzz(func(t *testing.T, table uint8, text string) {
		_, _ = golden.Read(golden.Table(table%4), strings.NewReader(text)) // must not panic
		_, _ = golden.ReadTraces(strings.NewReader(text))
	})
}

func Example() {
	reports, err := golden.Check()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range reports {
		fmt.Printf("%s: %d of %d rows equal\n", r.Reference, r.Equal, r.Rows)
	}
	// Output:
	// SCALE-Sim v3, compute: 2100 of 2100 rows equal
	// SCALE-Sim v3, CALC: 1441 of 1441 rows equal
	// SCALE-Sim v3 and v2, USER: 855 of 855 rows equal
	// SCALE-Sim v3, N:M sparsity: 192 of 192 rows equal
	// SCALE-Sim v3, traces: 10508 of 10508 rows equal
}
