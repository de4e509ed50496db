package dram_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/dram"
)

// pingpong is a row as DRAMSys was measured, with the header.
const pingpong = "peer,device,config,trace,total_cycles,rd_lat_arr_cyc,n_act,n_prepb\n" +
	"DRAMSys5.0,DDR3-1600-4Gb-x8,noref,pingpong,399937,36.9973,4000,3999\n"

// folder is a folder as --data names it, with the given rows of DRAMSys.
func folder(t *testing.T, rows string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "dram"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "dram", "golden_dramsys50.csv"), []byte(rows), 0o644))
	return dir
}

// byReference finds agreements by what they compare with.
func byReference(list []simulators.Agreement) map[string]simulators.Agreement {
	named := map[string]simulators.Agreement{}
	for _, a := range list {
		named[a.Reference] = a
	}
	return named
}

func TestCheckReadsTheDataFolder(t *testing.T) {
	list, err := dram.Compare(context.Background(), nil, folder(t, pingpong))
	require.NoError(t, err)
	named := byReference(list)
	require.Equal(t, simulators.Agreement{
		Reference: "golden_dramsys50.csv: DRAMSys5.0, DDR3-1600-4Gb-x8, peer order", Rows: 1, Equal: 1,
	}, named["golden_dramsys50.csv: DRAMSys5.0, DDR3-1600-4Gb-x8, peer order"])
	simple := named["DRAMSys5.0, simple order"]
	require.Equal(t, "98 % of the rows within cycles 0.1 %, latency 1 %, energy 0.5 %", simple.Bar)
	require.Equal(t, [3]int{1, 1, 1}, [3]int{simple.Rows, simple.Within, simple.Needed})
	require.Equal(t, 1, named["JEDEC rules, rows of DRAMSys5.0"].Equal)
	skipped := 0
	for _, a := range list {
		require.Empty(t, a.Failure(), a.Reference)
		if a.Skipped != "" {
			skipped++
			require.Equal(t, "no such file", a.Skipped)
		}
	}
	require.Equal(t, 5, skipped, "four tables and ArchGym's trace")
}

func TestCheckReportsADifference(t *testing.T) {
	list, err := dram.Compare(context.Background(), nil, folder(t, strings.Replace(pingpong, "399937", "399938", 1)))
	require.NoError(t, err)
	a := list[0]
	require.Zero(t, a.Equal)
	require.Equal(t, "1 of 1 rows differ; the first: DRAMSys5.0 DDR3-1600-4Gb-x8 noref pingpong: total_cycles is 399937, measured 399938", a.Failure())
}

func TestCheckNamesTheFileOfMalformedRows(t *testing.T) {
	dir := folder(t, strings.Replace(pingpong, "399937", "many", 1))
	_, err := dram.Compare(context.Background(), nil, dir)
	require.ErrorContains(t, err, filepath.Join(dir, "dram", "golden_dramsys50.csv")+": ")
	require.ErrorContains(t, err, "many")
}

func TestPowerCheck(t *testing.T) {
	check := dram.Checks()[1]
	require.Equal(t, "drampower", check.Area)
	list, err := check.Run(context.Background(), t.TempDir())
	require.NoError(t, err)
	named := byReference(list)
	require.Equal(t, [2]int{48, 48}, [2]int{named["DRAMPower 4"].Rows, named["DRAMPower 4"].Equal})
	require.Equal(t, [2]int{19, 19}, [2]int{named["DRAMPower 5.1"].Rows, named["DRAMPower 5.1"].Equal})
	require.Len(t, list, 4, "and two tables that are not there")
	require.NotEmpty(t, list[2].Skipped)
	require.NotEmpty(t, list[3].Skipped)
}
