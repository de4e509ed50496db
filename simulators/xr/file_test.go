package xr_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/simtest"
	"github.com/codesign-gym/codesign/simulators/xr"
)

const glasses = `name = "glasses"
[[stream]]
model = "es"
fps = 90
[[stream]]
model = "ge"
fps = 90
after = "es"
[[stream]]
model = "mobilenet-v2"
fps = 15
`

// file writes a scenario.
func file(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenario.toml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func TestScenarioOfOnesOwn(t *testing.T) {
	set := map[string]any{"scenario_file": file(t, glasses)}
	in := open(t, set)
	simtest.Test(t, in, simtest.Points(4), simtest.Whole(0))
	spec := in.Simulator.Spec()
	require.Regexp(t, `^\d+\.\d+\.\d+\+scenario_file\.[0-9a-f]{12}$`, spec.Version)
	require.Contains(t, spec.Keys(), "mobilenet_v2_dropped_frames")
	m, r := result(t, in, one(1024))
	require.Empty(t, r.Infeasible)
	require.InDelta(t, 0, m["missed_frac"], 0)
	frames := 0
	for range rows(t, artifact(t, in, one(1024), "frames.csv")) {
		frames++
	}
	require.Equal(t, 63+63+11, frames, "0.7 s of 90, 90 and 15 frames/s")
}

func TestMistakesOfScenarioFiles(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"key", "name = \"x\"\n[[stream]]\nmodel = \"es\"\nfsp = 60\n", `unknown key "stream.fsp"`},
		{"model", "[[stream]]\nmodel = \"eye\"\nfps = 60\n", `unknown model "eye"`},
		{"empty", "name = \"x\"\n", `scenario "x": 0 streams out of range [1, 64]`},
		{"rate", "[[stream]]\nmodel = \"es\"\n", `stream 0, "es": rate 0 out of range [1, 1000] frames/s`},
		{"follows", "[[stream]]\nmodel = \"ge\"\nfps = 60\nafter = \"es\"\n", `follows "es", which the scenario does not have`},
		{"type", "[[stream]]\nmodel = 1\n", "incompatible types"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := file(t, c.text)
			_, _, err := xr.Factory().Open(map[string]any{"scenario_file": path})
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, "xr: scenario_file "+path+": ")
		})
	}
	_, _, err := xr.Factory().Open(map[string]any{"scenario": "social-a", "scenario_file": "x.toml"})
	require.EqualError(t, err, `xr: settings scenario = "social-a" and scenario_file = "x.toml" exclude each other: leave one of them out`)
	_, _, err = xr.Factory().Open(map[string]any{"scenario_file": "/none/x.toml"})
	require.EqualError(t, err, "xr: setting scenario_file: stat /none/x.toml: no such file or directory")
}
