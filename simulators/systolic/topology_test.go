package systolic_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/systolic"
)

func number(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	require.NoError(t, err)
	return n
}

func keys(m map[string]bool) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	return list
}

func TestVersionTellsTopologiesApart(t *testing.T) {
	version := func(text string) string {
		return open(t, map[string]any{"topology": topology(t, text)}).Simulator.Spec().Version
	}
	one, two := version("Layer,M,N,K\na,8,4,16\n"), version("Layer,M,N,K\na,8,4,17\n")
	require.Regexp(t, `^1\.1\.0\+topology\.[0-9a-f]{12}$`, one)
	require.NotEqual(t, one, two)
	require.Equal(t, one, version("Layer,M,N,K\na,8,4,16\n"), "the same content in another place is the same workload")
	require.Equal(t, systolic.Version, open(t, nil).Simulator.Spec().Version)
}

func TestNamesCountOnlyInTheProfileScalesim(t *testing.T) {
	header := "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
	cycles := func(name, profile string) float64 {
		path := topology(t, header+name+",5,5,3,3,7,2,1,\n")
		return evaluate(t, open(t, map[string]any{"topology": path, "profile": profile}), small())["latency_cycles"]
	}
	require.Equal(t, cycles("conv", "physical"), cycles("convDP", "physical"))
	require.NotEqual(t, cycles("conv", "scalesim"), cycles("convDP", "scalesim"), "SCALE-Sim expands layers with DP in their names")
}

func TestBadTopologies(t *testing.T) {
	dir := t.TempDir()
	huge := filepath.Join(dir, "huge.csv")
	f, err := os.Create(huge)
	require.NoError(t, err)
	require.NoError(t, f.Truncate(16<<20+1)) // sparse
	require.NoError(t, f.Close())
	malformed := topology(t, "Layer,M,N,K\na,8,4\nb,0,1,1\n")
	for _, c := range []struct {
		name, path string
		want       []string
	}{
		{"missing", filepath.Join(dir, "none.csv"), []string{"systolic: topology: stat " + filepath.Join(dir, "none.csv") + ": "}},
		{"a folder", dir, []string{"systolic: topology " + dir + " is not a regular file of at most 16777216 bytes"}},
		{"too large", huge, []string{"systolic: topology " + huge + " is not a regular file of at most 16777216 bytes"}},
		{"malformed", malformed, []string{malformed + ":2: ", malformed + ":3: "}},
		{"empty", topology(t, ""), []string{"net.csv"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := systolic.Factory().Open(map[string]any{"topology": c.path})
			require.Error(t, err)
			for _, want := range c.want {
				require.Contains(t, err.Error(), want)
			}
		})
	}
}

func TestHugeLayersNeedTheBound(t *testing.T) {
	header := "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
	path := topology(t, header+"huge,40000,40000,3,3,1,1,1,\n")
	_, _, err := systolic.Factory().Open(map[string]any{"topology": path})
	require.EqualError(t, err, "systolic: systolic: an ifmap of 1600000000 elements is too large to walk: the limit is 1073741824\n"+
		"set traffic = \"bound\" for networks of this size")
	_, _, err = systolic.Factory().Open(map[string]any{"topology": path, "profile": "scalesim", "port_words": 4})
	require.ErrorContains(t, err, "an ifmap of 1600000000 elements is too large to walk")
	in := open(t, map[string]any{"topology": path, "traffic": "bound"})
	require.Positive(t, evaluate(t, in, small())["dram_bytes"])
}
