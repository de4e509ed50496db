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

// tableFiles are the files that the data folder may have.
func tableFiles() []string {
	return []string{"golden_compute.csv", "golden_calc.csv", "golden_user.csv", "golden_sparse.csv", "golden_traces.csv"}
}

// dataFolder is a folder as --data names it, with the given further rows of the compute system, and the paths of all its tables.
func dataFolder(t *testing.T, text string) (folder string, paths []string) {
	t.Helper()
	folder = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "systolic"), 0o755))
	for _, file := range tableFiles() {
		paths = append(paths, filepath.Join(folder, "systolic", file))
	}
	if text != "" {
		require.NoError(t, os.WriteFile(paths[0], []byte(text), 0o644))
	}
	return folder, paths
}

// requireEmbedded checks that the embedded rows agree and returns what follows them.
func requireEmbedded(t *testing.T, list []simulators.Agreement) []simulators.Agreement {
	t.Helper()
	require.GreaterOrEqual(t, len(list), 5)
	for i, want := range []struct {
		reference string
		rows      int
	}{
		{"SCALE-Sim v3, compute", 2100}, {"SCALE-Sim v3, CALC", 1441}, {"SCALE-Sim v3 and v2, USER", 855},
		{"SCALE-Sim v3, N:M sparsity", 192}, {"SCALE-Sim v3, traces", 10508},
	} {
		a := list[i]
		require.Equal(t, want.reference, a.Reference)
		require.Equal(t, want.rows, a.Rows)
		require.Equal(t, want.rows, a.Equal, a.FirstDifference)
		require.LessOrEqual(t, a.LargestRelativeError, 5e-9)
	}
	return list[5:]
}

// skipped are tables that are not there.
func skipped(paths ...string) (list []simulators.Agreement) {
	for _, path := range paths {
		list = append(list, simulators.Agreement{Reference: path, Skipped: "no such file"})
	}
	return list
}

func TestCheckAgreesWithTheReference(t *testing.T) {
	check := systolic.Check()
	require.Equal(t, "systolic", check.Area)
	list, err := check.Run(context.Background(), "")
	require.NoError(t, err)
	require.Empty(t, requireEmbedded(t, list))
}

func TestCheckReadsFurtherRows(t *testing.T) {
	folder, paths := dataFolder(t, furtherRow)
	list, err := systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	further := requireEmbedded(t, list)
	require.Len(t, further, 5)
	require.Equal(t, paths[0], further[0].Reference)
	require.Equal(t, [2]int{1, 1}, [2]int{further[0].Rows, further[0].Equal}, further[0].FirstDifference)
	require.Equal(t, skipped(paths[1:]...), further[1:])

	folder, paths = dataFolder(t, strings.Replace(furtherRow, ",5503,", ",5504,", 1))
	list, err = systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	require.Equal(t, append([]simulators.Agreement{{
		Reference: paths[0], Rows: 1, MedianRelativeError: 1.0 / 5504, LargestRelativeError: 1.0 / 5504,
		FirstDifference: `row 1 (bert layer 1 "qk_h0", is on 8×8): total_cycles is 5503, measured 5504`,
	}}, skipped(paths[1:]...)...), requireEmbedded(t, list))
}

func TestCheckSkipsFurtherRowsThatAreNotThere(t *testing.T) {
	folder, paths := dataFolder(t, "")
	list, err := systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	require.Equal(t, skipped(paths...), requireEmbedded(t, list))
}

func TestCheckReadsFurtherTraces(t *testing.T) {
	folder, paths := dataFolder(t, "")
	require.NoError(t, os.WriteFile(paths[4], []byte("layer,rows,cols,dataflow,bw_mode,stream,cycle,addresses\n"+
		"t1,3,5,ws,USER,IFMAP_SRAM,1,-1 -1 -1\n"), 0o644))
	list, err := systolic.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	further := requireEmbedded(t, list)
	require.Equal(t, 1, further[4].Rows)
	require.Contains(t, further[4].FirstDifference, "t1, ws on 3×5, USER: ifmap_sram line 1 of 36", "the other lines of the stream are missing")
}

func TestCheckNamesTheFileOfMalformedRows(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "\n", "golden: no rows"},
		{"no number", strings.Replace(furtherRow, ",5503,", ",many,", 1),
			`golden: record 1: column "total_cycles": strconv.ParseFloat: parsing "many": invalid syntax`},
		{"row that the model refuses", strings.Replace(furtherRow, ",64,64,1,64,1,64,", ",0,64,1,64,1,64,", 1),
			`golden: row 1 (bert layer 1): systolic: dnn: layer "qk_h0" (gemm): M 0 out of range [1, 268435456]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder, paths := dataFolder(t, c.text)
			list, err := systolic.Check().Run(context.Background(), folder)
			require.EqualError(t, err, paths[0]+": "+c.want)
			require.Empty(t, requireEmbedded(t, list), "the embedded rows are reported all the same")
		})
	}
}
