package env_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// toyConfig is a small accelerator: a cache is only there when cached is "yes".
type toyConfig struct {
	rows, kib int
	cached    string
}

// toy is a simulator of three axes, two of them of the group memory: latency = 1000/rows - kib ns, area = rows + kib mm2; 8 rows do not fit beside
// 4 KiB.
func toy(t testing.TB) *simulators.Built[toyConfig] {
	t.Helper()
	model := simulators.Model[toyConfig]{
		Name: "toy", Version: "1", Doc: "A toy accelerator.",
		Metrics: []simulators.Metric{{Name: "latency", Unit: "ns", Doc: "time of a run"}, {Name: "area", Unit: "mm2", Doc: "of the die"}},
		Fields: []simulators.Field[toyConfig]{
			simulators.Choice("cached", "whether there is a cache", []string{"no", "yes"}, func(c *toyConfig) *string { return &c.cached }).In("memory"),
			simulators.Int("rows", "PE", "rows of the array", []int{2, 4, 8}, func(c *toyConfig) *int { return &c.rows }),
			simulators.Int("kib", "KiB", "size of the cache", []int{1, 2, 4}, func(c *toyConfig) *int { return &c.kib }).In("memory").When("cached", "yes"),
		},
		Eval: func(_ context.Context, c toyConfig) simulators.Result {
			if c.rows == 8 && c.kib == 4 {
				return simulators.Infeasible("8 rows do not fit beside 4 KiB", 0.5)
			}
			return simulators.OK(1000/float64(c.rows)-float64(c.kib), float64(c.rows+c.kib))
		},
	}
	built, err := model.Build()
	require.NoError(t, err)
	return built
}

// fast is the objective of most tests: latency within an area of 10 mm2.
func fast(t testing.TB) objective.Objective {
	t.Helper()
	o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 10}}, toy(t).Spec().Metrics)
	require.NoError(t, err)
	return o
}

// counting counts the calls and the points of a simulator, and breaks on demand.
type counting struct {
	simulators.Simulator
	calls, points int
	broken        error
}

func (c *counting) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	c.calls++
	c.points += len(points)
	if c.broken != nil {
		return nil, c.broken
	}
	return c.Simulator.Evaluate(ctx, points)
}

var errLicence = errors.New("licence expired")

// newEnv is env.New that must succeed.
func newEnv(t testing.TB, sim simulators.Simulator, options env.Options) env.Env {
	t.Helper()
	e, err := env.New(sim, fast(t), options)
	require.NoError(t, err)
	return e
}
