package hybrid_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

const screened = `name = "screened"
budget = 12
repeats = 4
[[scenario]]
name = "one"
simulator = "chip"
fix = { levels = { rows = [4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30] } }
screen = { by = "proxy:chip.proxy", propose = 20 }
objective = { minimise = ["time_ns"], at_most = { area_mm2 = 60 } }
[[agent]]
kind = "random"
`

// bestOf is the mean over the repeats of the best time within the area.
func bestOf(t testing.TB, out string) float64 {
	r, err := dataset.Open(filepath.Join(out, sweep.DatasetName))
	require.NoError(t, err)
	best := map[int]float64{}
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		if v, seen := best[rec.Study]; rec.Violations[0] <= 0 && (!seen || rec.Metrics[0] < v) {
			best[rec.Study] = rec.Metrics[0]
		}
	}
	require.NoError(t, r.Close())
	sum := 0.0
	for study := range 4 {
		sum += best[study] / 4
	}
	return sum
}

// Twelve random designs, each the best of twenty by the proxy, come closer than twelve random ones, and the dataset says how they were chosen.
func TestTheProxyChoosesAmongProposals(t *testing.T) {
	dir := folder(t)
	run := func(text string, workers int) string {
		out := filepath.Join(t.TempDir(), "out")
		outcome, err := sweep.Run(t.Context(), planned(t, dir, text, chip{}), sweep.Options{Out: out, Workers: workers})
		require.NoError(t, err)
		require.Equal(t, sweep.Complete, outcome.Status)
		return out
	}
	with := run(screened, 1)
	require.Equal(t, bytesOf(t, with), bytesOf(t, run(screened, 3)))
	without := run(strings.Replace(screened, "screen =", "# ", 1), 1)
	require.Less(t, bestOf(t, with), 0.95*bestOf(t, without))
	r, err := dataset.Open(filepath.Join(with, sweep.DatasetName))
	require.NoError(t, err)
	require.Contains(t, string(r.Studies()[0].Hyperparameters), "20 proposals, feasible false")
	require.NoError(t, r.Close())
	feasible := run(strings.Replace(screened, "propose = 20", "feasible = true", 1), 1)
	require.NotEqual(t, bytesOf(t, with), bytesOf(t, feasible))
}

func TestScreenRefuses(t *testing.T) {
	dir := folder(t)
	tests := []struct{ old, new, want string }{
		{`"proxy:chip.proxy"`, `"chip"`, `"chip" is no proxy: write proxy:FILE`},
		{`"proxy:chip.proxy"`, `"proxy:none"`, "fit one with `codesign proxy fit`"},
		{`propose = 20`, `propose = 1`, "screen.propose"},
		{`by = "proxy:chip.proxy", `, ``, `key "by" is required`},
		{`simulator = "chip"`, "simulator = \"chip\"\nset = { workload = \"two\" }", "the proxy does not know the scenario's settings; it was fitted to those of one"},
		{`minimise = ["time_ns"]`, `minimise = ["power_mw"]`, "power_mw"},
		{`simulator = "chip"`, `simulator = { command = ["x"] }`, "recheck and screen are for simulators of the catalogue"},
	}
	for _, test := range tests {
		f, err := file.Parse(filepath.Join(dir, "screened.toml"), []byte(strings.Replace(screened, test.old, test.new, 1)))
		if err == nil {
			_, err = sweep.NewPlan(f, catalogue(chip{}))
		}
		require.ErrorContains(t, err, test.want)
	}
}
