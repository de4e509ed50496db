package verify

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	simdram "github.com/codesign-gym/codesign/simulators/dram"
	simsystolic "github.com/codesign-gym/codesign/simulators/systolic"
)

const mixed = `name = "mixed"
budget = 12
[[scenario]]
name = "memory"
simulator = "dram"
set = { workload = "stream_rd", requests = 40 }
fix = { refresh_policy = "none" }
objective = { minimise = ["latency_ns", "energy_pj"] }
[[scenario]]
name = "array"
simulator = "systolic"
set = { network = "alexnet" }
objective = { minimise = ["latency_ns"] }
[[scenario]]
name = "nothing"
simulator = "systolic"
set = { network = "alexnet" }
objective = { minimise = ["latency_ns"], at_most = { area_mm2 = 0 } }
[[agent]]
kind = "random"
`

// ran is the open folder of a finished run.
func ran(t *testing.T, text string) *results.Folder {
	t.Helper()
	f, err := file.Parse("mixed.toml", []byte(text))
	require.NoError(t, err)
	c := sweep.Catalog{Agents: agentcatalog.Agents(), Simulators: append(simdram.Factories(), simsystolic.Factory())}
	p, err := sweep.NewPlan(f, c)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "r")
	_, err = sweep.Run(t.Context(), p, sweep.Options{Out: dir, Workers: 1})
	require.NoError(t, err)
	folder, err := results.Open(dir, c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, folder.Close()) })
	return folder
}

// checkerFunc is a checker of a test.
type checkerFunc func(context.Context, Design) (report.Outcome, error)

func (f checkerFunc) Check(ctx context.Context, d Design) (report.Outcome, error) { return f(ctx, d) }

func TestBestDesignsAreCheckedAsTheyWereRecorded(t *testing.T) {
	f := ran(t, mixed)
	asked := map[string]int{}
	out, err := Folder(t.Context(), f, Tool{Name: "mine", Title: "Mine 1"}, checkerFunc(func(_ context.Context, d Design) (report.Outcome, error) {
		asked[d.Simulator]++
		again := designOf(t, d.Simulator, d.Settings, d.Axes)
		require.Equal(t, again, d, "settings, axes and figures are those of the simulator")
		if d.Simulator == "systolic" {
			return report.Outcome{}, errors.New("no licence")
		}
		return report.Outcome{As: "itself", Readings: []report.Reading{{Metric: "latency_ns", Ours: d.Metrics["latency_ns"], Theirs: 1}}}, nil
	}), 2)
	require.NoError(t, err)
	require.Len(t, out.Scenarios, 3)
	require.Equal(t, map[string]int{"dram": len(out.Scenarios[0].Designs), "systolic": 1}, asked)
	require.LessOrEqual(t, asked["dram"], 2, "two of a joint front")
	require.Equal(t, "no licence", out.Scenarios[1].Designs[0].Failed)
	require.Empty(t, out.Scenarios[2].Designs, "no design meets the spec")
	require.EqualError(t, Failures(out), "array on Mine 1: no licence")

	path := Path(f.Dir, Tool{Name: "mine"})
	require.Equal(t, filepath.Join(f.Dir, "verify-mine.json"), path)
	require.FileExists(t, path)
	s, err := f.Sweep()
	require.NoError(t, err)
	require.Equal(t, out.Scenarios[0], s.Scenarios[0].Rechecks[0])
}

func TestAnEndedContextLeavesNoFile(t *testing.T) {
	f := ran(t, mixed)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Folder(ctx, f, Tool{Name: "mine"}, checkerFunc(func(context.Context, Design) (report.Outcome, error) {
		cancel()
		return report.Outcome{}, context.Canceled
	}), 2)
	require.ErrorIs(t, err, context.Canceled)
	require.NoFileExists(t, Path(f.Dir, Tool{Name: "mine"}))
}

func TestSettingsThatNoLongerHold(t *testing.T) {
	trace := filepath.Join(t.TempDir(), "t.csv")
	require.NoError(t, os.WriteFile(trace, []byte("cycle,op,address\n0,R,0x40\n10,R,0x80\n"), 0o644))
	set := map[string]any{"trace": trace}
	d := designOf(t, "dram", set, archgym())
	_, inexpressible, err := openMemory(d)
	require.NoError(t, err)
	require.Empty(t, inexpressible)
	require.NoError(t, os.WriteFile(trace, []byte("cycle,op,address\n0,R,0x40\n10,R,0xc0\n"), 0o644))
	_, inexpressible, err = openMemory(d)
	require.NoError(t, err)
	require.Contains(t, inexpressible, "its figures are of version "+d.Version+" of dram", "another trace is another simulator")
	require.NoError(t, os.Remove(trace))
	_, _, err = openMemory(d)
	require.ErrorIs(t, err, os.ErrNotExist)
	_, _, err = simdram.Setups("systolic", nil)
	require.EqualError(t, err, "systolic is no DRAM simulator")
	_, _, err = simdram.Setups("dram", map[string]any{"workload": "x"})
	require.ErrorContains(t, err, `dram: unknown value of setting workload "x"`)
	_, _, err = simsystolic.Setups(map[string]any{"network": "x"})
	require.ErrorContains(t, err, `systolic: unknown value of setting network "x"`)
}
