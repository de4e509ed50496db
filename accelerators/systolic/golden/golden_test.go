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
	reports, err := golden.CheckCompute()
	require.NoError(t, err)
	require.Len(t, reports, 2)
	for i, rows := range []int{2100, 694} {
		report := reports[i]
		require.Empty(t, report.FirstDifference)
		require.Equal(t, rows, report.Rows)
		require.Equal(t, rows, report.Equal)
		require.LessOrEqual(t, report.LargestRelativeError, 1e-9)
		require.Len(t, report.Columns, 10)
		for _, column := range report.Columns {
			require.Equal(t, rows, column.Equal, column.Name)
			if column.Exact {
				require.Zero(t, column.LargestRelativeError, column.Name)
			}
		}
	}
}

func TestRowsKeepTheirLayer(t *testing.T) {
	rows, err := golden.ReadCompute(strings.NewReader(header + convLine + gemmLine))
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, dnn.Layer{
		Name: "Conv3", Op: dnn.Conv, InHeight: 13, InWidth: 13, InChannels: 256, Filters: 384,
		KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1,
	}, rows[0].Layer)
	require.Equal(t, systolic.Array{Rows: 8, Cols: 8, Dataflow: systolic.WeightStationary}, rows[0].Array)
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
			rows, err := golden.ReadCompute(strings.NewReader(header + strings.Replace(convLine, test.old, test.wrong, 1) + gemmLine))
			require.NoError(t, err)
			report, err := golden.CompareCompute("changed", rows)
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

func TestMalformedRowsAreNamed(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "golden: no rows"},
		{"header only", header, "golden: no rows"},
		{"short record", header + "alexnet,1\n", "golden: record on line 2: wrong number of fields"},
		{"missing column", "net,layer_idx\na,1\n", `golden: record 1: column "ifmap_h": no such column`},
		{"no number", header + strings.Replace(convLine, "1976831", "many", 1), `golden: record 1: column "total_cycles": strconv.ParseInt: parsing "many": invalid syntax`},
		{"kind", header + gemmLine + strings.Replace(convLine, ",conv,", ",pool,", 1), `golden: record 2: column "kind": unknown kind "pool": known are conv, gemm`},
		{"dataflow", header + strings.Replace(convLine, ",ws,", ",rs,", 1), `golden: record 1: column "dataflow": systolic: unknown dataflow "rs": known are os, ws, is`},
		{"array", header + strings.Replace(convLine, ",ws,8,8,", ",ws,0,8,", 1), `golden: record 1: column "array": systolic: Rows 0 out of range [1, 16384] processing elements`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := golden.ReadCompute(strings.NewReader(test.text))
			require.EqualError(t, err, test.want)
		})
	}
}

func TestARowThatTheModelRefusesIsAnError(t *testing.T) {
	rows, err := golden.ReadCompute(strings.NewReader(header + strings.Replace(convLine, ",13,13,3,3,", ",13,13,30,3,", 1)))
	require.NoError(t, err)
	_, err = golden.CompareCompute("changed", rows)
	require.ErrorContains(t, err, "golden: row 1 (alexnet layer 2)")
}

func FuzzReadCompute(f *testing.F) {
	f.Add(header + convLine + gemmLine)
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := golden.ReadCompute(strings.NewReader(text))
		if err == nil {
			_, _ = golden.CompareCompute("fuzz", rows) // must not panic
		}
	})
}

func Example() {
	reports, err := golden.CheckCompute()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range reports {
		fmt.Printf("%s: %d of %d rows equal\n", r.Reference, r.Equal, r.Rows)
	}
	// Output:
	// SCALE-Sim v3, compute: 2100 of 2100 rows equal
	// SCALE-Sim v3, corners: 694 of 694 rows equal
}
