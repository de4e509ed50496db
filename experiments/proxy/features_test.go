package proxy_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/proxy"
	model "github.com/codesign-gym/codesign/simulators/proxy"
)

// stated writes a file of features and reads it.
func stated(t testing.TB, text string) (*proxy.Described, error) {
	path := filepath.Join(t.TempDir(), "f.csv")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return proxy.ReadFeatures(path)
}

func TestStatedFeaturesDescribeTasks(t *testing.T) {
	_, dir := collected(t, "")
	d, err := stated(t, "scenario,macs [MACs],depth\ntwo,3e6,5\none, 1e6,4\nmore,1,2\n")
	require.NoError(t, err)
	table := load(t, dir, proxy.LoadOptions{By: dataset.ByOutcome, Features: d})
	require.Equal(t, []model.Feature{{Name: "macs", Unit: "MACs", Doc: "as stated"}, {Name: "depth", Doc: "as stated"}}, table.Features)
	require.Equal(t, []float64{1e6, 4}, table.Tasks[0].Features)
	require.Equal(t, []float64{3e6, 5}, table.Tasks[1].Features)
}

func TestReadFeaturesRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "want a header scenario,name,… and a line for each scenario"},
		{"no scenario", "name,macs\none,1\n", "want a header scenario,name"},
		{"not a number", "scenario,macs\none,many\n", `line 2: macs = "many" is not a number`},
		{"infinite", "scenario,macs\none,inf\n", `line 2: macs = "inf" is not a number`},
		{"twice", "scenario,macs\none,1\none,2\n", "line 3: scenario one is there twice"},
		{"a name twice", "scenario,macs,macs\none,1,2\n", `feature "macs" is there twice`},
		{"no name", "scenario,[ns]\none,1\n", `feature "": its name must be`},
		{"ragged", "scenario,macs\none,1,2\n", "wrong number of fields"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := stated(t, test.text)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, "f.csv")
		})
	}
}
