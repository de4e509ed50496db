package golden_test

import (
	"compress/gzip"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest/golden"
)

// tables are the embedded tables as text: summary, mappings, levels.
func tables(t *testing.T) [3]string {
	t.Helper()
	var texts [3]string
	for i, name := range []string{"summary", "mappings", "levels"} {
		f, err := os.Open("data/" + name + ".csv.gz")
		require.NoError(t, err)
		unpacked, err := gzip.NewReader(f)
		require.NoError(t, err)
		text, err := io.ReadAll(unpacked)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		texts[i] = string(text)
	}
	return texts
}

func compare(texts [3]string) ([]golden.Report, error) {
	designs, err := golden.Read(strings.NewReader(texts[0]), strings.NewReader(texts[1]), strings.NewReader(texts[2]))
	if err != nil {
		return nil, err
	}
	return golden.Compare(designs)
}

// TestADifferenceIsFound changes one printed figure at a time.
func TestADifferenceIsFound(t *testing.T) {
	for _, test := range []struct {
		name            string
		table           int
		from, to, wants string
	}{
		{"reads", 2, ",157344,", ",157345,", ""}, // not in the tables: nothing changes
		{"reads of inputs", 2, "157296,0,0,0,64.00", "157297,0,0,0,64.00", "eyeriss_like DRAM Inputs: scalar_reads_per_instance is 157296, printed 157297"},
		{"energy", 2, "4190338.25", "4190358.25", "eyeriss_like psum_spad Outputs: energy_total is 4190338.253, printed 4190358.25"},
		{"tile", 1, "Inputs:9831 Outputs:6272", "Inputs:9830 Outputs:6272", "eyeriss_like shared_glb: Inputs is 9831, printed 9830"},
		{"cycles", 0, "10838016,86016,", "10838016,86017,", "eyeriss_like: cycles is 86016, printed 86017"},
	} {
		t.Run(test.name, func(t *testing.T) {
			texts := tables(t)
			texts[test.table] = strings.Replace(texts[test.table], test.from, test.to, 1)
			reports, err := compare(texts)
			require.NoError(t, err)
			for i, r := range reports {
				if test.wants != "" && map[int]int{0: 2, 1: 1, 2: 0}[test.table] == i {
					require.Equal(t, r.Rows-1, r.Equal)
					require.Equal(t, test.wants, r.FirstDifference)
				} else {
					require.Equal(t, r.Rows, r.Equal, r.FirstDifference)
				}
			}
		})
	}
}

func TestBrokenTablesAreErrors(t *testing.T) {
	for _, test := range []struct {
		name     string
		table    int
		from, to string
		want     string
	}{
		{"a column is missing", 0, "cycles", "zyklen", `golden: no column "cycles": there are design, computes, zyklen, utilization_pct, energy_uJ, edp_J_cycle, gflops_at_1GHz`},
		{"a count that is none", 2, "57344,0,86016", "many,0,86016", `golden: eyeriss_like: column "scalar_reads_per_instance": "many" is no number`},
		{"a part of a word", 2, ",131072,8,8,1,1", ",131072.5,8,8,1,1", `golden: eyeriss_like: column "size_words": "131072.5" is no integer`},
		{"an unknown loop", 1, "P=8 Q=2 M=4", "P=8 Z=2 M=4", `golden: eyeriss_like: DRAM: loop "Z=2": want one like P=8 or spX:M=4`},
		{"a tile without words", 1, "Weights:864 Inputs:151875 Outputs:401408", "Weights", `golden: eyeriss_like: DRAM: tile "Weights": want one like Weights:864`},
		{"inputs that no stride makes", 1, "Inputs:151875", "Inputs:151874", `golden: eyeriss_like: no stride up to 16 makes 151874 inputs`},
		{"a design without a mapping", 0, "eyeriss_like,", "tpu_like,", `golden: tpu_like: no mapping`},
	} {
		t.Run(test.name, func(t *testing.T) {
			texts := tables(t)
			texts[test.table] = strings.Replace(texts[test.table], test.from, test.to, 1)
			_, err := compare(texts)
			require.EqualError(t, err, test.want)
		})
	}
	_, err := golden.Read(strings.NewReader(""), strings.NewReader("a\n"), strings.NewReader("\"\n"))
	require.ErrorContains(t, err, "golden: no rows")
}
