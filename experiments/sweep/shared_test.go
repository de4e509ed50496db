package sweep_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// counted is a simulator that counts its evaluations.
type counted struct {
	simulators.Simulator
	count *atomic.Int64
}

func (c counted) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	c.count.Add(int64(len(points)))
	return c.Simulator.Evaluate(ctx, points)
}

func TestScenariosAboutTheSameDesignsShareTheirEvaluations(t *testing.T) {
	var count atomic.Int64
	c := catalog()
	inner := c.Simulators[0].New
	c.Simulators[0].New = func(s simulators.Settings) (simulators.Instance, error) {
		built, err := inner(s)
		return simulators.Instance{Simulator: counted{built.Simulator, &count}}, err
	}
	const fast = "[[scenario]]\nname = \"fast\"\nsimulator = \"toy\"\nfix = { rows = 4, cols = 2 }\nobjective = { minimise = [\"latency_cycles\"] }\n"
	const small = "[[scenario]]\nname = \"small\"\nsimulator = \"toy\"\nfix = { cols = 2, rows = 4 }\nobjective = { minimise = [\"area_mm2\"] }\noptimum = 0.18\n"
	const other = "[[scenario]]\nname = \"other\"\nsimulator = \"toy\"\nfix = { rows = 4, cols = 1 }\nobjective = { minimise = [\"area_mm2\"] }\n"
	p, err := sweep.NewPlan(parse(t, "name = \"shared\"\nbudget = 40\n"+fast+small+other+"[[agent]]\nkind = \"grid\"\n"), c)
	require.NoError(t, err)
	require.Equal(t, [][]int{{0, 1}, {2}}, p.SameDesigns())
	outcome, err := sweep.Run(t.Context(), p, sweep.Options{Out: t.TempDir(), Workers: 2})
	require.NoError(t, err)
	require.Equal(t, 3*40, outcome.Trials)
	require.EqualValues(t, 2*40, count.Load(), "8 buffers x (1 + 4 stages), once for fast and small together, once for other")
}
