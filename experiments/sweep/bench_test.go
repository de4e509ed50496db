package sweep_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	simulatorcatalog "github.com/codesign-gym/codesign/simulators/catalog"
)

// BenchmarkMillionTrials streams 1,000,000 trials of the systolic array to disk (journals, dataset, timings) and sums them up, as the command
// does. The bar is 300 MB of peak memory of the whole process; run each case in a process of its own (-bench 'MillionTrials/agents' -benchtime 1x).
func BenchmarkMillionTrials(b *testing.B) {
	array := "[[scenario]]\nsimulator = \"systolic\"\nset = { network = \"alexnet\" }\nfidelity = \"bound\"\nobjective = { minimise = [\"edp_j_s\"], at_most = { area_mm2 = 20 } }\n"
	c := catalog()
	c.Simulators = simulatorcatalog.Simulators()
	for _, of := range []struct{ name, text string }{
		{"agents", "name = \"million\"\nbudget = 50_000\nrepeats = 5\n" + array + agent + "[[agent]]\nkind = \"hill\"\n[[agent]]\nkind = \"regevo\"\n[[agent]]\nkind = \"ga\"\n"},
		{"one study", "name = \"million\"\nbudget = 1_000_000\n" + array + agent},
	} {
		b.Run(of.name, func(b *testing.B) {
			trials := 0
			for b.Loop() {
				p, err := sweep.NewPlan(parse(b, of.text), c)
				require.NoError(b, err)
				dir := filepath.Join(b.TempDir(), "out")
				outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: dir})
				require.NoError(b, err)
				require.Equal(b, 1_000_000, outcome.Trials)
				trials += outcome.Trials
				folder, err := results.Open(dir, c)
				require.NoError(b, err)
				_, err = folder.Sweep()
				require.NoError(b, err)
				require.NoError(b, folder.Close())
			}
			b.ReportMetric(float64(trials)/b.Elapsed().Seconds(), "trials/s")
			if peak, ok := peakMB(); ok {
				b.ReportMetric(peak, "peak-MB")
			}
		})
	}
}

// peakMB is the largest resident set of the process so far, where the system tells.
func peakMB() (float64, bool) {
	status, err := os.ReadFile("/proc/self/status")
	_, rest, ok := strings.Cut(string(status), "VmHWM:")
	var kib float64
	if _, scanned := fmt.Sscan(rest, &kib); err != nil || !ok || scanned != nil {
		return 0, false
	}
	return kib * 1024 / 1e6, true
}

// BenchmarkWorkers is a sweep with a model that computes for 200 µs: on two idle processors two workers must take at most 1/1.8 of one's time.
func BenchmarkWorkers(b *testing.B) {
	text := "name = \"burn\"\nbudget = 2500\nrepeats = 4\n[[scenario]]\nsimulator = \"burner\"\nobjective = { minimise = [\"latency_ns\"] }\n" + agent
	c := catalog()
	c.Simulators = append(c.Simulators, burner())
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			trials := 0
			for b.Loop() {
				p, err := sweep.NewPlan(parse(b, text), c)
				require.NoError(b, err)
				outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: filepath.Join(b.TempDir(), "out"), Workers: workers})
				require.NoError(b, err)
				trials += outcome.Trials
			}
			b.ReportMetric(float64(trials)/b.Elapsed().Seconds(), "trials/s")
		})
	}
}

// burner is a simulator of 10^6 designs that computes for 200 µs at each.
func burner() simulators.Factory {
	type config struct{ X, Y int }
	levels := make([]int, 1000)
	for i := range levels {
		levels[i] = i
	}
	return simulators.Factory{Name: "burner", Doc: "Burns time.", New: func(simulators.Settings) (simulators.Instance, error) {
		built, err := simulators.Model[config]{
			Name: "burner", Version: "1", Doc: "Burns time.", Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}},
			Fields: []simulators.Field[config]{
				simulators.Int("x", "", "", levels, func(c *config) *int { return &c.X }),
				simulators.Int("y", "", "", levels, func(c *config) *int { return &c.Y }),
			},
			Eval: func(_ context.Context, c config) simulators.Result {
				for start := time.Now(); time.Since(start) < 200*time.Microsecond; {
				}
				return simulators.OK(float64(c.X * c.Y))
			},
		}.Build()
		return simulators.Instance{Simulator: built}, err
	}}
}
