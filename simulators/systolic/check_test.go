package systolic_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/systolic"
)

// furtherRow is a row as SCALE-Sim printed it, with the header.
const furtherRow = "net,layer_idx,layer,kind,ifmap_h,ifmap_w,filt_h,filt_w,channels,num_filt,stride_h,stride_w,M,N,K,dataflow,rows,cols," +
	"total_cycles,overall_util_pct,mapping_eff_pct,compute_util_pct,sram_ifmap_reads,sram_filter_reads,sram_ofmap_writes\n" +
	"bert,1,qk_h0,gemm,64,64,1,64,1,64,1,1,64,64,64,is,8,8,5503,74.43212793021988,100.0,68.81720430107524,4096,32768,32768\n"

// dataFolder is a folder as --data names it, with the given further rows, and the path of their file.
func dataFolder(t *testing.T, text string) (folder, path string) {
	t.Helper()
	folder = t.TempDir()
	path = filepath.Join(folder, "systolic", "golden_compute.csv")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return folder, path
}

// requireEmbedded checks that the embedded rows agree and returns what follows them.
func requireEmbedded(t *testing.T, list []simulators.Agreement) []simulators.Agreement {
	t.Helper()
	require.GreaterOrEqual(t, len(list), 2)
	for i, want := range []struct {
		reference string
		rows      int
	}{{"SCALE-Sim v3, compute", 2100}, {"SCALE-Sim v3, corners", 694}} {
		a := list[i]
		require.Equal(t, want.reference, a.Reference)
		require.Equal(t, want.rows, a.Rows)
		require.Equal(t, want.rows, a.Equal, a.FirstDifference)
		require.LessOrEqual(t, a.LargestRelativeError, 1e-9)
	}
	return list[2:]
}

func TestCheckAgreesWithTheReference(t *testing.T) {
	check := systolic.Check()
	require.Equal(t, "systolic", check.Area)
	list, err := check.Run(context.Background(), "")
	require.NoError(t, err)
	require.Empty(t, requireEmbedded(t, list))
}

func TestCheckReadsFurtherRows(t *testing.T) {
	folder, path := dataFolder(t, furtherRow)
	list, err := systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	further := requireEmbedded(t, list)
	require.Len(t, further, 1)
	require.Equal(t, path, further[0].Reference)
	require.Equal(t, [2]int{1, 1}, [2]int{further[0].Rows, further[0].Equal}, further[0].FirstDifference)

	folder, path = dataFolder(t, strings.Replace(furtherRow, ",5503,", ",5504,", 1))
	list, err = systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	require.Equal(t, []simulators.Agreement{{
		Reference: path, Rows: 1, MedianRelativeError: 1.0 / 5504, LargestRelativeError: 1.0 / 5504,
		FirstDifference: `row 1 (bert layer 1 "qk_h0", is on 8×8): total_cycles is 5503, measured 5504`,
	}}, requireEmbedded(t, list))
}

func TestCheckSkipsFurtherRowsThatAreNotThere(t *testing.T) {
	folder := t.TempDir()
	list, err := systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	require.Equal(t, []simulators.Agreement{
		{Reference: filepath.Join(folder, "systolic", "golden_compute.csv"), Skipped: "no such file"},
	}, requireEmbedded(t, list))
}

func TestCheckNamesTheFileOfMalformedRows(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "golden: no rows"},
		{"no number", strings.Replace(furtherRow, ",5503,", ",many,", 1),
			`golden: record 1: column "total_cycles": strconv.ParseInt: parsing "many": invalid syntax`},
		{"row that the model refuses", strings.Replace(furtherRow, ",64,64,1,64,1,64,", ",0,64,1,64,1,64,", 1),
			`golden: row 1 (bert layer 1): systolic: dnn: layer "qk_h0" (gemm): M 0 out of range [1, 268435456]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder, path := dataFolder(t, c.text)
			list, err := systolic.Check().Run(context.Background(), folder)
			require.EqualError(t, err, path+": "+c.want)
			require.Empty(t, requireEmbedded(t, list), "the embedded rows are reported all the same")
		})
	}
}
