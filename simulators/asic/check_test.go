package asic_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
)

const furtherRow = "net,layer,type,dataflow,num_pes,noc_bw,K,C,R,S,Y,X,stride,runtime_cycles\nn,l,CONV,KCP,576,8,8,3,3,3,34,34,1,15390\n"

// check runs the check of an area.
func check(t *testing.T, area, data string) ([]simulators.Agreement, error) {
	t.Helper()
	for _, c := range asic.Checks() {
		if c.Area == area {
			return c.Run(context.Background(), data)
		}
	}
	t.Fatalf("no area %s", area)
	return nil, nil
}

func TestEmbeddedRowsAgree(t *testing.T) {
	list, err := check(t, "maestro", "")
	require.NoError(t, err)
	require.Len(t, list, 3)
	for i, rows := range []int{9135, 2625, 305} {
		require.Equal(t, [2]int{rows, rows}, [2]int{list[i].Rows, list[i].Equal}, list[i].FirstDifference)
		require.Empty(t, list[i].Failure())
	}
	list, err = check(t, "nasaic-area", "")
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, [3]int{6, 6, 6}, [3]int{list[0].Rows, list[0].Within, list[0].Needed})
	require.Empty(t, list[0].Failure())
}

func TestFurtherRowsOfTheDataFolder(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "maestro", "maestro_golden.csv")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(furtherRow, ",15390", ",15391", 1)), 0o644))
	list, err := check(t, "maestro", folder)
	require.NoError(t, err)
	require.Len(t, list, 4)
	require.Equal(t, path, list[3].Reference)
	require.Equal(t, "1 of 1 rows differ; the first: row 1 (n l, KCP on 576 PEs, bandwidth 8): runtime_cycles is 15390, measured 15391", list[3].Failure())

	nests := filepath.Join(folder, "maestro", "nests.csv")
	require.NoError(t, os.WriteFile(nests, []byte("map_id,nest_outer_to_inner\nmine,sp:K=1/1 t:C=64/64 t:R=#R/#R t:S=#S/#S t:Y=#R/1 t:X=#S/1 |64 sp:C=1/1\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "maestro", "layers.csv"), []byte("net,layer\n"), 0o644))
	require.NoError(t, os.WriteFile(path, []byte("mapping_set,layer,type,K,C,R,S,Y,X,stride,map_id,num_pes,noc_bw,offchip_bw,num_macs,runtime_cycles\n"+
		"s,l,CONV,8,3,3,3,34,34,1,mine,576,8,70000,221184,16415\n"), 0o644))
	list, err = check(t, "maestro", folder)
	require.NoError(t, err)
	require.Len(t, list, 4)
	require.Empty(t, list[3].Failure(), "with a hop: 31 + 16 and 1,023 times 16")

	require.NoError(t, os.WriteFile(nests, []byte("map_id,nest_outer_to_inner\na\n"), 0o644))
	_, err = check(t, "maestro", folder)
	require.ErrorContains(t, err, nests+": golden: record on line 2: wrong number of fields")
	require.NoError(t, os.Remove(nests))
	require.NoError(t, os.WriteFile(path, []byte("a,runtime_cycles\n"), 0o644))
	list, err = check(t, "maestro", folder)
	require.EqualError(t, err, path+": golden: no rows")
	require.Len(t, list, 3, "the embedded rows are reported all the same")

	list, err = check(t, "maestro", t.TempDir())
	require.NoError(t, err)
	require.Equal(t, "no tables", list[3].Skipped)
}
